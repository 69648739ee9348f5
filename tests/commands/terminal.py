"""A terminal in which a command is run and answered, as somebody at a keyboard would."""

import os
import pty
import select
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.conftest import environment

PATIENCE = 30.0
QUIET = 0.35
"""Seconds without a word, after which the command waits for an answer."""


def converse(arguments: Sequence[str], folder: Path, keys: Sequence[bytes]) -> tuple[int, str]:
    """The exit code of `okrsite` in a terminal, and all that was to be seen there."""
    pid, terminal = pty.fork()
    if not pid:
        os.chdir(folder)
        os.execve(sys.executable, [sys.executable, "-m", "okrsite", *arguments], environment({"TERM": "dumb"}))
    seen, left, begun = b"", list(keys), time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        # Once it has begun to speak, silence means that it waits.
        ready, _, _ = select.select([terminal], [], [], QUIET if seen else PATIENCE)
        if ready:
            try:
                said = os.read(terminal, 65_536)
            except OSError:  # it has ended
                break
            if not said:
                break
            seen += said
        elif left:
            os.write(terminal, left.pop(0))
    os.close(terminal)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), seen.decode("utf-8", "replace").replace("\r\n", "\n")
