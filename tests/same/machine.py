"""Builds of the demo company as a process of its own, in surroundings of one's choice."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.companies import ROOT, TODAY
from tests.conftest import environment
from tests.law.builds import Entry, entries

PACKAGES: Final = {
    "faketime": "faketime",
    "disorderfs": "disorderfs",
    "fusermount": "fuse3",
    "strace": "strace",
    "setpriv": "util-linux",
    "unshare": "util-linux",
}
"""The Debian package in which each tool is."""


NOBODY: Final = 65534


def tool(name: str) -> str:
    """The path of a tool; without it a test fails, and says what to install."""
    found = shutil.which(name)
    assert found, f"`{name}` is missing: install the Debian package {PACKAGES[name]}"
    return found


def as_another() -> list[str]:
    """What runs a command as another user, who may read all that there is, as Python may lie anywhere."""
    if os.geteuid():
        return [tool("unshare"), "--user", "--map-root-user"]
    may_read = [f"--{kind}-caps=+dac_read_search" for kind in ("inh", "ambient")]
    return [tool("setpriv"), f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *may_read]


def call(
    project: Path, target: Path, *flags: str, before: Sequence[str] = (), python: Sequence[str] = ()
) -> list[str | Path]:
    """The command line of a build, behind another command if need be."""
    command: list[str | Path] = [
        *before,
        sys.executable,
        *python,
        "-m",
        "okrsite",
        "build",
        "-q",
        "-C",
        project,
        "-o",
        target,
    ]
    return [*command, "--today", TODAY, *(flags or ("--no-cache",))]


def made(
    command: Sequence[str | Path], target: Path, *, variables: Mapping[str, str] | None = None, umask: int = -1
) -> dict[str, Entry]:
    """What a build leaves in its target; it must succeed in silence."""
    done = subprocess.run(
        command,
        env=environment({"PYTHONDONTWRITEBYTECODE": "1", **(variables or {})}),
        cwd=target.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        umask=umask,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return entries(target)


def copied(folder: Path) -> Path:
    """A copy of the demo company's project."""
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copyfile(ROOT / "okrsite.toml", folder / "okrsite.toml")
    return folder
