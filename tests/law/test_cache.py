"""Whatever has become of the cache, a build succeeds, writes the same bytes, and runs nothing that the cache holds."""

import json
import os
import pickle
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from shutil import copyfile, copytree, rmtree
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest

from okrsite.core.parse import Parsed
from okrsite.shell import cache as cache_module
from okrsite.shell.records import BrokenRecordError, _check, from_record
from tests.companies import TODAY
from tests.conftest import environment
from tests.law.builds import CACHE, build, differing, eager, entries, explained
from tests.law.edits import correct_check_in, retitle
from tests.law.project import start
from tests.same.machine import NOBODY, as_another

SEED: Final = 26
"""Of one of the smaller companies: what is tried here many times is the cache, not the company."""
OFFSETS: Final = 100
"""Places at which a cache is damaged, by each kind of damage in turn."""
DAMAGES: Final[dict[str, Callable[[bytes, int], bytes]]] = {
    "cut off": lambda content, at: content[:at],
    "flipped": lambda content, at: content[:at] + bytes(b ^ 0xFF for b in content[at : at + 16]) + content[at + 16 :],
    "zeroed": lambda content, at: content[:at] + bytes(512) + content[at + 512 :],
    "random": lambda content, at: content[:at] + Random(at).randbytes(512) + content[at + 512 :],
}


class Edited:
    """A project that was built, remembered and then edited; the site that must come of it, and one that was."""

    def __init__(self, folder: Path) -> None:
        self.project = start(folder, SEED)
        assert self.build().code == 0
        self.project.put_aside()
        for edit in (correct_check_in, retitle):
            assert any(edit(self.project, Random(number)) for number in range(9))
        self.project.save()
        clean = build(self.project.folder, folder / "clean", "--no-cache")
        assert clean.code == 0
        self.reported = clean.reported
        self.expected = entries(folder / "clean")
        self.remembered = (self.project.aside / "cache").read_bytes()

    def build(self) -> Any:
        """Build over what is there, as always."""
        return build(self.project.folder, self.project.target, "--jobs", "1", "--explain")

    def back(self) -> Path:
        """Put the earlier site and cache back; returns where the cache lies."""
        rmtree(self.project.target, ignore_errors=True)
        copytree(self.project.aside / "site", self.project.target)
        folder = self.project.cache.parent
        if folder.is_file() or folder.is_symlink():
            folder.unlink()
        rmtree(folder, ignore_errors=True)
        folder.mkdir()
        self.project.cache.write_bytes(self.remembered)
        return self.project.cache

    def faults(self) -> list[str]:
        """What is not as it must be after a build."""
        built = self.build()
        said = [] if (built.code, built.reported) == (0, self.reported) else [f"exit {built.code}: {built.reported}"]
        return said + differing(entries(self.project.target), self.expected)


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edited]:
    """A project with a cache, edited since."""
    with eager():
        yield Edited(tmp_path_factory.mktemp("cache"))


def test_a_sound_cache_saves_work(edited: Edited) -> None:
    edited.back()
    said = explained(edited.build().said)
    assert said.kept
    assert said.rendered
    assert entries(edited.project.target) == edited.expected


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_cache_damaged_anywhere_is_as_good_as_none(edited: Edited, damage: str) -> None:
    size, faults, harmed = len(edited.remembered), [], 0
    for number in range(list(DAMAGES).index(damage), OFFSETS, len(DAMAGES)):
        at = size * number // OFFSETS
        content = DAMAGES[damage](edited.remembered, at)
        harmed += content != edited.remembered
        edited.back().write_bytes(content)
        faults += [f"{damage} at {at}: {fault}" for fault in edited.faults()]
    assert faults == []
    assert harmed > OFFSETS / len(DAMAGES) / 2


# --- something else in its place ------------------------------------------------------------------------------------


def _bytes(content: bytes) -> Callable[[Path], None]:
    """A file of these bytes."""

    def put(path: Path) -> None:
        path.write_bytes(content)

    return put


def _tables(*statements: str) -> Callable[[Path], None]:
    """A database with other tables."""

    def put(path: Path) -> None:
        path.unlink()
        database = sqlite3.connect(path)
        for statement in statements:
            database.execute(statement)
        database.commit()
        database.close()

    return put


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "file").write_text("mine")


def _no_folder(path: Path) -> None:
    path.unlink()
    path.parent.rmdir()
    path.parent.write_text("a file")


def _link(path: Path) -> None:
    elsewhere = path.parent.parent.parent / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _journal(path: Path) -> None:
    for ending in ("-journal", "-wal", "-shm"):
        path.with_name(path.name + ending).write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(2_000))


