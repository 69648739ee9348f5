"""Writing the site: built beside the old one and exchanged whole. Only what a manifest calls ours is ever removed."""

import ctypes
import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from okrsite.render.page import Rendered
from okrsite.shell.project import UsageError

MANIFEST: Final = ".okrsite.json"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


class PublishError(Exception):
    """The site could not be written; the old one stands."""


def publish(files: Iterable[Rendered], target: Path) -> int:
    """Write a site and put it in place of the old one in a single step; returns the number of files."""
    _check_ours(target)
    staging = target.with_name(f".{target.name}.new-{os.getpid()}")
    try:
        count = _write(files, staging)
        _exchange(staging, target)
    except OSError as error:
        raise PublishError(f"{target} cannot be written: {(error.strerror or 'error').lower()}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return count


def _check_ours(target: Path) -> None:
    """Refuse a folder that holds anything okrsite did not put there."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise UsageError(f"{target} is not a folder")
    if not target.exists() or not any(target.iterdir()):
        return
    try:
        listed = set(json.loads((target / MANIFEST).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(
            f"{target} is not empty and was not made by okrsite; nothing was touched. "
            "Choose another folder with `-o DIR`, or empty it yourself"
        ) from None
    for place, _, names in os.walk(target):
        for name in names:
            path = Path(place, name).relative_to(target).as_posix()
            if path not in listed and path != MANIFEST:
                raise UsageError(
                    f"{target} holds {path}, which okrsite did not write; nothing was touched. "
                    "Move it, or put it into a theme's static folder"
                )


def _write(files: Iterable[Rendered], folder: Path) -> int:
    folder.mkdir(parents=True)
    names, made = [], {folder}
    for file in files:
        path = folder / file.path
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(file.data)
        names.append(file.path)
    listing = json.dumps({"made_by": "okrsite", "files": sorted(names)}, ensure_ascii=False, indent=0)
    (folder / MANIFEST).write_text(listing + "\n", encoding="utf-8")
    return len(names)


def _exchange(staging: Path, target: Path) -> None:
    """Let the two folders change names in one step where the system can, else in two."""
    if not target.exists():
        staging.rename(target)
        return
    if _exchange_at_once(staging, target):
        return
    aside = target.with_name(f".{target.name}.old-{os.getpid()}")
    target.rename(aside)
    try:
        staging.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _exchange_at_once(one: Path, two: Path) -> bool:
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(two), _RENAME_EXCHANGE)
    return done == 0
