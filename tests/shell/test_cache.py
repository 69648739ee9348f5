"""What builds remember: found again, replaced, and as good as nothing when anything is wrong with it."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from okrsite.pages.trace import Trace
from okrsite.render.fingerprint import Shown
from okrsite.shell import cache as cache_module
from okrsite.shell.cache import FILE, FOLDER, MAX_PARSED, NO_CACHE, Cache, Made, open_cache

PAGE = Made(b"t" * 16, Shown(b"s" * 16, b"p" * 12), b"c" * 16, Trace(b"names", b"r" * 16))
OTHER = PAGE._replace(content=b"d" * 16)


def _database(project: Path) -> Path:
    return project / FOLDER / FILE


def _filled(project: Path) -> None:
    cache = open_cache(project, writing=True)
    cache.keep_parsed({b"one": b"1", b"two": b"2"}, [b"one", b"two"])
    cache.keep_pages({}, {"index.html": PAGE, "a/b.html": OTHER})
    cache.close()


def _read(project: Path, *, writing: bool = False) -> tuple[bytes | None, dict[str, Made]]:
    cache = open_cache(project, writing=writing)
    found = cache.parsed(b"one"), cache.pages()
    cache.close()
    return found


KEPT = (b"1", {"index.html": PAGE, "a/b.html": OTHER})
NOTHING = (None, {})


@pytest.mark.parametrize("writing", [True, False])
def test_what_was_kept_is_found_by_the_next_build(tmp_path: Path, writing: bool) -> None:
    _filled(tmp_path)
    assert _read(tmp_path, writing=writing) == KEPT


@pytest.mark.parametrize(
    ("umask", "folder", "file"), [(0o000, 0o755, 0o644), (0o002, 0o755, 0o644), (0o077, 0o700, 0o600)]
)
def test_nobody_else_may_write_what_is_believed(tmp_path: Path, umask: int, folder: int, file: int) -> None:
    before = os.umask(umask)
    try:
        _filled(tmp_path)
    finally:
        assert os.umask(before) == umask
    assert {path.name for path in (tmp_path / FOLDER).iterdir()} == {".gitignore", FILE}
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / FOLDER).iterdir()} == {file}
    assert (tmp_path / FOLDER).stat().st_mode & 0o777 == folder


def test_a_parsed_file_of_any_size_that_a_text_can_have_is_read_and_no_larger_one(tmp_path: Path) -> None:
    cache = open_cache(tmp_path, writing=True)
    cache.keep_parsed({b"large": bytes(MAX_PARSED), b"larger": bytes(MAX_PARSED + 1)}, [])
    assert cache.parsed(b"large") == bytes(MAX_PARSED)
    assert cache.parsed(b"larger") is None
    cache.close()


def test_each_site_has_pages_of_its_own_and_old_ones_go(tmp_path: Path) -> None:
    cache = open_cache(tmp_path, writing=True)
    cache.keep_pages({}, {"a.html": PAGE, "b.html": PAGE})
    cache.keep_pages(cache.pages(), {"b.html": OTHER})
    assert cache.pages() == {"b.html": OTHER}
    cache.close()


def test_parsed_files_that_nobody_uses_go_when_there_are_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "_SPARE", 1)
    cache = open_cache(tmp_path, writing=True)
    cache.keep_parsed({b"old": b"0"}, [b"old"])
    cache.keep_parsed({b"one": b"1"}, [b"one"])
    assert cache.parsed(b"old") == b"0"
    cache.keep_parsed({b"two": b"2", b"three": b"3"}, [b"one"])
    assert (cache.parsed(b"old"), cache.parsed(b"two"), cache.parsed(b"one")) == (None, None, b"1")
    cache.close()


def test_a_command_that_only_reads_leaves_no_trace(tmp_path: Path) -> None:
    assert _read(tmp_path) == NOTHING
    assert list(tmp_path.iterdir()) == []


def test_a_cache_keeps_itself_out_of_version_control(tmp_path: Path) -> None:
    _filled(tmp_path)
    assert (tmp_path / FOLDER / ".gitignore").read_text() == "*\n"


def _git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-c", "core.excludesFile=", *words], cwd=folder, check=True, capture_output=True)


def test_a_list_of_what_to_ignore_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / ".gitignore").symlink_to(tmp_path / "elsewhere")
    _filled(tmp_path)
    assert not (tmp_path / "elsewhere").exists()
    assert _read(tmp_path) == KEPT


@pytest.mark.parametrize("index", ["--index-version=2", "--index-version=3", "--index-version=4", "--split-index"])
def test_a_cache_that_somebody_committed_is_passed_over(tmp_path: Path, index: str) -> None:
    _filled(tmp_path)
    (tmp_path / ".okr").write_text("a neighbour with whose name the other's can be shortened")
    _git(tmp_path, "init", "-q")
    assert _read(tmp_path) == KEPT  # there is no index yet
    _git(tmp_path, "add", ".")
    _git(tmp_path, "update-index", index)
    assert _read(tmp_path) == KEPT
    _git(tmp_path, "add", "--force", FOLDER)
    assert _read(tmp_path) == NOTHING
    assert open_cache(tmp_path, writing=True) is NO_CACHE


@pytest.mark.parametrize("content", [b"", b"no index"])
def test_a_repository_that_cannot_be_read_vouches_for_nothing(tmp_path: Path, content: bytes) -> None:
    _filled(tmp_path)
    _git(tmp_path, "init", "-q")
    (tmp_path / ".git/index").write_bytes(content)
    assert _read(tmp_path) == NOTHING


def test_a_cache_is_committed_with_a_repository_around_the_project_or_elsewhere_too(tmp_path: Path) -> None:
    repository, project = tmp_path / "repository", tmp_path / "repository/okrs"
    project.mkdir(parents=True)
    _filled(project)
    _git(repository, "init", "-q", "--separate-git-dir", "../elsewhere")
    assert _read(project) == KEPT
    _git(repository, "add", "--force", ".")
    assert _read(project) == NOTHING


VIEW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT x'00' AS path, x'00' AS record FROM n"


def test_a_cache_with_tables_that_are_not_ours_is_no_cache(tmp_path: Path) -> None:
    _filled(tmp_path)
    with closing(sqlite3.connect(_database(tmp_path))) as database:
        database.execute("DROP TABLE pages")
        database.execute(f"CREATE VIEW pages AS {VIEW}")
        database.commit()
    assert _read(tmp_path) == NOTHING


def test_a_cache_into_which_another_is_writing_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _filled(tmp_path)
    monkeypatch.setattr(cache_module, "_WAIT", 0.1)
    with closing(sqlite3.connect(_database(tmp_path), isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        assert open_cache(tmp_path, writing=True) is NO_CACHE
        assert open_cache(tmp_path, writing=False) is NO_CACHE
        database.execute("ROLLBACK")
    assert _read(tmp_path) == KEPT


def test_a_cache_of_another_okrsite_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _filled(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(cache_module, "edition", lambda: b"another")
        assert _read(tmp_path) == NOTHING
        _filled(tmp_path)
        assert _read(tmp_path) == KEPT
    assert _read(tmp_path) == NOTHING


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(200)])
def test_a_file_that_is_no_cache_is_made_one(tmp_path: Path, content: bytes) -> None:
    _filled(tmp_path)
    _database(tmp_path).write_bytes(content)
    assert _read(tmp_path) == NOTHING
    _filled(tmp_path)
    assert _read(tmp_path) == KEPT


def test_where_no_cache_can_be_there_is_none(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file")
    cache = open_cache(tmp_path, writing=True)
    cache.keep_parsed({b"one": b"1"}, [b"one"])
    assert (cache.parsed(b"one"), cache.pages()) == NOTHING
    assert (tmp_path / FOLDER).read_text() == "a file"


@pytest.mark.parametrize("name", [FOLDER, f"{FOLDER}/{FILE}"])
def test_a_link_is_not_followed(tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    _filled(tmp_path)
    (tmp_path / FOLDER).rename(elsewhere)
    link = tmp_path / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(elsewhere if name == FOLDER else elsewhere / FILE)
    assert _read(tmp_path, writing=True) == NOTHING
    assert link.is_symlink()


def test_a_page_whose_entry_was_changed_is_not_remembered(tmp_path: Path) -> None:
    _filled(tmp_path)
    with sqlite3.connect(_database(tmp_path)) as database:
        database.execute("UPDATE pages SET record = X'00' || substr(record, 2) WHERE path = CAST('index.html' AS BLOB)")
    database.close()
    assert _read(tmp_path) == (b"1", {"a/b.html": OTHER})


def test_a_page_whose_entry_was_put_under_another_path_is_not_remembered(tmp_path: Path) -> None:
    _filled(tmp_path)
    with sqlite3.connect(_database(tmp_path)) as database:
        database.execute("UPDATE pages SET path = CAST('c.html' AS BLOB) WHERE path = CAST('index.html' AS BLOB)")
    database.close()
    assert _read(tmp_path) == (b"1", {"a/b.html": OTHER})


def test_while_another_build_writes_nothing_is_kept_and_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _filled(tmp_path)
    monkeypatch.setattr(cache_module, "_WAIT", 0.0)
    other = sqlite3.connect(_database(tmp_path), isolation_level=None)
    cache = open_cache(tmp_path, writing=True)
    other.execute("BEGIN EXCLUSIVE")
    cache.keep_parsed({b"three": b"3"}, [b"three"])
    other.execute("ROLLBACK")
    other.close()
    cache.close()
    assert _read(tmp_path) == KEPT


def test_no_cache_remembers_nothing() -> None:
    assert isinstance(NO_CACHE, Cache)
    NO_CACHE.keep_pages({}, {"a.html": PAGE})
    assert NO_CACHE.pages() == {}
