"""One system call of a build made to fail, or the build killed at it; and what must hold of it and of the next one.

strace does the injecting. It counts calls for each process apart, so that with workers each meets its own Nth call.
"""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tests.companies import ROOT, TODAY, write_files
from tests.faults.company import company

CALLS: Final = (
    *("write", "pwrite64", "writev", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "unlink", "unlinkat"),
    *("rmdir", "fsync", "fdatasync", "syncfs", "ftruncate", "link", "linkat", "copy_file_range", "sendfile"),
    *("fchmod", "fchmodat", "chmod", "utimensat", "flock", "fork", "vfork", "clone"),
)
"""What a build may do to the world; opening files comes apart, for most of that is reading."""
OPENING: Final = "openat"
ERRORS: Final = ("ENOSPC", "EIO", "EDQUOT", "EACCES")
SIGNALS: Final = ("KILL", "TERM", "INT")
FAULTS: Final = (*(f"error={name}" for name in ERRORS), *(f"signal={name}" for name in SIGNALS))
OLD_STANDS: Final = "the old site, if there was one, stands"
NEW_STANDS: Final = "holds the new site"

Tree = dict[str, tuple[int, bytes]]


class Fault(NamedTuple):
    """A call, which one of its kind, and what becomes of it."""

    call: str
    nth: int
    kind: str

    def __str__(self) -> str:
        return f"{self.call}#{self.nth} {self.kind}"


class Stage:
    """A project with an old site on disk, which each trial finds as it was, and the new site that is to come."""

    def __init__(self, folder: Path, teams: int, jobs: int = 1) -> None:
        self.folder, self.jobs = folder, jobs
        self.scene, self.prepared = folder / "scene", folder / "prepared"
        older = write_files(folder / "older", company(teams, newer=False))
        write_files(self.prepared, company(teams, newer=True))
        for target in (self.prepared / "site", folder / "clean"):
            project = older if target.parent == self.prepared else self.prepared
            done = self.build(project, target, "--no-cache")
            assert done.returncode == 0, done.stderr
        self.old, self.new = tree(self.prepared / "site"), tree(folder / "clean")
        assert self.old != self.new

    def build(
        self, project: Path, target: Path, *more: str, under: tuple[str, ...] = ()
    ) -> "subprocess.CompletedProcess[str]":
        """One build in a process of its own, perhaps under a program that watches it."""
        command = ["build", "-q", "-C", project, "-o", target, "--today", TODAY, "--jobs", str(self.jobs), *more]
        return subprocess.run(
            [*under, sys.executable, "-m", "okrsite", *map(str, command)],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            errors="backslashreplace",
            timeout=300,
        )

    def reset(self) -> None:
        """Put everything back as it was before the first trial."""
        shutil.rmtree(self.scene, ignore_errors=True)
        shutil.copytree(self.prepared, self.scene)

    def points(self) -> dict[str, int]:
        """How often an undisturbed build makes each call, in the process that makes it most."""
        self.reset()
        log = self.folder / "calls.txt"
        trace = ",".join(f"?{call}" for call in (*CALLS, OPENING))
        done = self.build(self.scene, self.scene / "site", under=("strace", "-f", "-qq", "-o", str(log), "-e", trace))
        assert done.returncode == 0, done.stderr
        assert tree(self.scene / "site") == self.new
        seen = Counter(re.findall(r"^(\d+) +(\w+)\(", log.read_text(errors="replace"), re.MULTILINE))
        most: dict[str, int] = {}
        for (_, call), count in seen.items():
            most[call] = max(count, most.get(call, 0))
        return most

    def trial(self, fault: Fault) -> Iterator[str]:
        """Everything that does not hold of a build with a fault, and of the undisturbed one after it."""
        self.reset()
        site, beside = self.scene / "site", names(self.scene)
        under = ("strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={fault.call}")
        done = self.build(self.scene, site, under=(*under, "-e", f"inject={fault.call}:{fault.kind}:when={fault.nth}"))
        now = tree(site)
        yield from _untrue(done.returncode, done.stderr, is_old=now == self.old, is_new=now == self.new)
        again = self.build(self.scene, site)
        if again.returncode or tree(site) != self.new:
            yield f"the next build did not recover: exit {again.returncode}, {again.stderr[-200:]}"
        if strays := names(self.scene) - beside - {".okrsite"}:
            yield f"the next build left {sorted(strays)} beside the site"


def _untrue(code: int, said: str, *, is_old: bool, is_new: bool) -> Iterator[str]:
    """What a disturbed build said or did that is not so."""
    if not is_old and not is_new:
        yield "the site is neither the old one nor the new one"
    if code == 0 and not is_new:
        yield "success was said, and the new site is not there"
    if "Traceback" in said or "Error" in said:
        yield f"a traceback: {said.strip()[-200:]}"
    if code > 0 and not re.search(r"^okrsite: .", said, re.MULTILINE) and code < 128:
        yield f"exit {code} without a word"
    if (OLD_STANDS in said and not is_old) or (NEW_STANDS in said and not is_new):
        yield f"what is said is not so: {said.strip()[-200:]}"
    if code not in (0, 1, 2, 130, -9, 137):
        yield f"an exit code that means nothing: {code}"


def tree(folder: Path) -> Tree:
    """Every file of a site with its mode and bytes; nothing where there is no site."""
    paths = (path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    return {path.relative_to(folder).as_posix(): (path.lstat().st_mode, path.read_bytes()) for path in paths}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def every_fault(points: dict[str, int]) -> Iterator[Fault]:
    """Each call at each of its points with each fault; opening a file is only worth failing where it may be written."""
    for call, count in sorted(points.items()):
        if call != OPENING:
            yield from (Fault(call, nth, kind) for nth in range(1, count + 1) for kind in FAULTS)
