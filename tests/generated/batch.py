"""One process that takes companies of inputs one after the other: `python -m tests.generated.batch FIRST COUNT PLACE`.

It prints what it finds as lines of JSON, and notes the number it is at in the file PLACE, for when it dies.
"""

import faulthandler
import json
import os
import resource
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.generated.checks import check_company, company_inputs
from tests.generated.inputs import SIZE

HANG: Final = 30.0
"""Seconds of computing after which a company's process is ended by a signal, wherever it is."""
EVERY: Final = 50
"""Companies between two lines that say how far it is."""


def main(first: int, count: int, place: Path) -> None:
    """Take the companies whose inputs have the numbers from `first` on."""
    faulthandler.enable()
    # The signal's own way of ending the process stays, after the traceback: it also ends what Python cannot interrupt.
    faulthandler.register(signal.SIGPROF, chain=True)
    note = os.open(place, os.O_WRONLY | os.O_CREAT)
    slowest, step, before = 0.0, "", first
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for start in range(first, first + count, SIZE):
            signal.setitimer(signal.ITIMER_PROF, HANG)
            inputs = company_inputs(start)
            with TemporaryDirectory(dir=folder) as company:
                checked = check_company(inputs, Path(company), lambda seed: _note(note, seed))
            for fault in checked.faults:
                _say({"seed": fault.seed, "name": fault.name, "text": fault.text})
            if checked.slowest > slowest:
                slowest, step = checked.slowest, checked.step
            done = start + SIZE
            if done == first + count or (done - first) // SIZE % EVERY == 0:
                _say({"done": done - before, "slowest": slowest, "step": step, "peak": peak_memory()})
                before = done


def peak_memory() -> int:
    """The most memory that this program has had so far, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # the other figure counts the program that started this one
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _note(descriptor: int, seed: int) -> None:
    os.pwrite(descriptor, b"%020d" % seed, 0)


def _say(line: dict[str, object]) -> None:
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
