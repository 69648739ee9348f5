"""What earlier builds found out, on disk: parsed files by their text, what each page of a site showed last, results.

Nothing here is ever needed: a cache that is missing, cut off, damaged, locked or of another okrsite is as good as none,
and each entry is bound to its key by a checksum. It may travel to other machines, so that no secret can protect it: who
can write it decides what the site says, and nothing else.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from okrsite.pages.trace import Trace
from okrsite.render.fingerprint import SIZE, Shown
from okrsite.shell.edition import edition
from okrsite.shell.files import read_regular
from okrsite.shell.git import lists

Result = TypeVar("Result")

FOLDER: Final = ".okrsite"
FILE: Final = "cache.sqlite"
_WAIT: Final = 5.0
"""Seconds to wait for another build that is writing into the same cache."""
_NOT_OTHERS: Final = 0o022
"""What a cache says is believed, so that nobody else than who makes it may write it, whatever the umask."""
_MAX_INDEX: Final = 1 << 28
_PLAIN_INDEXES: Final = (b"DIRC\0\0\0\2", b"DIRC\0\0\0\3")
_SPARE: Final = 1_000
"""Parsed files beyond twice the present ones that are kept, for other branches and earlier days."""
_TABLES: Final = (
    "CREATE TABLE edition (name BLOB)",
    "CREATE TABLE parsed (key BLOB PRIMARY KEY, record BLOB)",
    "CREATE TABLE history (key BLOB PRIMARY KEY, record BLOB)",
    "CREATE TABLE pages (path BLOB PRIMARY KEY, record BLOB) WITHOUT ROWID",
    "CREATE TABLE results (name BLOB PRIMARY KEY, record BLOB) WITHOUT ROWID",
)
_MAX_RECORD: Final = 1 << 26
"""Bytes beyond which nothing in a cache is one of ours."""
MAX_PARSED: Final = 1 << 23
"""Bytes beyond which no parsed file is read from a cache: of a forged one the values may take thirty times as many."""


class BusyError(Exception):
    """Another build is writing into the cache, and goes on doing so."""


class Made(NamedTuple):
    """How a page was made last: with which theme, showing what and from what, and the digest of its file's bytes."""

    theme: bytes
    shown: Shown
    content: bytes
    trace: Trace


class Cache:
    """An open cache, or one that remembers nothing when it cannot be read or is not wanted."""

    def __init__(self, database: sqlite3.Connection | None, *, writing: bool) -> None:
        self._database, self._writing = database, writing

    # --- parsed files ----------------------------------------------------------------------------------------------

    def parsed(self, key: bytes) -> bytes | None:
        """The record kept under a key; it is still to be checked."""
        if self._database is None:
            return None
        query = "SELECT record FROM parsed WHERE key = ? AND length(record) <= ?"
        row = self._tried(lambda db: db.execute(query, (key, MAX_PARSED)).fetchone(), None)
        return row[0] if row and isinstance(row[0], bytes) else None

    def keep_parsed(self, records: Mapping[bytes, bytes], used: Iterable[bytes]) -> None:
        """Add records; of those that were not used, let go when there are more of them than of the others."""

        def write(database: sqlite3.Connection) -> None:
            kept = set(used)
            database.executemany("INSERT OR REPLACE INTO parsed VALUES (?, ?)", records.items())
            (count,) = database.execute("SELECT count(*) FROM parsed").fetchone()
            if count > 2 * len(kept) + _SPARE:
                gone = [key for (key,) in database.execute("SELECT key FROM parsed") if key not in kept]
                database.executemany("DELETE FROM parsed WHERE key = ?", ((key,) for key in gone))

        if records:
            self._write(write)

    # --- history ---------------------------------------------------------------------------------------------------

    def past(self, key: bytes) -> bytes | None:
        """The record of an old version or of a whole history; it is still to be checked."""
        row = self._tried(lambda db: db.execute("SELECT record FROM history WHERE key = ?", (key,)).fetchone(), None)
        return row[0] if row and isinstance(row[0], bytes) else None

    def keep_past(self, records: Mapping[bytes, bytes]) -> None:
        """Add records. Old versions stay what they were: none is ever let go."""
        if records:
            self._write(lambda db: db.executemany("INSERT OR REPLACE INTO history VALUES (?, ?)", records.items()))

    # --- pages -----------------------------------------------------------------------------------------------------

    def pages(self) -> dict[str, Made]:
        """How the pages of the site were made last, by path."""
        rows: list[tuple[bytes, bytes]] = self._tried(
            lambda db: db.execute("SELECT path, record FROM pages").fetchall(), []
        )
        found = {}
        for path, record in rows:
            with suppress(ValueError, TypeError):
                found[path.decode()] = _unpacked(path, record)
        return found

    def keep_pages(self, before: Mapping[str, Made], made: Mapping[str, Made]) -> None:
        """Remember how the pages of a site were made, in place of what was known before."""
        changed = [(path.encode(), page) for path, page in made.items() if before.get(path) != page]
        gone = [(path.encode(),) for path in before if path not in made]

        def write(database: sqlite3.Connection) -> None:
            rows = ((path, _packed(path, page)) for path, page in changed)
            database.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?)", rows)
            database.executemany("DELETE FROM pages WHERE path = ?", gone)

        if changed or gone:
            self._write(write)

    # --- results ---------------------------------------------------------------------------------------------------

    def result(self, name: bytes) -> bytes | None:
        """The record of the last result of a kind; it is still to be checked."""
        row = self._tried(lambda db: db.execute("SELECT record FROM results WHERE name = ?", (name,)).fetchone(), None)
        return row[0] if row and isinstance(row[0], bytes) else None

    def keep_result(self, name: bytes, record: bytes) -> None:
        """Remember a result in place of the last one of its kind."""
        self._write(lambda db: db.execute("INSERT OR REPLACE INTO results VALUES (?, ?)", (name, record)))

    # --- inside ----------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()

    def _write(self, write: Callable[[sqlite3.Connection], object]) -> None:
        """Write in one transaction, or not at all."""

        def transaction(database: sqlite3.Connection) -> None:
            database.execute("BEGIN IMMEDIATE")
            try:
                write(database)
            except BaseException:
                database.rollback()
                raise
            database.commit()

        if self._writing:
            self._tried(transaction, None)

    def _tried(self, action: Callable[[sqlite3.Connection], Result], otherwise: Result) -> Result:
        """The result of an action on the database; whatever goes wrong with it, the cache is silent from then on."""
        if self._database is None:
            return otherwise
        try:
            return action(self._database)
        except sqlite3.Error:
            self.close()
            self._database = None
            return otherwise


