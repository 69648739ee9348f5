"""A program run in a session of its own, so that whatever it leaves running is found, named and ended."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from signal import SIGKILL
from tempfile import TemporaryFile
from typing import IO, Final, NamedTuple

PATIENCE: Final = 3.0
"""Seconds within which the workers of a build that has ended must have ended too."""


class Ended(NamedTuple):
    """How a program ended and what it said; `left` are the processes that had to be ended for it, if any."""

    returncode: int
    stdout: str
    stderr: str
    left: tuple[str, ...]


def run_alone(command: Sequence[str], variables: Mapping[str, str], limit: float) -> Ended:
    """Run a program, for so many seconds at most; what runs on after it is ended."""
    # Files, not pipes: a process left behind would keep a pipe open and whoever reads it waiting.
    with TemporaryFile() as out, TemporaryFile() as err:
        running = subprocess.Popen(
            command, env=dict(variables), stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True
        )
        with suppress(subprocess.TimeoutExpired):
            running.wait(limit)
        fine = running.poll() is not None and gone(running.pid)
        left = () if fine else tuple(survivors(running.pid).values())
        end(running.pid)
        return Ended(running.wait(), _text(out), _text(err), left)


def gone(session: int, patience: float = PATIENCE) -> bool:
    """Whether no process of a session is there any more, given a moment."""
    until = time.monotonic() + patience
    while survivors(session):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def survivors(session: int) -> dict[int, str]:
    """The processes of a session that have not ended: their numbers, and what each is doing."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            # The name of the program, in brackets, may itself hold blanks and brackets.
            state, parent, _, own, *_ = (path / "stat").read_text().rpartition(")")[2].split()
            if own == str(session) and state not in "ZX":
                program = (path / "cmdline").read_bytes().partition(b"\0")[0].decode(errors="replace")
                where = (path / "wchan").read_text() or "running"
                found[int(path.name)] = f"{Path(program).name} of parent {parent} in {where}"
    return found


def end(session: int) -> None:
    """Kill what is left of a session."""
    for process in survivors(session):
        with suppress(ProcessLookupError):
            os.kill(process, SIGKILL)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="backslashreplace")
