"""How a site takes its place: whole or not at all, and never over what okrsite did not write."""

import errno
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from okrsite.render.page import Rendered, TemplateFailureError
from okrsite.shell import libc, output
from okrsite.shell.output import MANIFEST, PublishError, digest, publication
from okrsite.shell.project import UsageError
from tests.companies import FINE, TODAY, WRONG, tree
from tests.conftest import Project, Run

OLD = [Rendered("index.html", b"old home"), Rendered("teams/gone.html", b"old team")]
NEW = [Rendered("index.html", b"new home"), Rendered("pages/a/b.html", b"new page")]


def publish(files: Iterable[Rendered], target: Path) -> int:
    """Write files and publish them all; returns how many there are."""
    with publication(target) as site:
        paths = []
        for file in files:
            site.write(file)
            paths.append(file.path)
        site.complete(paths)
    return len(paths)


def _site(folder: Path) -> dict[str, bytes]:
    return {path: content for path, content in tree(folder).items() if path != MANIFEST}


def _beside(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir())


# --- publishing ---------------------------------------------------------------------------------------------------


def test_a_new_site_has_exactly_its_files_and_a_list_of_them(tmp_path: Path) -> None:
    target = tmp_path / "site"
    assert publish(iter(NEW), target) == 2
    assert _site(target) == {"index.html": b"new home", "pages/a/b.html": b"new page"}
    assert json.loads((target / MANIFEST).read_text())["files"] == ["index.html", "pages/a/b.html"]
    assert _beside(target) == ["site"]


def test_a_site_below_folders_that_do_not_exist_yet_is_written(tmp_path: Path) -> None:
    publish(iter(NEW), tmp_path / "a" / "b" / "site")
    assert len(_site(tmp_path / "a" / "b" / "site")) == 2


def test_an_empty_folder_may_become_a_site(tmp_path: Path) -> None:
    target = tmp_path / "site"
    target.mkdir()
    publish(iter(NEW), target)
    assert len(_site(target)) == 2
    assert _beside(target) == ["site"]