NO_CACHE: Final = Cache(None, writing=False)


def open_cache(project: Path, *, writing: bool) -> Cache:
    """The cache of a project; made anew where it is damaged or of another okrsite, if it may be written."""
    folder = project / FOLDER
    file = folder / FILE
    if _is_committed(project) or folder.is_symlink() or file.is_symlink():
        return NO_CACHE
    if not writing:
        try:
            database = _opened(file, "ro") if file.exists() else None
        except BusyError:
            return NO_CACHE
        return Cache(database, writing=False) if database else NO_CACHE
    umask = os.umask(_NOT_OTHERS)
    os.umask(umask | _NOT_OTHERS)
    try:
        return _made(folder, file)
    finally:
        os.umask(umask)


def _made(folder: Path, file: Path) -> Cache:
    """The cache in a file that may be written, begun anew if need be."""
    try:
        folder.mkdir(exist_ok=True)
        with suppress(FileExistsError), (folder / ".gitignore").open("x", encoding="utf-8") as ignored:
            ignored.write("*\n")
        database = _opened(file, "rwc")
        if database is None:
            for name in (file, file.with_name(f"{FILE}-journal")):
                name.unlink(missing_ok=True)
            database = _opened(file, "rwc")
    except (BusyError, OSError):
        return NO_CACHE
    return Cache(database, writing=True) if database else NO_CACHE


def _opened(file: Path, mode: str) -> sqlite3.Connection | None:
    """A database of this very edition with our tables and nothing else, or None. Raises BusyError."""
    database, ours = None, False
    try:
        address = f"{file.absolute().as_uri()}?mode={mode}"
        database = sqlite3.connect(address, uri=True, timeout=_WAIT, isolation_level=None)
        database.text_factory = bytes
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_RECORD)
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA cell_size_check = ON")
        if mode == "rwc" and not _tables(database):
            database.execute("BEGIN IMMEDIATE")
            if not _tables(database):
                for table in _TABLES:
                    database.execute(table)
                database.execute("INSERT INTO edition VALUES (?)", (edition(),))
            database.commit()
        ours = sorted(_tables(database)) == sorted(table.encode() for table in _TABLES)
        ours = ours and database.execute("SELECT name FROM edition LIMIT 2").fetchall() == [(edition(),)]
    except sqlite3.Error as error:
        ours = False
        if getattr(error, "sqlite_errorcode", 0) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise BusyError(str(error)) from error
    if database is not None and not ours:
        database.close()
    return database if ours else None


def _tables(database: sqlite3.Connection) -> list[bytes]:
    """How everything that a database holds was declared: a view or a trigger is no table of ours."""
    rows = database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL LIMIT 9")
    return [sql for (sql,) in rows]


def _is_committed(project: Path) -> bool:
    """Whether somebody has put a cache under version control: then it is content, which nobody has to trust.

    Where that cannot be told, it is taken to be so.
    """
    for folder in (project, *project.parents):
        place = folder / ".git"
        try:
            if place.is_file():  # a work tree or submodule says where its repository is
                place = folder / read_regular(place, _MAX_INDEX).decode().removeprefix("gitdir:").strip()
            if place.is_dir():
                index = read_regular(place / "index", _MAX_INDEX)
                if index[:8] in _PLAIN_INDEXES and not any(place.glob("sharedindex.*")):
                    return f"{FOLDER}/".encode() in index
                return lists(project, FOLDER)  # its names are shortened, or partly in another file
        except FileNotFoundError:
            return False  # nothing is committed yet
        except (OSError, ValueError):
            return True
    return False


def _packed(key: bytes, page: Made) -> bytes:
    (theme, (whole, parts), content, (names, read)) = page
    record = b"".join((theme, content, whole, read, bytes([len(parts)]), parts, names))
    return blake2b(key + record, digest_size=SIZE).digest() + record


def _unpacked(key: bytes, record: bytes) -> Made:
    check, theme, content, whole, read = (record[at : at + SIZE] for at in range(0, 5 * SIZE, SIZE))
    if blake2b(key + record[SIZE:], digest_size=SIZE).digest() != check:
        raise ValueError("the checksum differs")
    begin = 5 * SIZE + 1
    end = begin + int.from_bytes(record[begin - 1 : begin])
    return Made(theme, Shown(whole, record[begin:end]), content, Trace(record[end:], read))
