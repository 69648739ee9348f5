"""A disk that is really full, and folders in which nothing can be written."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.injection import CACHE, NEW_STANDS, OLD_STANDS, Stage, names, tree

NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
PAGE = os.sysconf("SC_PAGESIZE")
SHARES = [*(5 + 90 * number // 19 for number in range(20)), 110, 200]
"""How much room there is, in hundredths of what a build writes: what has not changed is taken over, not written."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("disk"), teams=5)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on which a file system of any size can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=False, capture_output=True)


def _mount(folder: Path, size: int) -> None:
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, f"these tests mount a small file system, for which they need root: {done.stderr}"


def _open_to_all(folder: Path) -> None:
    """Let everybody read what is in a folder, and come there."""
    subprocess.run(["chmod", "-R", "a+rX", folder], check=True)
    for above in (folder, *folder.parents):
        if above.stat().st_uid == os.getuid() and not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o011)


@pytest.mark.parametrize("share", SHARES)
def test_a_full_disk_leaves_the_old_site_or_the_new_one(stage: Stage, disk: Path, share: int) -> None:
    changed = (content for path, (_, content) in stage.new.items() if stage.new[path] != stage.old.get(path))
    needed = sum(-(-len(content) // PAGE) * PAGE for content in changed)
    assert needed > 20 * PAGE
    _mount(disk, 100 * needed)
    stage.reset()
    subprocess.run(["cp", "-a", stage.scene / "site", disk / "site"], check=True)
    used = os.statvfs(disk)
    taken = (used.f_blocks - used.f_bfree) * used.f_frsize
    size = taken + needed * share // 100
    subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)
    done = stage.build(stage.scene, disk / "site", "--no-cache")
    if share < 100:
        assert (done.returncode, OLD_STANDS in done.stderr) == (1, True)
        assert "no space left" in done.stderr
        assert tree(disk / "site") == stage.old
    else:
        assert (done.returncode, done.stderr) == (0, "")
        assert tree(disk / "site") == stage.new
    assert names(disk) == {"site"}
    subprocess.run(["mount", "-o", "remount,size=100%", disk], check=True)
    assert stage.build(stage.scene, disk / "site").returncode == 0
    assert tree(disk / "site") == stage.new


def test_a_disk_that_cannot_be_written_leaves_the_old_site(stage: Stage, disk: Path) -> None:
    _mount(disk, 64 << 20)
    stage.reset()
    subprocess.run(["cp", "-a", stage.scene / "site", disk / "site"], check=True)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    done = stage.build(stage.scene, disk / "site")
    assert (done.returncode, OLD_STANDS in done.stderr) == (1, True)
    assert "read-only file system" in done.stderr
    assert tree(disk / "site") == stage.old


def test_where_the_cache_finds_no_room_the_site_is_published_all_the_same(stage: Stage, disk: Path) -> None:
    stage.reset()
    (stage.scene / CACHE).mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", stage.scene / CACHE], check=True)
    try:
        done = stage.build(stage.scene, stage.scene / "site")
    finally:
        subprocess.run(["umount", "--lazy", stage.scene / CACHE], check=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert NEW_STANDS not in done.stderr
    assert tree(stage.scene / "site") == stage.new


def test_a_site_on_another_disk_than_the_project_is_published(stage: Stage, disk: Path) -> None:
    _mount(disk, 64 << 20)
    stage.reset()
    assert stage.build(stage.scene, disk / "deep/site").returncode == 0
    assert tree(disk / "deep/site") == stage.new


@pytest.mark.parametrize("what", ["a file", "a link to nowhere", "a folder for the database", "a text for a database"])
def test_whatever_stands_in_the_place_of_the_cache_the_site_is_published(stage: Stage, what: str) -> None:
    stage.reset()
    cache = stage.scene / CACHE
    if what == "a file":
        cache.write_text("not a cache")
    elif what == "a link to nowhere":
        cache.symlink_to("nowhere")
    else:
        cache.mkdir()
        database = cache / "cache.sqlite"
        database.mkdir() if what == "a folder for the database" else database.write_text("no database")
    done = stage.build(stage.scene, stage.scene / "site")
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(stage.scene / "site") == stage.new
    assert names(stage.scene) == names(stage.prepared) | {CACHE}
    if what in ("a file", "a link to nowhere"):
        assert cache.is_symlink() or cache.read_text() == "not a cache", "what somebody put there was removed"


def test_somebody_elses_cache_and_project_are_no_reason_not_to_publish(stage: Stage, tmp_path: Path) -> None:
    """The project is root's and cannot be written by who builds; only the folder for the site is theirs."""
    stage.reset()
    assert stage.build(stage.scene, stage.scene / "site").returncode == 0
    _open_to_all(stage.folder)
    shutil.rmtree(stage.home)
    stage.home.mkdir()
    stage.home.chmod(0o777)
    public = stage.folder / "public"
    public.mkdir()
    os.chown(public, 65534, 65534)
    before = tree(stage.scene)
    done = stage.build(stage.scene, public / "site", under=NOBODY)
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(public / "site") == stage.new
    assert tree(stage.scene) == before
    assert names(public) == {"site"}


def test_an_old_site_in_a_folder_that_only_its_owner_may_write_stands(stage: Stage) -> None:
    """The site is the builder's own, the folder around it is not: nothing can be exchanged there."""
    stage.reset()
    _open_to_all(stage.folder)
    subprocess.run(["chown", "-R", "65534:65534", stage.scene / "site"], check=True)
    done = stage.build(stage.scene, stage.scene / "site", "--no-cache", under=NOBODY)
    assert (done.returncode, OLD_STANDS in done.stderr) == (1, True)
    assert tree(stage.scene / "site") == stage.old
    assert names(stage.scene) == names(stage.prepared)


def test_a_user_who_may_not_write_is_told_so(stage: Stage) -> None:
    """root may write everywhere, so somebody else builds here."""
    stage.reset()
    _open_to_all(stage.folder)
    done = stage.build(stage.scene, stage.scene / "site", under=NOBODY)
    assert done.returncode == 1, done.stderr
    assert "permission denied; the old site, if there was one, stands" in done.stderr
    assert tree(stage.scene / "site") == stage.old