def test_the_next_site_replaces_the_old_one_entirely(tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish(iter(OLD), target)
    publish(iter(NEW), target)
    assert _site(target) == {"index.html": b"new home", "pages/a/b.html": b"new page"}
    assert _beside(target) == ["site"]


def test_the_old_site_stands_untouched_until_the_last_file_is_written(tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish(iter(OLD), target)
    seen = []

    def files() -> Iterator[Rendered]:
        for file in NEW:
            seen.append(_site(target))
            yield file
        seen.append(_site(target))

    publish(files(), target)
    assert seen == [{"index.html": b"old home", "teams/gone.html": b"old team"}] * 3


def test_the_exchange_leaves_the_old_folder_whole_for_whoever_has_it_open(tmp_path: Path) -> None:
    """The new site is a folder of its own that takes the name, not the old folder with files changed one by one."""
    target = tmp_path / "site"
    publish(iter(OLD), target)
    before = os.stat(target).st_ino
    publish(iter(NEW), target)
    assert os.stat(target).st_ino != before


def test_names_in_any_script_are_published(tmp_path: Path) -> None:
    publish(iter([Rendered("teams/苏州/索引.html", b"x")]), tmp_path / "网站")
    assert _site(tmp_path / "网站") == {"teams/苏州/索引.html": b"x"}
    publish(iter(NEW), tmp_path / "网站")
    assert len(_site(tmp_path / "网站")) == 2


# --- what stays as it was -------------------------------------------------------------------------------------------


def test_where_nothing_has_changed_the_site_is_not_even_exchanged(tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish(iter(OLD), target)
    before = target.stat().st_ino, (target / MANIFEST).stat().st_mtime_ns
    publish(iter(reversed(OLD)), target)
    assert (target.stat().st_ino, (target / MANIFEST).stat().st_mtime_ns) == before
    assert _beside(target) == ["site"]


def test_a_file_that_has_not_changed_is_the_same_file_in_the_next_site(tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish(iter(OLD), target)
    os.utime(target / "index.html", (1_000_000_000, 1_000_000_000))
    before = (target / "index.html").stat()
    publish(iter([OLD[0], NEW[1]]), target)
    after = (target / "index.html").stat()
    assert (after.st_ino, after.st_mtime) == (before.st_ino, 1_000_000_000)


def test_a_file_system_without_hard_links_keeps_bytes_and_times_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **_options: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    target = tmp_path / "site"
    publish(iter(OLD), target)
    os.utime(target / "index.html", (1_000_000_000, 1_000_000_000))
    publish(iter([OLD[0], NEW[1]]), target)
    assert (target / "index.html").read_bytes() == b"old home"
    assert (target / "index.html").stat().st_mtime == 1_000_000_000


def test_a_page_taken_over_without_being_written_is_looked_at_first(tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish(iter(OLD), target)
    with publication(target) as site:
        assert site.has("index.html", digest(b"old home"))
        assert not site.has("index.html", digest(b"another"))
        assert not site.has("nowhere.html")
        (target / "index.html").write_bytes(b"touched")
        assert not site.has("index.html", digest(b"old home"))
        (target / "teams/gone.html").chmod(0o600)
        assert not site.has("teams/gone.html")


@pytest.mark.parametrize("umask", [0o077, 0o000, 0o027])
def test_modes_do_not_depend_on_who_builds(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        publish(iter(NEW), tmp_path / "public" / "site")
    finally:
        assert os.umask(before) == umask
    folders = [path for path in (tmp_path / "public", *(tmp_path / "public").rglob("*")) if path.is_dir()]
    files = [path for path in (tmp_path / "public").rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o755}
    assert {path.stat().st_mode & 0o777 for path in files} == {0o644}
    assert (len(folders), len(files)) == (4, 3)


@pytest.mark.parametrize(
    "path", ["../out.html", "a/../../out.html", "/out.html", "a//out.html", "./out.html", "", "a\0"]
)
def test_no_file_leaves_the_site(tmp_path: Path, path: str) -> None:
    """What pages are called comes from what was parsed, perhaps by another build: it may be forged."""
    publish(OLD, tmp_path / "site")
    before = tree(tmp_path)
    with pytest.raises(PublishError, match="is no place in a site"):
        publish([Rendered(path, b"out")], tmp_path / "site")
    assert tree(tmp_path) == before


# --- assets that readers still need -----------------------------------------------------------------------------------

STYLED = [Rendered("index.html", b"old"), Rendered("assets/site.1.css", b"old style")]
RESTYLED = [Rendered("index.html", b"new"), Rendered("assets/site.2.css", b"new style")]


def test_the_assets_of_the_old_site_stay_for_a_moment_and_then_are_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "site"
    publish(iter(STYLED), target)
    seen = []
    monkeypatch.setattr(output.time, "sleep", lambda seconds: seen.append((seconds, _site(target))))
    publish(iter(RESTYLED), target)
    both = {"index.html": b"new", "assets/site.1.css": b"old style", "assets/site.2.css": b"new style"}
    assert seen == [(output.GRACE, both)]
    assert _site(target) == {"index.html": b"new", "assets/site.2.css": b"new style"}
    assert tree(target) == tree(_published(RESTYLED, tmp_path / "clean"))


def test_a_build_killed_in_that_moment_leaves_a_whole_site_which_the_next_one_tidies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "site"
    publish(iter(STYLED), target)

    def interrupt(_seconds: float) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(output.time, "sleep", interrupt)
        publish(iter(RESTYLED), target)
    assert set(_site(target)) == {"index.html", "assets/site.1.css", "assets/site.2.css"}
    monkeypatch.setattr(output.time, "sleep", lambda _: None)
    publish(iter(RESTYLED), target)
    assert tree(target) == tree(_published(RESTYLED, tmp_path / "clean"))


def _published(files: Iterable[Rendered], target: Path) -> Path:
    publish(files, target)
    return target


# --- what goes wrong ------------------------------------------------------------------------------------------------


def _disk_full() -> Iterator[Rendered]:
    yield NEW[0]
    raise OSError(28, "No space left on device")


def _template_wrong() -> Iterator[Rendered]:
    yield NEW[0]
    raise TemplateFailureError("template page.html:3: wrong")


def _interrupted() -> Iterator[Rendered]:
    yield NEW[0]
    raise KeyboardInterrupt


def _file_and_folder_of_one_name() -> Iterator[Rendered]:
    yield Rendered("pages", b"a file")
    yield Rendered("pages/a.html", b"below it")


def _name_too_long() -> Iterator[Rendered]:
    yield NEW[0]
    yield Rendered(f"{'x' * 300}.html", b"")


FAILURES = [
    (_disk_full, PublishError),
    (_file_and_folder_of_one_name, PublishError),
    (_name_too_long, PublishError),
    (_template_wrong, TemplateFailureError),
    (_interrupted, KeyboardInterrupt),
]


@pytest.mark.parametrize(("files", "failure"), FAILURES)
def test_a_failing_write_leaves_the_old_site(
    tmp_path: Path, files: Callable[[], Iterator[Rendered]], failure: type[BaseException]
) -> None:
    target = tmp_path / "site"
    publish(iter(OLD), target)
    before = tree(target)
    with pytest.raises(failure):
        publish(files(), target)
    assert tree(target) == before
    assert _beside(target) == ["site"]


@pytest.mark.parametrize(("files", "failure"), FAILURES)
def test_a_failing_first_write_leaves_nothing(
    tmp_path: Path, files: Callable[[], Iterator[Rendered]], failure: type[BaseException]
) -> None:
    with pytest.raises(failure):
        publish(files(), tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_says_in_words_what_the_system_said(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="site cannot be written: no space left on device"):
        publish(_disk_full(), tmp_path / "site")


def test_after_a_failure_the_next_site_is_published(tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish(iter(OLD), target)
    with pytest.raises(PublishError):
        publish(_disk_full(), target)
    publish(iter(NEW), target)
    assert len(_site(target)) == 2


def test_errors_in_the_content_leave_the_old_site(project: Project, run: Run) -> None:
    folder = project(FINE)
    assert run("build", "-C", folder, "--today", TODAY).returncode == 0
    before = tree(folder / "site")
    project(WRONG)
    done = run("build", "-C", folder, "--today", TODAY)
    assert done.returncode == 1
    assert "nothing was published" in done.stderr
    assert tree(folder / "site") == before


def test_a_failure_after_the_exchange_says_which_site_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_folder: Path) -> None:
        raise OSError(5, "Input/output error")

    target = tmp_path / "site"
    publish(iter(OLD), target)
    monkeypatch.setattr(output, "_flush_names", fail)
    with pytest.raises(PublishError, match="holds the new site, but input/output error"):
        publish(iter(NEW), target)
    assert _site(target) == {"index.html": b"new home", "pages/a/b.html": b"new page"}
    assert _beside(target) == ["site"]


# --- systems and disks that cannot do everything ----------------------------------------------------------------------


def _without(name: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the system have no call of that name; returns the names of those that it was asked for."""
    real, asked = libc.call, []

    def call(wanted: str, *arguments: object) -> int | None:
        asked.append(wanted)
        return None if wanted == name else real(wanted, *arguments)

    monkeypatch.setattr(libc, "call", call)
    return asked


def test_where_one_disk_cannot_be_flushed_all_are_before_the_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(OLD, tmp_path / "site")
    asked, flushed = _without("syncfs", monkeypatch), []
    monkeypatch.setattr(os, "sync", lambda: flushed.append(_site(tmp_path / "site")))
    publish(NEW, tmp_path / "site")
    assert asked == ["syncfs", "renameat2"]
    assert flushed == [{"index.html": b"old home", "teams/gone.html": b"old team"}]
    assert _site(tmp_path / "site") == {"index.html": b"new home", "pages/a/b.html": b"new page"}


def test_where_folders_cannot_be_exchanged_they_change_names_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(OLD, tmp_path / "site")
    asked = _without("renameat2", monkeypatch)
    publish(NEW, tmp_path / "site")
    assert "renameat2" in asked
    assert _site(tmp_path / "site") == {"index.html": b"new home", "pages/a/b.html": b"new page"}
    assert _beside(tmp_path / "site") == ["site"]


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_file_system_that_knows_no_flushing_of_folders_gets_a_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    asked = []

    def fsync(descriptor: int) -> None:
        asked.append(descriptor)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fsync)
    publish(OLD, tmp_path / "site")
    publish(NEW, tmp_path / "site")
    assert len(asked) == 4
    assert _site(tmp_path / "site") == {"index.html": b"new home", "pages/a/b.html": b"new page"}


@pytest.mark.parametrize("call", ["syncfs", "fsync"])
def test_a_disk_that_fails_to_flush_leaves_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*_: object) -> int:
        raise OSError(errno.EIO, "Input/output error")

    publish(OLD, tmp_path / "site")
    before = tree(tmp_path)
    monkeypatch.setattr(*((libc, "call", fail) if call == "syncfs" else (os, "fsync", fail)))
    with pytest.raises(PublishError, match="cannot be written: input/output error; the old site"):
        publish(NEW, tmp_path / "site")
    assert tree(tmp_path) == before


def test_a_file_that_somebody_adds_while_the_site_is_replaced_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish(iter(OLD), target)
    with publication(target) as site:
        site.write(NEW[0])
        (target / "notes").mkdir()
        (target / "notes/mine.txt").write_text("mine")
        site.complete([NEW[0].path])
    assert _site(target) == {"index.html": b"new home", "notes/mine.txt": b"mine"}
    with pytest.raises(UsageError, match=r"holds notes/mine\.txt"):
        publish(iter(NEW), target)


def test_what_a_killed_build_left_is_cleared_away_and_what_is_foreign_in_it_is_kept(tmp_path: Path) -> None:
    target, left = tmp_path / "site", tmp_path / ".site.okrsite-new"
    publish(iter(NEW), target)
    publish(iter(OLD), left)
    (left / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"holds mine\.txt"):
        publish(iter(NEW), target)
    assert _beside(target) == ["site"]
    assert (target / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("word", ["new", "old"])
@pytest.mark.parametrize("kind", ["folder", "file", "symlink"])
def test_what_another_hand_has_put_beside_the_site_is_not_taken_for_ours(tmp_path: Path, word: str, kind: str) -> None:
    target, there, theirs = tmp_path / "site", tmp_path / f".site.okrsite-{word}", tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "mine.txt").write_text("mine")
    if kind == "folder":
        theirs.rename(there)
    elif kind == "file":
        there.write_text("mine")
    else:
        publish(iter(OLD), theirs / "site")
        there.symlink_to(theirs / "site")
    before = tree(tmp_path)
    with pytest.raises(UsageError, match="is in the way"):
        publish(iter(NEW), target)
    assert tree(tmp_path) == before


def test_files_that_are_rescued_take_no_place_that_is_taken(tmp_path: Path) -> None:
    target, left = tmp_path / "site", tmp_path / ".site.okrsite-old"
    publish(iter(NEW), target)
    publish(iter(OLD), left)
    (left / "index.html~1").write_text("first")
    (left / "pages" / "a" / "b.html").mkdir(parents=True)
    (left / "pages" / "a" / "b.html" / "f").write_text("below a file")
    with pytest.raises(UsageError, match="which okrsite did not write"):
        publish(iter(NEW), target)
    assert _beside(target) == ["site"]
    assert (target / "index.html~1").read_text() == "first"
    assert (target / "pages_a_b.html_f~1").read_text() == "below a file"
    (target / "index.html~1").unlink()
    (target / "pages_a_b.html_f~1").unlink()
    publish(iter(OLD), target)


def test_a_folder_whose_removal_is_cut_short_is_still_known_as_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> None:
        raise OSError(5, "Input/output error")

    target = tmp_path / "site"
    publish(iter(OLD), target)
    with monkeypatch.context() as patched:
        patched.setattr(output.shutil, "rmtree", refuse)
        publish(iter(NEW), target)
    assert _beside(target) == [".site.okrsite-new", "site"]
    publish(iter(NEW), target)
    assert _beside(target) == ["site"]


def test_a_kept_file_that_became_a_link_meanwhile_is_not_published(tmp_path: Path) -> None:
    target, secret = tmp_path / "site", tmp_path / "secret"
    secret.write_text("secret")
    publish(iter(OLD), target)
    with pytest.raises(PublishError), publication(target) as site:
        assert site.has("index.html")
        (target / "index.html").unlink()
        (target / "index.html").symlink_to(secret)
        site.complete(["index.html"])


def test_the_root_of_everything_is_no_place_for_a_site() -> None:
    with pytest.raises(UsageError, match="no place for a site"):
        publish(iter(NEW), Path("/"))


def test_who_interrupts_a_build_after_the_exchange_hears_that_the_new_site_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_seconds: float) -> None:
        raise KeyboardInterrupt

    target = tmp_path / "site"
    publish([*OLD, Rendered("assets/a.css", b"old")], target)
    monkeypatch.setattr(output.time, "sleep", interrupt)
    with pytest.raises(KeyboardInterrupt, match="holds the new site"):
        publish(iter(NEW), target)
    assert _site(target)["index.html"] == b"new home"


# --- foreign folders ------------------------------------------------------------------------------------------------


def _letters(target: Path) -> None:
    (target / "letters").mkdir(parents=True)
    (target / "letters" / "dear.txt").write_text("dear")


def _no_list(target: Path) -> None:
    publish(iter(OLD), target)
    (target / MANIFEST).unlink()


def _broken_list(target: Path) -> None:
    publish(iter(OLD), target)
    (target / MANIFEST).write_text("{")


def _list_of_another_shape(target: Path) -> None:
    publish(iter(OLD), target)
    (target / MANIFEST).write_text("[1, 2]")


def _a_file_more(target: Path) -> None:
    publish(iter(OLD), target)
    (target / "teams" / "mine.html").write_text("mine")


def _a_hidden_file_more(target: Path) -> None:
    publish(iter(OLD), target)
    (target / ".htaccess").write_text("mine")


def _a_repository(target: Path) -> None:
    publish(iter(OLD), target)
    (target / ".git").mkdir()
    (target / ".git" / "HEAD").write_text("ref: refs/heads/main")


def _a_link_to_a_file_more(target: Path) -> None:
    publish(iter(OLD), target)
    (target / "mine.html").symlink_to("index.html")


def _a_link_to_a_folder_more(target: Path) -> None:
    publish(iter(OLD), target)
    (target.parent / "photos").mkdir()
    (target / "photos").symlink_to(target.parent / "photos", target_is_directory=True)


FOREIGN = [
    _letters,
    _no_list,
    _broken_list,
    _list_of_another_shape,
    _a_file_more,
    _a_hidden_file_more,
    _a_repository,
    _a_link_to_a_file_more,
    _a_link_to_a_folder_more,
]


@pytest.mark.parametrize("prepare", FOREIGN)
def test_a_folder_with_anything_foreign_is_refused_and_untouched(
    tmp_path: Path, prepare: Callable[[Path], None]
) -> None:
    target = tmp_path / "site"
    prepare(target)
    before, beside = tree(target), _beside(target)
    names = sorted(path.relative_to(target) for path in target.rglob("*"))
    with pytest.raises(UsageError, match="nothing was touched"):
        publish(iter(NEW), target)
    assert tree(target) == before
    assert sorted(path.relative_to(target) for path in target.rglob("*")) == names
    assert _beside(target) == beside


def test_a_file_in_the_way_is_refused_and_untouched(tmp_path: Path) -> None:
    target = tmp_path / "site"
    target.write_text("mine")
    with pytest.raises(UsageError, match="is not a folder"):
        publish(iter(NEW), target)
    assert target.read_text() == "mine"


@pytest.mark.parametrize("ours", [True, False])
def test_a_link_in_the_way_is_refused_and_so_is_what_it_leads_to(tmp_path: Path, ours: bool) -> None:
    real = tmp_path / "real"
    if ours:
        publish(iter(OLD), real)
    target = tmp_path / "site"
    target.symlink_to(real, target_is_directory=True)
    before = tree(real)
    with pytest.raises(UsageError, match="is not a folder"):
        publish(iter(NEW), target)
    assert target.is_symlink()
    assert tree(real) == before


def test_nothing_is_rendered_for_a_folder_that_is_refused(tmp_path: Path) -> None:
    asked = []

    def files() -> Iterator[Rendered]:
        asked.append(True)
        yield from NEW

    _letters(tmp_path / "site")
    with pytest.raises(UsageError):
        publish(files(), tmp_path / "site")
    assert asked == []


@pytest.mark.parametrize("where", ["content", ".", "content/teams/acme"])
def test_a_build_into_the_project_itself_is_refused(project: Project, run: Run, where: str) -> None:
    folder = project(FINE)
    before = tree(folder)
    done = run("build", "-C", folder, "--today", TODAY, "-o", folder / where)
    assert done.returncode == 2
    assert "nothing was touched" in done.stderr
    assert {path: content for path, content in tree(folder).items() if not path.startswith(".okrsite/")} == before


def test_a_list_without_end_is_no_list(tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish(iter(OLD), target)
    (target / MANIFEST).unlink()
    (target / MANIFEST).symlink_to("/dev/zero")
    with pytest.raises(UsageError, match="nothing was touched"):
        publish(iter(NEW), target)


def test_a_list_that_names_files_elsewhere_removes_none_of_them(tmp_path: Path) -> None:
    target, mine = tmp_path / "site", tmp_path / "mine.txt"
    publish(iter(STYLED), target)
    mine.write_text("mine")
    mine.chmod(0o644)
    names = json.loads((target / MANIFEST).read_text())["files"]
    (target / MANIFEST).write_text(json.dumps({"files": [*names, "assets/../../mine.txt"]}))
    publish(iter(RESTYLED), target)
    assert mine.read_text() == "mine"


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_build_interrupted_while_it_takes_files_over_leaves_the_old_site_and_the_next_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    target = tmp_path / "site"
    files = [Rendered("same.html", b"same"), Rendered("more.html", b"more")]
    publish(iter([*STYLED, *files]), target)
    before, link, left = tree(target), os.link, [at]

    def interrupt(old: Path, new: Path, **options: bool) -> None:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        link(old, new, **options)

    monkeypatch.setattr(output.time, "sleep", lambda _: None)
    with monkeypatch.context() as patched:
        patched.setattr(os, "link", interrupt)
        try:
            publish(iter([*RESTYLED, *files]), target)
        except KeyboardInterrupt:
            assert tree(target) == before
    publish(iter([*RESTYLED, *files]), target)
    assert tree(target) == tree(_published([*RESTYLED, *files], tmp_path / "clean"))
    assert _beside(target) == ["clean", "site"]
