"""One system call of a build made to fail, or the build killed at it; and what must hold of it and of the next one.

strace does the injecting. It counts calls for each process apart, so that with workers each meets its own Nth call.
"""

import os
import re
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from tests.companies import ROOT, TODAY, write_files
from tests.faults.company import company
from tests.faults.running import Ended, run_alone

CALLS: Final = (
    *("write", "pwrite64", "writev", "pwritev", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "unlink"),
    *("unlinkat", "rmdir", "fsync", "fdatasync", "syncfs", "sync", "sync_file_range", "ftruncate", "fallocate"),
    *("link", "linkat", "symlink", "symlinkat", "copy_file_range", "sendfile", "fchmod", "fchmodat", "chmod"),
    *("fchown", "utimensat", "flock", "fork", "vfork", "clone", "clone3"),
)
"""What a build may do to the world."""
SOMETIMES: Final = {"openat": "O_WRONLY|O_RDWR|O_CREAT", "fcntl": "F_SETLK|F_OFD_SETLK"}
"""Calls that do something to the world only with such a flag."""
ERRORS: Final = ("ENOSPC", "EIO", "EDQUOT", "EACCES")
SIGNALS: Final = ("KILL", "TERM", "INT")
FAULTS: Final = (*(f"error={name}" for name in ERRORS), *(f"signal={name}" for name in SIGNALS))
OLD_STANDS: Final = "the old site, if there was one, stands"
NEW_STANDS: Final = "holds the new site"
CACHE: Final = ".okrsite"
_SLOWER: Final = 12
"""Times as long as an undisturbed build may take under strace before it counts as hanging; and seconds on top."""

Tree = dict[str, tuple[int, bytes]]
Points = Mapping[str, tuple[int, ...]]


class Fault(NamedTuple):
    """A call, which one of its kind, and what becomes of it."""

    call: str
    nth: int
    kind: str

    def __str__(self) -> str:
        return f"{self.call}#{self.nth} {self.kind}"


class Trial(NamedTuple):
    """What became of a disturbed build: the promises it broke, and whether the fault met it at all."""

    broken: tuple[str, ...]
    met: bool


class Stage:
    """A project with an old site on disk, which each trial finds as it was, and the new site that is to come."""

    def __init__(self, folder: Path, teams: int, jobs: int = 1) -> None:
        self.folder, self.jobs = folder, jobs
        self.scene, self.prepared, self.home = folder / "scene", folder / "prepared", folder / "home"
        self.home.mkdir()
        self.limit = 300.0
        older = write_files(folder / "older", company(teams, newer=False))
        write_files(self.prepared, company(teams, newer=True))
        begun = time.monotonic()
        for target in (self.prepared / "site", folder / "clean"):
            project = older if target.parent == self.prepared else self.prepared
            done = self.build(project, target, "--no-cache")
            assert done.returncode == 0, done.stderr
        self.limit = _SLOWER * (time.monotonic() - begun + 1)
        self.old, self.new = tree(self.prepared / "site"), tree(folder / "clean")
        self.around = self._around(self.prepared)
        assert self.old != self.new

    def build(self, project: Path, target: Path, *more: str, under: tuple[str, ...] = ()) -> Ended:
        """One build in a session of its own, perhaps under a program that watches it."""
        command = ["build", "-q", "-C", project, "-o", target, "--today", TODAY, "--jobs", str(self.jobs), *more]
        # The same order of sets in every build, so that the Nth call is the same call each time.
        variables = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
        places = {"HOME": str(self.home), "TMPDIR": str(self.home)}
        return run_alone(
            [*under, sys.executable, "-m", "okrsite", *map(str, command)],
            {**os.environ, **variables, **places},
            self.limit,
        )

    def reset(self) -> None:
        """Put everything back as it was before the first trial."""
        shutil.rmtree(self.scene, ignore_errors=True)
        shutil.copytree(self.prepared, self.scene, symlinks=True)

    def points(self) -> Points:
        """Which of its calls of each kind an undisturbed build does to the world, over all its processes."""
        self.reset()
        log = self.folder / "calls.txt"
        trace = "trace=" + ",".join(f"?{call}" for call in (*CALLS, *SOMETIMES))
        done = self.build(self.scene, self.scene / "site", under=strace(log, trace))
        assert done.returncode == 0, done.stderr
        assert tree(self.scene / "site") == self.new
        return counted(log.read_text(errors="replace"))

    def trial(self, fault: Fault) -> Trial:
        """What does not hold of a build with a fault, and of the undisturbed one after it."""
        self.reset()
        log = self.folder / "trial.txt"
        inject = f"inject={fault.call}:{fault.kind}:when={fault.nth}"
        site = self.scene / "site"
        done = self.build(self.scene, site, under=strace(log, f"trace={fault.call}", "-e", inject))
        said = log.read_text(errors="replace")
        failed = [line for line in said.split("\n") if "(INJECTED)" in line]
        met = bool(failed) if fault.kind.startswith("error") else f"SIG{fault.kind.partition('=')[2]}" in said
        # Standing before the next build, which clears up.
        broken = [*self._disturbed(done, failed), *self._strays(killed=fault.kind == "signal=KILL")]
        return Trial((*broken, *self._next()), met)

    def _disturbed(self, done: Ended, failed: list[str]) -> Iterator[str]:
        now = tree(self.scene / "site")
        is_old, is_new = now == self.old, now == self.new
        mute = any(re.search(r" writev?\([12]<", line) for line in failed)
        yield from untrue(done, is_old=is_old, is_new=is_new, mute=mute)
        cache_alone = bool(failed) and all(re.search(rf"/{re.escape(CACHE)}[/\">]", line) for line in failed)
        if cache_alone and (done.returncode or not is_new):
            yield f"a fault of the cache alone failed the build: exit {done.returncode}, {done.stderr[-200:]}"

    def _strays(self, *, killed: bool) -> Iterator[str]:
        around = self._around(self.scene)
        changed = sorted(path for path in {*around, *self.around} if around.get(path) != self.around.get(path))
        hidden = [path for path in changed if path.startswith(".site.")]
        if others := [path for path in changed if path not in hidden]:
            yield f"something was written outside the site and the cache: {others[:3]}"
        if hidden and not killed:
            yield f"a build that was not killed left {hidden[:3]} beside the site"
        if len(left := tree(self.home)) > 1:
            yield f"something was left elsewhere: {sorted(left)[:3]}"

    def _next(self) -> Iterator[str]:
        again = self.build(self.scene, self.scene / "site")
        if again.returncode or again.left or tree(self.scene / "site") != self.new:
            yield f"the next build did not recover: exit {again.returncode}, {again.left}, {again.stderr[-200:]}"
        around = self._around(self.scene)
        if strays := sorted(path for path in {*around, *self.around} if around.get(path) != self.around.get(path)):
            yield f"the next build left {strays[:3]} outside the site and the cache"

    def _around(self, folder: Path) -> Tree:
        """Everything in a project's folder but its site and its cache."""
        every = tree(folder)
        return {path: one for path, one in every.items() if path.partition("/")[0] not in ("site", CACHE)}


