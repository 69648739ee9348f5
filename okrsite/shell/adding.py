"""Files that people are helped to write: added or exchanged as a whole, below a folder that no link leaves."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from okrsite.shell.files import MAX_BYTES, read_inside

_FOLDER: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_DIRECTORY", 0)
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


class LinkedFolderError(OSError):
    """A folder on the way to a file is a symbolic link."""


class ChangedMeanwhileError(Exception):
    """Somebody has changed a file since it was read."""


def add_file(root: Path, path: str, text: str) -> None:
    """Write a file that is not there yet below a folder; folders on the way are made, links are not followed.

    Raises FileExistsError when there is one already, LinkedFolderError, and OSError.
    """
    folder, name = _open_folder(root, path)
    try:
        _fill(os.open(name, _NEW, 0o666, dir_fd=folder), name, folder, text)
    finally:
        os.close(folder)


def exchange_file(root: Path, path: str, text: str, before: str) -> None:
    """Put a changed text in the place of the one that was read.

    Raises ChangedMeanwhileError when the file says something else by now, LinkedFolderError, and OSError.
    """
    folder, name = _open_folder(root, path)
    try:
        mode = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode & 0o777
        beside = f".{name}.{os.getpid()}"
        _fill(os.open(beside, _NEW, mode, dir_fd=folder), beside, folder, text)
        if read_whole(root, path) != before:
            os.unlink(beside, dir_fd=folder)
            raise ChangedMeanwhileError(path)
        os.replace(beside, name, src_dir_fd=folder, dst_dir_fd=folder)
    finally:
        os.close(folder)


def read_whole(root: Path, path: str) -> str:
    """The text of a file with its byte order mark and its line ends. Raises OSError and UnicodeDecodeError."""
    return read_inside(root, path, MAX_BYTES + 1).decode("utf-8")


def _fill(descriptor: int, name: str, folder: int, text: str) -> None:
    """Write a whole text into a new file, which is removed when that fails."""
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            os.unlink(name, dir_fd=folder)
        raise


def _open_folder(root: Path, path: str) -> tuple[int, str]:
    """The folder in which a file lies, made where it is missing, and the file's name."""
    *folders, name = path.split("/")
    at = os.open(root, os.O_RDONLY)
    try:
        for folder in folders:
            with suppress(FileExistsError):
                os.mkdir(folder, dir_fd=at)
            below = _open_below(folder, at)
            os.close(at)
            at = below
    except BaseException:
        os.close(at)
        raise
    return at, name


def _open_below(name: str, folder: int) -> int:
    try:
        return os.open(name, _FOLDER, dir_fd=folder)
    except OSError as error:
        if stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
            raise LinkedFolderError(errno.ELOOP, "its folder is a symbolic link", name) from error
        raise