def _without_rows(path: Path) -> None:
    database = sqlite3.connect(path)
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert tables
    for name in tables:
        database.execute(f'DELETE FROM "{name}"')
    database.commit()
    database.close()


def _wrong_kinds(path: Path) -> None:
    """Every value is a text, which is allowed in any column."""
    for name, column, _ in _blobs(path):
        _update(path, name, column, lambda values: f"text {values}")


REPLACED: Final[dict[str, Callable[[Path], None]]] = {
    "nothing": _bytes(b""),
    "garbage": _bytes(Random(0).randbytes(50_000)),
    "text": _bytes(b"not a cache"),
    "an empty database": _tables("VACUUM"),
    "other tables": _tables("CREATE TABLE edition (number INTEGER)", "INSERT INTO edition VALUES (1)"),
    "tables of another shape": _tables("CREATE TABLE parsed (x)", "CREATE TABLE pages (x)", "CREATE TABLE edition (y)"),
    "no rows": _without_rows,
    "texts for bytes": _wrong_kinds,
    "a folder": _folder,
    "a file for its folder": _no_folder,
    "a link": _link,
    "a pipe": _pipe,
    "a torn journal beside it": _journal,
}


@pytest.mark.parametrize("what", REPLACED)
def test_what_stands_in_the_place_of_the_cache_does_no_harm(edited: Edited, what: str) -> None:
    REPLACED[what](edited.back())
    assert edited.faults() == []
    assert edited.faults() == []