def untrue(done: Ended, *, is_old: bool, is_new: bool, mute: bool = False) -> Iterator[str]:
    """What a disturbed build said or did that is not so; one that was kept from speaking need not say anything."""
    code, said = done.returncode, done.stderr
    if done.left:
        yield f"it had not ended, or left processes behind: {done.left}"
    if not is_old and not is_new:
        yield "the site is neither the old one nor the new one"
    if code == 0 and not is_new:
        yield "success was said, and the new site is not there"
    if "Traceback" in said or re.search(r"^(?:Exception|Fatal|\w+Error)\b", said, re.MULTILINE):
        yield f"a traceback: {said.strip()[-300:]}"
    if code > 0 and not done.left and not mute and not re.search(r"^okrsite: .", said, re.MULTILINE):
        yield f"exit {code} without a word of its own: {said.strip()[-200:]!r}"
    if (OLD_STANDS in said and not is_old) or (NEW_STANDS in said and not is_new):
        yield f"what is said is not so: {said.strip()[-200:]}"
    if not done.left and code not in (0, 1, 2, 130, -9):
        yield f"an exit code that means nothing: {code}"


def strace(log: Path, *expressions: str) -> tuple[str, ...]:
    """The program that watches a build and its workers."""
    assert shutil.which("strace"), "disturbing builds needs strace: apt-get install strace"
    # Without --seccomp-bpf, which is quicker, but with which strace delivers none of the signals it is to inject.
    return ("strace", "-f", "-qq", "-y", "-s", "256", "-o", str(log), "-e", *expressions)


def counted(log: str) -> dict[str, tuple[int, ...]]:
    """By call the numbers, each process counting for itself, of those in a log that do something to the world."""
    seen: dict[tuple[str, str], int] = {}
    found: dict[str, set[int]] = {}
    harmless: dict[str, set[int]] = {}
    for line in log.split("\n"):
        if not (begun := re.match(r"(\d+) +(\w+)\((.*)", line)):
            continue
        process, call, rest = begun.groups()
        seen[process, call] = seen.get((process, call), 0) + 1
        does = call not in SOMETIMES or re.search(SOMETIMES[call], rest)
        (found if does else harmless).setdefault(call, set()).add(seen[process, call])
    # A fault meets every process at that number: what is a write in one may be the loading of a library in another.
    kept = {call: numbers - harmless.get(call, set()) for call, numbers in found.items()}
    return {call: tuple(sorted(numbers)) for call, numbers in sorted(kept.items()) if numbers}


def tree(folder: Path) -> Tree:
    """A folder and everything below it with modes and, of files, bytes; nothing where there is no folder."""
    found: Tree = {}
    for path in (folder, *folder.rglob("*")) if folder.exists() else ():
        state = path.lstat()
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        found[path.relative_to(folder).as_posix()] = (state.st_mode, content)
    return found


def names(folder: Path) -> set[str]:
    """The names in a folder."""
    return {path.name for path in folder.iterdir()}


def every_fault(points: Points) -> Iterator[Fault]:
    """Each call at each of its points with each fault."""
    for call, numbers in points.items():
        yield from (Fault(call, nth, kind) for nth in numbers for kind in FAULTS)
