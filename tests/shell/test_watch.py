"""Watching: which changes matter, when they are complete, and that none is missed where the system tells nothing."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from watchdog import observers

from okrsite.shell import watch as watching
from okrsite.shell.watch import Places, Watch
from tests.companies import write_files

PATIENCE = 20.0
OLDER = 1_700_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {"okrsite.toml": "", "content/a.md": "a", "content/deep/b.md": "b"}
    project = write_files(tmp_path / "project", files)
    for path in files:
        os.utime(project / path, (OLDER, OLDER))
    return project


def _places(folder: Path) -> Places:
    return Places((folder / "content", folder / "themes" / "own"), (folder / "okrsite.toml",))


@pytest.fixture(params=["told", "looking"])
def watch(request: pytest.FixtureRequest, folder: Path) -> Iterator[Watch]:
    with closing(Watch(told=request.param == "told")) as found:
        found.follow(_places(folder))
        found.listen()
        assert found.is_told is (request.param == "told")
        yield found


@pytest.mark.parametrize(
    ("place", "matters"),
    [
        ("okrsite.toml", True),
        ("content", True),
        ("content/a.md", True),
        ("content/new/deep/c.md", True),
        ("themes", True),
        ("themes/own/static/site.css", True),
        ("themes/other/static/site.css", False),
        ("content/a.md~", False),
        ("content/.a.md.swp", False),
        ("content/.git/index", False),
        ("site/index.html", False),
        ("content-2/a.md", False),
        (".okrsite/cache.sqlite", False),
    ],
)
def test_only_changes_of_what_is_read_matter(folder: Path, place: str, matters: bool) -> None:
    assert _places(folder).hold(str(folder / place)) is matters


@pytest.mark.parametrize(
    "files",
    [
        {"okrsite.toml": "title = 'A'"},
        {"content/a.md": "other"},
        {"content/a.md": "b"},
        {"content/new/c.md": "c"},
        {"themes/own/static/site.css": "p {}"},
    ],
    ids=["settings", "content", "as long as before", "new folder", "theme that was not there"],
)
def test_a_change_wakes(folder: Path, watch: Watch, files: dict[str, str]) -> None:
    assert not watch.wait(0.1)
    write_files(folder, files)
    assert watch.wait()
    assert watch.settle()
    assert not watch.wait(0)


def test_what_goes_and_what_comes_back_wakes(folder: Path, watch: Watch) -> None:
    (folder / "content").rename(folder / "aside")
    assert watch.wait()
    watch.settle()
    watch.follow(_places(folder))
    (folder / "aside").rename(folder / "content")
    assert watch.wait()
    watch.settle()
    watch.follow(_places(folder))
    (folder / "content" / "deep" / "b.md").write_text("once more")
    assert watch.wait()
    assert str(folder / "content/deep/b.md") in watch.settle()


def test_a_folder_of_which_nobody_tells_any_more_is_told_of_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who tells of a folder ends when it is removed; one made in its place may have the same number."""
    monkeypatch.setattr(watching, "LOOK", 3_600.0)
    with closing(Watch()) as watch:
        watch.follow(_places(folder))
        watch.listen()
        assert watch._observer is not None
        ended = list(watch._observer.emitters)
        for emitter in ended:
            emitter.stop()
        watch.look()
        assert watch.is_told
        assert {emitter.watch for emitter in ended} == {emitter.watch for emitter in watch._observer.emitters}
        (folder / "content" / "a.md").write_text("once more")
        assert watch.wait(PATIENCE)
        assert str(folder / "content/a.md") in watch.settle()


def test_a_burst_is_waited_for(folder: Path, watch: Watch) -> None:
    def write() -> None:
        for number in range(100):
            (folder / "content" / f"{number}.md").write_text("a")
            time.sleep(0.002)

    writing = threading.Thread(target=write)
    writing.start()
    assert watch.wait()
    changed = watch.settle()
    writing.join()
    assert len(changed) >= 100 or not watch.is_told


def test_a_file_that_is_emptied_before_it_is_filled_is_waited_for(folder: Path, watch: Watch) -> None:
    """Many editors save so, and on a busy machine there is time between the two."""
    file = folder / "content/a.md"
    file.write_text("")
    assert watch.wait(PATIENCE)
    filling = threading.Timer(0.1, file.write_text, ["filled"])
    filling.start()
    changed = watch.settle()
    assert file.read_text() == "filled"
    assert changed == {str(file)}
    filling.join()


def test_a_file_that_stays_empty_is_taken_as_it_is(folder: Path, watch: Watch) -> None:
    (folder / "content/a.md").write_text("")
    assert watch.wait(PATIENCE)
    assert str(folder / "content/a.md") in watch.settle()
    assert (folder / "content/a.md").read_text() == ""


def test_what_was_changed_before_anybody_listened_wakes(folder: Path) -> None:
    with closing(Watch()) as watch:
        watch.follow(_places(folder))
        (folder / "content/a.md").write_text("meanwhile")
        watch.listen()
        assert watch.wait(0)
        assert watch.settle() == {str(folder / "content/a.md")}


def test_a_second_write_in_the_same_moment_is_not_overlooked(folder: Path) -> None:
    path = folder / "content/a.md"
    with closing(Watch(told=False)) as watch:
        later = time.time_ns() + 1_000_000_000
        os.utime(path, ns=(later, later))  # so new that the next write may bear the same time
        watch.follow(_places(folder))
        watch.look()
        assert watch.wait(0)


@pytest.mark.parametrize("at", ["start", "schedule"])
def test_where_the_system_tells_nothing_changes_are_looked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(observers.Observer, at, refuse)
    with closing(Watch()) as watch:
        watch.follow(_places(folder))
        watch.listen()
        assert not watch.is_told
        (folder / "content/a.md").write_text("other")
        assert watch.wait(PATIENCE)


def test_what_nobody_told_is_found_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK", 0.1)
    monkeypatch.setattr(Watch, "_note", lambda *_: None)
    with closing(Watch()) as watch:
        watch.follow(_places(folder))
        watch.listen()
        assert watch.is_told
        (folder / "content/a.md").write_text("other")
        assert watch.wait()
