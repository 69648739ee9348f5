"""Measuring whole processes, and what runs that were taken in turn say of each other."""

import math
import os
import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Final

_SAMPLES: Final = 0.1
"""Seconds between two looks at the memory of a process and all below it."""


class FailedRunError(Exception):
    """A process that was measured has failed."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process with all that it waited for: seconds that passed, and seconds of processors."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Compared:
    """Runs beside others that were made in turn with them: the middle of the ratios of each pair, and their ends."""

    middle: float
    lowest: float
    highest: float


def compare(ours: Sequence[float], theirs: Sequence[float]) -> Compared:
    """Ratios pair by pair, so that what slows the machine down for a while slows both."""
    ratios = sorted(one / other for one, other in zip(ours, theirs, strict=True))
    return Compared(statistics.median(ratios), ratios[0], ratios[-1])


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def run(command: Sequence[str], environment: Mapping[str, str], said: Path) -> Run:
    """Run a command to its end; what it says goes to a file. Raises FailedRunError."""
    began = time.perf_counter()
    pid = _started(command, environment, said)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - began
    _refuse_failure(command, status, said)
    return Run(wall, usage.ru_utime + usage.ru_stime)


def peak_memory(command: Sequence[str], environment: Mapping[str, str], said: Path) -> float:
    """The most MiB that a command and all processes below it held at a time; memory that they share counts once.

    Looking takes time of its own, so the run is good for nothing else.
    """
    pid = _started(command, environment, said)
    ended, peaks = Event(), [0.0]

    def look() -> None:
        while not ended.wait(_SAMPLES):
            peaks.append(sum(map(_held, _family(pid))))

    looking = Thread(target=look, daemon=True)
    looking.start()
    _, status, usage = os.wait4(pid, 0)
    ended.set()
    looking.join()
    _refuse_failure(command, status, said)
    return max(*peaks, usage.ru_maxrss / 1024)


def _started(command: Sequence[str], environment: Mapping[str, str], said: Path) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [(os.POSIX_SPAWN_OPEN, 1, str(said), flags, 0o600), (os.POSIX_SPAWN_DUP2, 1, 2)]
    return os.posix_spawnp(command[0], list(command), dict(environment), file_actions=actions)


def _refuse_failure(command: Sequence[str], status: int, said: Path) -> None:
    code = os.waitstatus_to_exitcode(status)
    if code:
        words = said.read_text(encoding="utf-8", errors="replace")[-2_000:]
        raise FailedRunError(f"{' '.join(command)} ended with {code}:\n{words}")


def _family(pid: int) -> Iterator[int]:
    """A process and all below it, as far as they are still there."""
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = path.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _held(pid: int) -> float:
    """The MiB of a process, of memory that is shared its part."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:")), 0.0)


def say(text: str) -> None:
    """Tell whoever waits."""
    print(text, file=sys.stderr, flush=True)
