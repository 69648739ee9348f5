"""Writing the site: built beside the old one and exchanged whole, so that readers see the old one or the new one.

Only what a manifest calls ours is ever removed. A build that is killed leaves at most a hidden folder beside the
site, which the next build clears away; builds that meet at one place wait for each other. Such a folder bears one of
two marks from its first file to its last, so that none of another's is ever taken for it. What has not changed
keeps its bytes and its time, so that uploads stay small; where nothing has, nothing is written at all.
"""

import errno
import json
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final

from okrsite.pages.urls import ASSETS
from okrsite.render.fingerprint import SIZE
from okrsite.render.page import Rendered
from okrsite.shell import libc
from okrsite.shell.files import read_regular, reason
from okrsite.shell.project import UsageError

MANIFEST: Final = ".okrsite.json"
_NEW_MANIFEST: Final = f"{MANIFEST}.new"
_MARKS: Final = (_NEW_MANIFEST, MANIFEST)
_MAX_MANIFEST: Final = 1 << 28
GRACE: Final = 1.0
"""Seconds for which assets of the old site stay, for readers who have just received a page that names them."""
_FILE_MODE, _FOLDER_MODE = 0o644, 0o755
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


class PublishError(Exception):
    """The site could not be written; the message says which site stands."""


def digest(data: bytes) -> bytes:
    """What a file's bytes are recognised by."""
    return blake2b(data, digest_size=SIZE).digest()


class Publication:
    """A site on its way to a folder: its changed files are written beside it, the others taken over from the old one.

    Files may be written from several processes.
    """

    def __init__(self, target: Path, old: frozenset[str]) -> None:
        self.target, self.staging = target, _beside(target, "new")
        self.published = False
        self._old = old

    def has(self, path: str, content: bytes | None = None) -> bool:
        """Whether the old site has a file as we write them, with that content's digest if one is given."""
        if path not in self._old:
            return False
        try:
            with open(f"{self.target}/{path}", "rb", buffering=0, opener=_opened) as file:
                state = os.fstat(file.fileno())
                usual = stat.S_ISREG(state.st_mode) and stat.S_IMODE(state.st_mode) == _FILE_MODE
                return usual and (content is None or digest(file.read()) == content)
        except OSError:
            return False

    def write(self, file: Rendered) -> bytes:
        """Write a file unless the old site has the same; returns its content's digest.

        Raises PublishError for a path out of the site: what was remembered of a company may be forged.
        """
        if not {"", ".", ".."}.isdisjoint(file.path.split("/")) or "\0" in file.path:
            raise PublishError(f"nothing was published: {file.path!a} is no place in a site; remove `.okrsite`")
        content = digest(file.data)
        if not self.has(file.path, content):
            path = self.staging / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
        return content

    def complete(self, paths: Iterable[str], elsewhere: Iterable[str] = ()) -> None:
        """Let a site of these files, each written or in the old site, take the old one's place in a single step.

        Files of the same site that are published elsewhere are listed too, so that shares which are put together
        are a site like any other.
        """
        names = sorted(paths)
        retired = sorted(path for path in self._old.difference(names) if path.startswith(ASSETS) and self.has(path))
        listed = sorted({*names, *elsewhere})
        manifest = _manifest(sorted({*listed, *retired}))
        same = self.has(MANIFEST, digest(manifest)) and self._old == {*names, MANIFEST}
        if same and os.listdir(self.staging) == [_NEW_MANIFEST]:
            return  # all is as it was
        for path in (*names, *retired):
            self._take_over(path)
        self._list(manifest)
        _flush(self.staging)
        _exchange(self.staging, self.target)
        self.published = True
        _flush_names(self.target.parent)
        _clear_beside(self.target)
        if retired:
            time.sleep(GRACE)
            for path in retired:
                (self.target / path).unlink(missing_ok=True)
            _remove_empty_folders(self.target / ASSETS)
            _replace(self.target, _manifest(listed))

    def _list(self, manifest: bytes) -> None:
        """Put the manifest beside the files, which ends the other mark's time; the same one stays the same file."""
        if self.has(MANIFEST, digest(manifest)):
            self._take_over(MANIFEST)
            (self.staging / _NEW_MANIFEST).unlink()
        else:
            _replace(self.staging, manifest)

    def _take_over(self, path: str) -> None:
        """Let a file of the old site be one of the new site too, unless that has one of its own."""
        new, old = self.staging / path, self.target / path
        if new.exists():
            return
        new.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(old, new, follow_symlinks=False)
        except OSError:  # this file system has no hard links, or no more of them
            shutil.copy2(old, new, follow_symlinks=False)
        if not stat.S_ISREG(new.lstat().st_mode):
            raise OSError(errno.EINVAL, f"{path} was changed by another hand")


