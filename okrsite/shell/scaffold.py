"""A new repository on the disk: files are only ever added, none is written over."""

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from okrsite.core.scaffold import CONTENT, EXAMPLE
from okrsite.core.settings import FILE_NAME
from okrsite.shell.adding import LinkedFolderError, add_file
from okrsite.shell.files import read_text_files, reason
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
            folder.mkdir(parents=True, exist_ok=True)
            add_file(folder, path, text)
            written.append(path)
        except FileExistsError:
            kept.append(Kept(path, "it exists"))
        except LinkedFolderError:
            kept.append(Kept(path, "its folder is a symbolic link"))
        except (OSError, ValueError) as error:
            raise ScaffoldError(f"{folder / path} cannot be written: {_reason(error)}", tuple(written)) from None
    return tuple(written), tuple(kept)


def _own_content(folder: Path) -> str:
    """Below which path a company has its own content already, or ''. Settings are written last, so they tell."""
    if (folder / FILE_NAME).exists():
        return CONTENT
    return EXAMPLE if any((folder / EXAMPLE).glob("*/*/okrs.md")) else ""


def _reason(error: Exception) -> str:
    known = error.errno if isinstance(error, OSError) else None
    if known == errno.ENOTDIR:
        return "a file is in the way of a folder"
    return reason(error) if isinstance(error, OSError) else str(error).lower()
