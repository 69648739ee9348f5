"""Writing the site: built beside the old one and exchanged whole, so that readers see the old one or the new one.

Only what a manifest calls ours is ever removed. A build that is killed leaves at most a hidden folder beside the
site, which the next build clears away; builds that meet at one place wait for each other.
"""

import ctypes
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from okrsite.render.page import Rendered
from okrsite.shell.project import UsageError

MANIFEST: Final = ".okrsite.json"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


class PublishError(Exception):
    """The site could not be written; the old one stands."""


def publish(files: Iterable[Rendered], target: Path) -> int:
    """Write a site and put it in place of the old one in a single step; returns the number of files.

    Raises UsageError for a folder that is not ours, PublishError when the disk refuses.
    """
    staging, aside = _beside(target, "new"), _beside(target, "old")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(target.parent):
            _recover(target, staging, aside)
            _check_ours(target)
            try:
                count = _write(files, staging, target)
                _exchange(staging, target, aside)
            finally:
                _remove(staging)
                _remove(aside)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise PublishError(f"{target} cannot be written: {reason}; the old site, if there was one, stands") from error
    return count


def _beside(target: Path, word: str) -> Path:
    return target.with_name(f".{target.name}.okrsite-{word}")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other build writes into a folder; the lock is the folder's own and leaves nothing behind."""
    try:
        import fcntl
    except ImportError:  # no such locks on this system
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _recover(target: Path, staging: Path, aside: Path) -> None:
    """Clear away what a killed build left, and put back a site that it had moved aside."""
    if aside.exists() and not target.exists():
        aside.rename(target)
    _remove(aside)
    _remove(staging)


def _remove(folder: Path) -> None:
    """Remove a folder of ours, trying again once: what stays is cleared away by the next build."""
    for _ in range(2):
        if folder.exists():
            shutil.rmtree(folder, ignore_errors=True)


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
    for place, folders, names in os.walk(target):
        for name in (*names, *(folder for folder in folders if Path(place, folder).is_symlink())):
            path = Path(place, name).relative_to(target).as_posix()
            if path not in listed and path != MANIFEST:
                raise UsageError(
                    f"{target} holds {path}, which okrsite did not write; nothing was touched. "
                    "Move it, or put it into a theme's static folder"
                )


def _write(files: Iterable[Rendered], folder: Path, old: Path) -> int:
    """Write all files and the manifest; what has not changed keeps its time, so that uploads stay small."""
    folder.mkdir()
    names, made = [], {folder}
    for file in files:
        path = folder / file.path
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        _write_file(path, file.data, old / file.path)
        names.append(file.path)
    listing = json.dumps({"made_by": "okrsite", "files": sorted(names)}, ensure_ascii=False, indent=0)
    _write_file(folder / MANIFEST, f"{listing}\n".encode(), old / MANIFEST)
    return len(names)


def _write_file(path: Path, data: bytes, old: Path) -> None:
    """Write a file, or take over the old one where its bytes are the same."""
    with suppress(OSError):
        if old.stat().st_size == len(data) and old.read_bytes() == data:
            os.link(old, path)
            return
    path.write_bytes(data)


def _exchange(staging: Path, target: Path, aside: Path) -> None:
    """Let the two folders change names in one step where the system can, else in two."""
    if not target.exists():
        staging.rename(target)
    elif not _exchange_at_once(staging, target):
        target.rename(aside)
        try:
            staging.rename(target)
        except OSError:
            aside.rename(target)
            raise


def _exchange_at_once(one: Path, two: Path) -> bool:
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(two), _RENAME_EXCHANGE)
    return done == 0