@contextmanager
def publication(target: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[Publication]:
    """A publication to a folder; what it has not completed when the block is left never was.

    `waiting` is called when another build is at work there. Raises UsageError for a folder that is not ours,
    PublishError when the disk refuses.
    """
    if not target.name:
        raise UsageError(f"{target} is no place for a site; name a folder of its own with `-o DIR`")
    site = None
    umask = os.umask(0o777 & ~_FOLDER_MODE)  # the modes of a site's files do not depend on who builds it
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(target.parent, waiting):
            _recover(target)
            site = Publication(target, _check_ours(target))
            try:
                site.staging.mkdir()
                (site.staging / _NEW_MANIFEST).touch()
                yield site
            finally:
                _clear_beside(target)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"{target} holds the new site" if site and site.published else "") from None
    except OSError as error:
        if site and site.published:
            raise PublishError(f"{target} holds the new site, but {reason(error)}; build again") from error
        message = f"{target} cannot be written: {reason(error)}; the old site, if there was one, stands"
        raise PublishError(message) from error
    finally:
        os.umask(umask)


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _beside(target: Path, word: str) -> Path:
    return target.with_name(f".{target.name}.okrsite-{word}")


def _manifest(names: list[str]) -> bytes:
    listing = json.dumps({"made_by": "okrsite", "files": names}, ensure_ascii=False, indent=0)
    return f"{listing}\n".encode()


def _replace(folder: Path, manifest: bytes) -> None:
    """Give a folder its manifest, or another one, in one step."""
    new = folder / _NEW_MANIFEST
    new.write_bytes(manifest)
    new.replace(folder / MANIFEST)


# --- one build at a time --------------------------------------------------------------------------------------------


