"""Builds projects one after the other, each in a process with bounds, and says how each ended; started on its own."""

import contextlib
import json
import os
import resource
import signal
import sys
from typing import Final

from okrsite.cli import main

SECONDS: Final = 5
"""Of the processor's time, so that a busy machine does not count against anybody."""
WAIT: Final = 60
ADDRESS_SPACE: Final = 1 << 30
TAIL: Final = 2_000


def build_bounded(folder: str) -> dict[str, object]:
    """Build the project in a folder in a process of its own; a process that exceeds a bound is killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _build(folder, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode("utf-8", "backslashreplace")
    _, status, used = os.wait4(child, 0)
    return {
        "folder": folder,
        "exit": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
        "seconds": round(used.ru_utime + used.ru_stime, 2),
        "peak": used.ru_maxrss,
        "traceback": "Traceback" in said,
        "said": said[-TAIL:],
    }


def _build(folder: str, writing: int) -> None:
    """What the new process does; it never returns."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(WAIT)
    os.dup2(writing, 1)
    os.dup2(writing, 2)
    code = 70
    try:
        code = main(["build", "--keep-going", "-q", "-C", folder, "--today", "2026-11-22"])
    except BaseException:  # noqa: BLE001 - as the interpreter would do
        sys.excepthook(*sys.exc_info())
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(json.dumps(build_bounded(name)), flush=True)
