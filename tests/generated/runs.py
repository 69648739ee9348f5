"""Many inputs in processes of their own, so that one that dies or hangs is a finding like any other."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Final

from tests.companies import ROOT
from tests.conftest import environment
from tests.generated.checks import Fault, apart, company_inputs, project_files, write
from tests.generated.inputs import SIZE

COMMAND: Final = (sys.executable, "-m", "tests.generated.batch")
MEMORY_DISK: Final = Path("/dev/shm")
"""Where there is one, projects are written to memory: they are many."""
Line = dict[str, object]
"""A line that a process says."""
MEMORY: Final = 256 * 1024 * 1024
"""Bytes that no process may exceed."""


@dataclass
class Outcome:
    """What came of a run so far; all processes add to it."""

    inputs: int = 0
    slowest: float = 0.0
    step: str = ""
    peak: int = 0
    faults: list[Fault] = field(default_factory=list)

    def __str__(self) -> str:
        """The figures in words."""
        slowest = f"slowest {self.slowest * 1000:.0f} ms ({self.step})"
        return f"{self.inputs:,} inputs, {slowest}, peak {self.peak / 2**20:.0f} MiB, {len(self.faults)} failures"


def run_inputs(first: int, count: int, jobs: int, told: Callable[[Outcome], None] = lambda _: None) -> Outcome:
    """Take inputs from a number on, in some processes at once; `told` hears how far it is."""
    first, companies = first // SIZE * SIZE, -(-count // SIZE)
    outcome, lock = Outcome(), Lock()

    def hear(line: Line) -> None:
        with lock:
            _add(outcome, line)
            told(outcome)

    shares = [companies // jobs + (job < companies % jobs) for job in range(jobs)]
    starts = [first + SIZE * sum(shares[:job]) for job in range(jobs)]
    with ThreadPoolExecutor(jobs) as pool:
        for ended in [
            pool.submit(_run, start, share * SIZE, hear) for start, share in zip(starts, shares, strict=True)
        ]:
            ended.result()
    if outcome.peak > MEMORY:
        outcome.faults.append(Fault(first, "memory", f"{outcome.peak / 2**20:.0f} MiB"))
    return outcome


def keep(fault: Fault, folder: Path) -> Path:
    """Write the company of a fault's input as a project, with the input named in a file beside it."""
    companies = apart(company_inputs(fault.seed // SIZE * SIZE))
    inputs = next(company for company in companies if any(one.seed == fault.seed for one in company))
    kept = folder / str(fault.seed)
    write(kept, project_files(inputs))
    places = "".join(f"{one.seed} {one.strategy}: {one.place}\n" for one in inputs)
    (kept / "fault.txt").write_text(f"{fault.name}\n{fault.text}\n\n{places}", encoding="utf-8", errors="replace")
    return kept


def _run(first: int, count: int, hear: Callable[[Line], None]) -> None:
    """Take inputs in one process, and after it has died in another one, from the next company on."""
    end = first + count
    while first < end:
        died, seed, done = _process(first, end - first, hear)
        if not died:
            return
        following = seed // SIZE * SIZE + SIZE
        hear({"seed": seed, "name": died.partition("\n")[0], "text": died})
        hear({"done": following - first - done, "slowest": 0.0, "step": "", "peak": 0})
        first = following


def _process(first: int, count: int, hear: Callable[[Line], None]) -> tuple[str, int, int]:
    """One process to its end: how it died, or nothing; the number it was at; how many inputs it has told of."""
    done = 0
    with TemporaryDirectory(dir=MEMORY_DISK if MEMORY_DISK.is_dir() else None) as folder:
        place, said = Path(folder, "at"), Path(folder, "said")
        place.write_text(str(first), encoding="utf-8")
        with (
            said.open("wb") as stderr,
            subprocess.Popen(
                [*COMMAND, str(first), str(count), str(place)],
                cwd=ROOT,
                env=environment({"TMPDIR": folder}),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=stderr,
            ) as process,
        ):
            for line in _lines(process):
                done += int(str(line.get("done", 0)))
                hear(line)
        code, seed = process.returncode, int(place.read_text(encoding="utf-8"))
        how = signal.Signals(-code).name if code < 0 else f"exit {code}"
        trace = said.read_text(encoding="utf-8", errors="replace")[-4000:]
    return f"died: {how}\n{trace}" if code else "", seed, done


def _lines(process: "subprocess.Popen[bytes]") -> Iterator[Line]:
    assert process.stdout
    for line in process.stdout:
        if line.endswith(b"\n"):  # else it died while it wrote
            yield json.loads(line)


def _add(outcome: Outcome, line: Line) -> None:
    """Add what a process said to what is known."""
    match line:
        case {"seed": int(seed), "name": str(name), "text": str(text)}:
            outcome.faults.append(Fault(seed, name, text))
        case {"done": int(done), "slowest": float(slowest), "step": str(step), "peak": int(peak)}:
            outcome.inputs += done
            outcome.peak = max(outcome.peak, peak)
            if slowest > outcome.slowest:
                outcome.slowest, outcome.step = slowest, step
        case _:
            raise ValueError(f"a process said {line}")


def first_seed(default: int) -> int:
    """The number with which the tests begin: the fixed one, or that of the variable OKRSITE_SEED."""
    return int(os.environ.get("OKRSITE_SEED", default))
