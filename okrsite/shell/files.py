"""Reading a project's files. Only ordinary files inside the project are read; everything else is said, not followed."""

import errno
import os
import stat
import time
from collections.abc import Collection, Iterator, MutableMapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

from okrsite.core import pictures
from okrsite.core.diagnostics import Diagnostic, problem
from okrsite.core.pictures import Picture
from okrsite.core.refs import normal
from okrsite.core.source import SourceFile, Span, with_newlines

MAX_BYTES: Final = 64 * 1024
# O_NONBLOCK: opening a pipe must not wait for its writer; O_NOFOLLOW: nor a link slip in meanwhile.
_NO_LINKS: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
_LOOKALIKES = (".markdown", ".mdown", ".mkd", ".txt", ".yaml", ".yml", ".md.txt")
_STEMS = ("okrs", "team", "retro", "index")


@dataclass(frozen=True, slots=True)
class Content:
    """The content files of a project in order of path, and what was wrong with reading some."""

    sources: tuple[SourceFile, ...]
    problems: tuple[Diagnostic, ...]


Held = MutableMapping[str, tuple[tuple[int, ...], SourceFile]]
"""Files that a process holds from one build to the next, by path, with what was seen of each unread."""
_RIPE: Final = 3_000_000_000
"""Nanoseconds after which a change to a file bears another time than the last one had, on every file system."""


def read_content(project: Path, folder: str, held: Held | None = None) -> Content:
    """Read every Markdown file below the content folder.

    What is held and looks as it did is taken as it was; afterwards it is these files, but for those just changed.
    """
    sources: list[SourceFile] = []
    problems: list[Diagnostic] = []
    kept, ripe = {}, time.time_ns() - _RIPE
    for place, entry in _walk(str(project / folder), "", folder, problems):
        path = f"{folder}/{place}"
        look = _look(entry) if held is not None else None
        before = held.get(path) if held and look else None
        source = before[1] if before and before[0] == look else SourceFile(path, place, _read(entry, path, problems))
        sources.append(source)
        if look and source.text is not None and max(look[:2]) < ripe:
            kept[path] = look, source
    if held is not None:
        held.clear()
        held.update(kept)
    ordered = sorted(sources, key=lambda source: source.path.split("/"))
    return Content(tuple(ordered), tuple(problems))


class PictureChangedError(OSError):
    """A picture is no longer what it was when the company was compiled."""


def read_picture(project: Path, path: str, *, expected: Picture | None = None) -> tuple[Picture, bytes]:
    """A picture of the content folder and its bytes; the former says if it may not be published.

    Raises PictureChangedError when it is not the one that is expected.
    """
    try:
        content = read_inside(project, path, pictures.MAX_BYTES + 1)
    except OSError as error:
        picture, content = Picture(path, trouble=_PICTURE_ERRORS.get(error.errno or 0, "it cannot be read")), b""
    else:
        picture = _picture(path, content)
    if expected is not None and picture != expected:
        raise PictureChangedError(f"{path} was changed meanwhile")
    return picture, content


def _picture(path: str, content: bytes) -> Picture:
    if len(content) > pictures.MAX_BYTES:
        return Picture(path, trouble="it is too large")
    found = pictures.identify(content)
    if found is None:
        return Picture(path, trouble="it is no picture of a kind that is published")
    return Picture(path, blake2b(content, digest_size=10).hexdigest(), *found)


_PICTURE_ERRORS: Final = {
    errno.ENOENT: "there is no such file",
    errno.ELOOP: "symbolic links are not followed",
    errno.ENOTDIR: "there is no such file",
}


def read_inside(project: Path, path: str, limit: int) -> bytes:
    """The first bytes of an ordinary file of the project.

    It is gone to folder by folder, so that no link on the way leads elsewhere. Raises OSError.
    """
    *folders, name = path.split("/")
    at = os.open(project, os.O_RDONLY)
    try:
        for folder in folders:
            below = os.open(folder, os.O_RDONLY | _NO_LINKS | getattr(os, "O_DIRECTORY", 0), dir_fd=at)
            os.close(at)
            at = below
        return _read_opened(os.open(name, os.O_RDONLY | _NO_LINKS, dir_fd=at), limit)
    finally:
        os.close(at)


def read_regular(path: Path, limit: int) -> bytes:
    """The bytes of an ordinary file that is not larger than a limit: no device or pipe without an end.

    Raises OSError.
    """
    content = _read_opened(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), limit + 1)
    if len(content) > limit:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return content


def reason(error: OSError) -> str:
    """Why the system refused, in its words."""
    return (error.strerror or str(error) or "error").lower()


def _read_opened(descriptor: int, limit: int) -> bytes:
    """The first bytes of an opened file, which is closed; raises OSError for what is no ordinary one."""
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not an ordinary file")
        return file.read(limit)


