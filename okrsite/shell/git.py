"""Asking git, which is the only other program that is ever started, and where its repository is."""

import subprocess
from pathlib import Path
from typing import Final

_WAIT: Final = 60.0
"""Seconds after which git is not waited for any more."""


def lists(folder: Path, name: str) -> bool:
    """Whether something of that name in a folder is under version control; also when git cannot be asked."""
    command = ["git", "-c", "core.fsmonitor=false", "ls-files", "--", name]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=_WAIT)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return True
    return bool(done.stdout)


def repository(folder: Path) -> Path | None:
    """The folder of the repository in which a folder lies, told without git: the nearest with a `.git`."""
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)


def folder_in_repository(folder: Path) -> str:
    """The way from a repository's root to a folder in it; '' for the root itself, and where there is no repository."""
    folder = folder.resolve()
    root = repository(folder) or folder
    return "" if root == folder else folder.relative_to(root).as_posix()
