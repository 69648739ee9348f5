"""A disk that is really full, and folders in which nothing can be written."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.injection import NEW_STANDS, OLD_STANDS, Stage, names, tree

SHARES = [5 + 90 * number // 19 for number in range(20)]


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


@pytest.mark.parametrize("share", SHARES)
def test_a_full_disk_leaves_the_old_site_or_the_new_one(stage: Stage, disk: Path, share: int) -> None:
    old = sum(len(content) // 4096 * 4096 + 4096 for _, content in stage.old.values())
    _mount(disk, 2 * old * 100)
    stage.reset()
    subprocess.run(["cp", "-a", stage.scene / "site", disk / "site"], check=True)
    used = os.statvfs(disk)
    taken = (used.f_blocks - used.f_bfree) * used.f_frsize
    size = taken + old * share // 100
    subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)
    done = stage.build(stage.scene, disk / "site", "--no-cache")
    now = tree(disk / "site")
    assert now == (stage.new if done.returncode == 0 else stage.old)
    if done.returncode:
        assert (done.returncode, OLD_STANDS in done.stderr) == (1, True)
        assert "no space left" in done.stderr
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
    (stage.scene / ".okrsite").mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", stage.scene / ".okrsite"], check=True)
    try:
        done = stage.build(stage.scene, stage.scene / "site")
    finally:
        subprocess.run(["umount", "--lazy", stage.scene / ".okrsite"], check=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert NEW_STANDS not in done.stderr
    assert tree(stage.scene / "site") == stage.new


def test_a_site_on_another_disk_than_the_project_is_published(stage: Stage, disk: Path) -> None:
    _mount(disk, 64 << 20)
    stage.reset()
    assert stage.build(stage.scene, disk / "deep/site").returncode == 0
    assert tree(disk / "deep/site") == stage.new


def test_a_user_who_may_not_write_is_told_so(stage: Stage) -> None:
    """root may write everywhere, so somebody else builds here."""
    stage.reset()
    readable = ["chmod", "-R", "a+rX", stage.folder]
    subprocess.run(readable, check=True)
    for folder in (stage.folder, *stage.folder.parents):
        if folder.stat().st_uid == os.getuid() and not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o011)
    nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    done = stage.build(stage.scene, stage.scene / "site", under=nobody)
    assert done.returncode == 1, done.stderr
    assert "permission denied; the old site, if there was one, stands" in done.stderr
    assert tree(stage.scene / "site") == stage.old