class NotTextError(Exception):
    """A file or name that must be text is not; the message names it."""


def read_text_files(folder: Path) -> dict[str, str]:
    """The texts of all ordinary files below a folder, by path in it; nothing when it does not exist.

    Raises NotTextError.
    """
    texts = {}
    for name, data in read_files(folder).items():
        try:
            texts[name] = data.decode("utf-8")
        except UnicodeDecodeError:
            raise NotTextError(f"{name} in {folder} is not UTF-8 text") from None
    return texts


def read_files(folder: Path) -> dict[str, bytes]:
    """The bytes of all ordinary files below a folder, by path in it; nothing when it does not exist.

    Raises NotTextError for a name that is none.
    """
    found = {}
    for place, names, files in os.walk(folder, onerror=_raise):
        names[:] = sorted(name for name in names if not name.startswith((".", "_")))
        for name in sorted(files):
            path = Path(place, name)
            if _undecodable(path.name):
                raise NotTextError(f"{ascii(path.name)[1:-1]} in {place} is not a name in UTF-8")
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def _raise(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def look_of(state: os.stat_result) -> tuple[int, ...]:
    """What is seen of a file unread: its two times first."""
    return state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino, state.st_mode


def _look(entry: "os.DirEntry[str]") -> tuple[int, ...] | None:
    try:
        return look_of(entry.stat(follow_symlinks=False))
    except OSError:
        return None


def _walk(folder: str, place: str, root: str, problems: list[Diagnostic]) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Every Markdown file below a folder with its place; names that begin with `.` or `_` are not read."""
    try:
        if os.path.islink(folder):
            raise OSError(errno.ELOOP, "symbolic links are not followed")
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        message = f"this folder cannot be read: {reason(error)}"
        problems.append(problem("unreadable-file", Span(f"{root}/{place}".rstrip("/")), message))
        return
    names = {normal(entry.name) for entry in entries}
    seen: set[str] = set()
    for entry in entries:
        name = normal(entry.name)
        if name.startswith((".", "_")):
            continue
        if name in seen:
            message = f"two names here are `{name}` in different Unicode forms; the first is read"
            problems.append(problem("id-collision", Span(f"{root}/{place}/{name}"), message, "rename one of them"))
            continue
        seen.add(name)
        path = f"{place}/{name}" if place else name
        if _undecodable(name):
            shown = ascii(name)[1:-1]
            problems.append(problem("bad-id", Span(f"{root}/{place}".rstrip("/")), f"`{shown}` is not a name in UTF-8"))
        elif entry.is_symlink():
            if name.endswith(".md") or entry.is_dir():
                message = "symbolic links are not followed"
                problems.append(problem("unreadable-file", Span(f"{root}/{path}"), message, "put the file itself here"))
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, path, root, problems)
        elif name.endswith(".md"):
            yield path, entry
        else:
            _check_lookalike(f"{root}/{path}", name, names, problems)


def _undecodable(name: str) -> bool:
    return not name.isascii() and any("\udc80" <= character <= "\udcff" for character in name)


def _check_lookalike(path: str, name: str, beside: Collection[str], problems: list[Diagnostic]) -> None:
    """A file that is named almost like content is not passed over in silence; nor may it replace the one it is like."""
    stem, dot, ending = name.partition(".")
    if dot and (f".{ending}".lower() in (*_LOOKALIKES, ".md")) and (stem.lower() in _STEMS or stem[:4].isdigit()):
        message = "content files end in `.md`; this one is not read"
        meant = f"{stem}.md"
        hint = f"move what stands in it into {meant}, and remove it" if meant in beside else f"rename it {meant}"
        problems.append(problem("stray-file", Span(path), message, hint))


def _read(entry: "os.DirEntry[str]", path: str, problems: list[Diagnostic]) -> str | None:
    def refuse(code: str, message: str, hint: str = "", line: int = 1) -> None:
        problems.append(problem(code, Span(path, line), message, hint))

    try:
        data = _read_opened(os.open(entry.path, os.O_RDONLY | _NO_LINKS), MAX_BYTES + 1)
    except OSError as error:
        refuse("unreadable-file", f"this file cannot be read: {reason(error)}")
        return None
    if len(data) > MAX_BYTES:
        refuse("file-too-large", f"larger than {MAX_BYTES // 1024} KiB; it is not read", "split it, or shorten it")
        return None
    try:
        return as_text(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        refuse("unreadable-file", "not UTF-8 text", "save the file as UTF-8", line)
        return None


def as_text(data: bytes) -> str:
    """A content file's text, whatever its line ends. Raises UnicodeDecodeError."""
    return with_newlines(data.decode("utf-8-sig"))