@contextmanager
def _alone(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Wait until no other build writes into a folder; the lock is the folder's own and leaves nothing behind.

    Forked processes share it, so that it is held until the last one that may still write has ended.
    """
    try:
        import fcntl
    except ImportError:  # no such locks on this system
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


# --- what is ours ---------------------------------------------------------------------------------------------------


def _check_ours(target: Path) -> frozenset[str]:
    """The files of the site in a folder; refuses a folder that holds anything okrsite did not put there."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise UsageError(f"{target} is not a folder")
    if not target.exists() or not any(target.iterdir()):
        return frozenset()
    listed = _listed(target)
    if listed is None:
        raise UsageError(
            f"{target} is not empty and was not made by okrsite; nothing was touched. "
            "Choose another folder with `-o DIR`, or empty it yourself"
        )
    there = frozenset(_files(target))
    for path in sorted(there):
        if path not in listed:
            raise UsageError(
                f"{target} holds {path}, which okrsite did not write; nothing was touched. "
                "Move it, or put it into a theme's static folder"
            )
    return there  # not what the list says: it may have been written by another hand


def _listed(folder: Path) -> frozenset[str] | None:
    """What a folder's manifest calls ours, itself included; None without one."""
    try:
        names = json.loads(read_regular(folder / MANIFEST, _MAX_MANIFEST))["files"]
        return frozenset((*map(str, names), MANIFEST))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _files(folder: Path) -> Iterator[str]:
    """Everything below a folder that is no folder, by path in it."""
    for place, folders, names in os.walk(folder):
        within = os.path.relpath(place, folder).replace(os.sep, "/")
        for name in (*names, *(folder for folder in folders if Path(place, folder).is_symlink())):
            yield name if within == "." else f"{within}/{name}"


def _recover(target: Path) -> None:
    """Clear away what a killed build left, and put back a site that it had moved aside."""
    new, aside = _beside(target, "new"), _beside(target, "old")
    for folder in (new, aside):
        if os.path.lexists(folder) and not _is_marked(folder):
            raise UsageError(f"{folder} is in the way, and was not made by okrsite; nothing was touched. Move it")
    if aside.exists() and not target.exists():
        aside.rename(target)
    if (target / MANIFEST).is_file():
        (target / _NEW_MANIFEST).unlink(missing_ok=True)
    _clear_beside(target)


def _is_marked(folder: Path) -> bool:
    """Whether a folder beside the site is ours: it bears a mark, or nothing at all yet."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    found = os.listdir(folder)
    return not found or any(mark in found for mark in _MARKS)


def _clear_beside(target: Path) -> None:
    """Remove the hidden folders beside a site, which are ours."""
    for word in ("new", "old"):
        _clear(_beside(target, word), target)


def _clear(folder: Path, target: Path) -> None:
    """Remove a hidden folder of ours, once more if need be: what stays is cleared away by the next build.

    If it is an old site into which somebody has put a file while it was being replaced, the file goes to the new one.
    """
    if not folder.exists():
        return
    listed = _listed(folder)
    ours = None if listed is None else listed.union(_MARKS)
    for path in [] if ours is None else [path for path in _files(folder) if path not in ours]:
        found = _free_place(target, path)
        found.parent.mkdir(parents=True, exist_ok=True)
        (folder / path).rename(found)
    for _ in range(2):
        with suppress(OSError):
            _remove(folder)


def _free_place(target: Path, path: str) -> Path:
    """Where a file may go without taking another one's place: the same, or a name like it at the top."""
    place, number = target / path, 0
    while os.path.lexists(place) or any(p.exists() and not p.is_dir() for p in place.parents):
        number += 1
        place = target / f"{path.replace('/', '_')}~{number}"
    return place


def _remove(folder: Path) -> None:
    """Remove a folder, its marks last: should this be cut short, it can still be told that the rest is ours."""
    names = sorted(os.listdir(folder), key=lambda name: name in _MARKS)
    for name in names:
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    folder.rmdir()


def _remove_empty_folders(folder: Path) -> None:
    for place, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):
            Path(place).rmdir()


# --- the disk -------------------------------------------------------------------------------------------------------


def _flush(folder: Path) -> None:
    """See to it that all that was written below a folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if libc.call("syncfs", descriptor) is None:
            os.sync()
        _flush_folder(descriptor)
    finally:
        os.close(descriptor)


def _flush_names(folder: Path) -> None:
    """See to it that the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _flush_folder(descriptor)
    finally:
        os.close(descriptor)


def _flush_folder(descriptor: int) -> None:
    try:
        os.fsync(descriptor)
    except OSError as error:  # some shared and mounted file systems flush files only
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise


def _exchange(staging: Path, target: Path) -> None:
    """Let the two folders change names in one step where the system can, else in two."""
    if not target.exists():
        staging.rename(target)
        return
    with suppress(OSError):  # not every file system can
        one, other = os.fsencode(staging), os.fsencode(target)
        if libc.call("renameat2", _AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE) == 0:
            return
    aside = _beside(target, "old")
    target.rename(aside)
    try:
        staging.rename(target)
    except BaseException:
        aside.rename(target)
        raise