def test_a_cache_of_another_version_is_not_believed(
    edited: Edited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other version remembers all pages as they are, so that believing it would keep them."""
    path = edited.back()
    path.unlink()
    with monkeypatch.context() as patched:
        patched.setattr(cache_module, "edition", lambda: b"another version")
        assert edited.build().code == 0
    assert explained(edited.build().said).kept == {}
    assert edited.faults() == []


def test_a_cache_of_another_project_is_of_no_use_and_no_harm(edited: Edited, tmp_path: Path) -> None:
    other = start(tmp_path, 2)
    assert build(other.folder, other.target).code == 0
    copyfile(other.cache, edited.back())
    assert edited.faults() == []


def test_a_project_with_its_cache_may_move(edited: Edited, tmp_path: Path) -> None:
    edited.back()
    moved = tmp_path / "elsewhere" / "苏州"
    copytree(edited.project.folder, moved)
    built = build(moved, moved / "site", "--explain")
    assert built.code == 0
    assert entries(moved / "site") == edited.expected
    assert len(explained(built.said).kept) > len(explained(built.said).rendered)


def test_a_cache_that_may_only_be_read_is_read(edited: Edited) -> None:
    """Somebody else than root builds, who may write the site but not what is remembered."""
    edited.back()
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        copytree(edited.project.folder, folder / "project")
        (folder / "project" / CACHE).chmod(0o444)
        site = folder / "project" / "site"
        for path in (folder / "project", site, *site.rglob("*")) if not os.geteuid() else ():
            os.chown(path, NOBODY, NOBODY)
        (folder / "project" / CACHE).parent.chmod(0o555)
        done = subprocess.run(
            [*as_another(), sys.executable, "-m", "okrsite", "build", "-q", "-C", folder / "project", "--today", TODAY],
            env=environment({"PYTHONDONTWRITEBYTECODE": "1"}),
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        assert differing(entries(site), edited.expected) == []
        assert (folder / "project" / CACHE).read_bytes() == edited.remembered


# --- poison ---------------------------------------------------------------------------------------------------------


class _Hostile:
    """When it is unpickled by an ordinary reader, a file appears."""

    def __init__(self, canary: Path, call: str) -> None:
        self._canary, self._call = canary, call

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        if self._call == "os.system":
            return os.system, (f"touch {self._canary}",)
        return eval, (f"open({str(self._canary)!r}, 'w').close()",)


def _blobs(path: Path) -> list[tuple[str, str, int]]:
    """(table, column, rows) of every column in which bytes lie."""
    database, found = sqlite3.connect(path), []
    for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for _, column, *_ in database.execute(f'PRAGMA table_info("{table}")').fetchall():
            (rows,) = database.execute(f'SELECT count(*) FROM "{table}" WHERE typeof("{column}") = \'blob\'').fetchone()
            if rows:
                found.append((table, column, rows))
    database.close()
    return found


def _update(path: Path, table: str, column: str, change: Callable[[dict[str, Any]], Any]) -> int:
    """Put something else into a column of every row that takes it; returns of how many."""
    database, changed = sqlite3.connect(path), 0
    rows = database.execute(f'SELECT * FROM "{table}"').fetchall()
    names = [name for _, name, *_ in database.execute(f'PRAGMA table_info("{table}")').fetchall()]
    database.execute(f'DELETE FROM "{table}"')
    marks = ", ".join("?" * len(names))
    for row in rows:
        values = dict(zip(names, row, strict=True))
        values[column] = change(values)
        changed += database.execute(
            f'INSERT OR IGNORE INTO "{table}" VALUES ({marks})', tuple(values.values())
        ).rowcount
    database.commit()
    database.close()
    return changed


def _whole(hostile: bytes, column: str, values: dict[str, Any]) -> bytes:
    return hostile


def _behind(length: int) -> Callable[[bytes, str, dict[str, Any]], bytes]:
    """The first bytes are left, among them a checksum if there is one."""
    return lambda hostile, column, values: bytes(values[column])[:length] + hostile


def _checked(key: bytes, content: bytes) -> bytes:
    """A record with a checksum that is right: who can write the cache can compute its checksums too."""
    return _check(key, content) + content


def _forged(key: str, hostile: _Hostile, values: dict[str, Any]) -> bytes:
    return _checked(bytes(values[key]), pickle.dumps(hostile, 2))


POISONS: Final = {"whole": _whole, **{f"behind {length}": _behind(length) for length in (4, 8, 16, 20, 32, 64)}}


@pytest.mark.parametrize(("poison", "call"), [*((poison, "os.system") for poison in POISONS), ("whole", "eval")])
def test_a_pickle_in_place_of_any_bytes_is_never_run(edited: Edited, tmp_path: Path, poison: str, call: str) -> None:
    canary = tmp_path / "canary"
    hostile = pickle.dumps(_Hostile(canary, call), 2)
    columns = _blobs(edited.back())
    assert len(columns) >= 3
    for table, column, rows in columns:
        path = edited.back()
        changed = _update(path, table, column, partial(POISONS[poison], hostile, column))
        assert 1 <= changed <= rows
        assert edited.faults() == []
        assert not canary.exists()
    pickle.loads(hostile)
    assert canary.exists(), "the poison works on an ordinary reader"


@pytest.mark.parametrize("call", ["os.system", "eval"])
def test_a_pickle_with_a_checksum_that_is_right_is_not_run_either(edited: Edited, tmp_path: Path, call: str) -> None:
    canary, forged = tmp_path / "canary", 0
    columns = _blobs(edited.back())
    for table, column, _ in columns:
        for key in [name for other, name, _ in columns if other == table and name != column]:
            path = edited.back()
            forged += _update(path, table, column, partial(_forged, key, _Hostile(canary, call)))
            assert edited.faults() == []
            assert not canary.exists()
    assert forged > 30


# --- forgery --------------------------------------------------------------------------------------------------------

FORGED: Final = 20
"""Records that are forged and believed, one a build."""
TEXTS: Final = (
    "",
    "x",
    "../../../escaped",
    "/",
    "..",
    "\0",
    "é" * 300,
    "2026-99-99",
    "9999-12-31",
    "<script>",
    "1E+40",
    "[[x]]",
)
NUMBERS: Final = (0, 1, 2, 65_536, 9_999_999_999)


def _items(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value that holds text, a number, yes or no, or nothing: what it is in, and where."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(item, list | dict):
            yield from _items(item)
        else:
            yield value, key


def _change(content: bytes, dice: Random) -> bytes:
    """A record with other words, figures and lengths."""
    value = json.loads(content)
    for _ in range(dice.choice((1, 1, 3))):
        within, key = dice.choice(list(_items(value)))
        match within[key]:
            case str():
                within[key] = dice.choice(TEXTS)
            case bool():
                within[key] = not within[key]
            case int():
                within[key] = dice.choice(NUMBERS)
        if isinstance(within, list) and dice.random() < 0.2:
            within.append(within[-1])
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def test_a_forged_record_of_the_right_types_may_lie_but_does_no_harm(edited: Edited) -> None:
    """The site may then say what nobody wrote; but it ends as every build does, and nothing is written elsewhere."""
    around, believed = sorted(edited.project.folder.parent.iterdir()), 0
    for number in range(FORGED * 20):
        dice, database = Random(number), sqlite3.connect(edited.back())
        key, record = dice.choice(database.execute("SELECT key, record FROM parsed ORDER BY key").fetchall())
        forged = _checked(key, _change(record[16:], dice))
        try:
            from_record(key, forged, Parsed)
        except BrokenRecordError:
            database.close()
            continue
        database.execute("UPDATE parsed SET record = ? WHERE key = ?", (forged, key))
        database.execute("DELETE FROM results")
        database.commit()
        database.close()
        assert build(edited.project.folder, edited.project.target, "--jobs", "1", "--keep-going").code in (0, 1), number
        believed += 1
        if believed == FORGED:
            break
    assert believed == FORGED
    assert sorted(edited.project.folder.parent.iterdir()) == around
