"""A new repository on the disk: files are only ever added, none is written over."""

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from okrsite.core.scaffold import CONTENT, EXAMPLE
from okrsite.core.settings import FILE_NAME
from okrsite.shell.files import read_text_files
from okrsite.shell.project import UsageError


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was not written, and why."""

    path: str
    because: str


class ScaffoldError(Exception):
    """A file could not be written; the message names it, `written` those that were."""

    def __init__(self, message: str, written: tuple[str, ...]) -> None:
        super().__init__(message)
        self.written = written


def read_sources() -> dict[str, str]:
    """The texts that are shipped for a new repository, by path."""
    sources = read_text_files(Path(__file__).parent.parent / "scaffold")
    if not sources:
        raise UsageError("the files of a new repository are missing; install okrsite again")
    return sources


def check_place(folder: Path) -> None:
    """Refuse a folder that holds other things: it must be new, empty, a repository or a project of okrsite."""
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise UsageError(f"{folder} is a file; name a folder") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{folder} cannot be read: {_reason(error)}") from None
    if names and not {".git", FILE_NAME}.intersection(names):
        raise UsageError(f"{folder} holds other things; name a new folder, or run `git init` there first")


def write_scaffold(folder: Path, files: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[Kept, ...]]:
    """Write those files that do not exist yet; returns the paths written, and what was kept instead.

    Raises ScaffoldError.
    """
    written: list[str] = []
    kept: list[Kept] = []
    own = _own_content(folder)
    for path, text in files.items():
        if own and path.startswith(own) and not os.path.lexists(folder / path):
            kept.append(Kept(path, "not needed, there is content already"))
            continue
        try:
            reason = _write_new(folder, path, text)
        except (OSError, ValueError) as error:
            raise ScaffoldError(f"{folder / path} cannot be written: {_reason(error)}", tuple(written)) from None
        if reason:
            kept.append(Kept(path, reason))
        else:
            written.append(path)
    return tuple(written), tuple(kept)


def _own_content(folder: Path) -> str:
    """Below which path a company has its own content already, or ''. Settings are written last, so they tell."""
    if (folder / FILE_NAME).exists():
        return CONTENT
    return EXAMPLE if any((folder / EXAMPLE).glob("*/*/okrs.md")) else ""


def _write_new(folder: Path, path: str, text: str) -> str:
    """Write a file that does not exist; returns why it was not written, or ''. Raises OSError."""
    place = folder
    place.mkdir(parents=True, exist_ok=True)
    for part in path.split("/")[:-1]:
        place /= part
        if place.is_symlink():
            return "its folder is a symbolic link"
        place.mkdir(exist_ok=True)
    try:
        with (folder / path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return "it exists"
    return ""


def _reason(error: Exception) -> str:
    known = error.errno if isinstance(error, OSError) else None
    if known == errno.EEXIST:
        return "a file is in the way of a folder"
    return ((error.strerror if isinstance(error, OSError) else "") or str(error)).lower()
