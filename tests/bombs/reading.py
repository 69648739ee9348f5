"""Reads files in a process of its own, so that a signal or a flood of memory is seen; speaks JSON, a line a file."""

import resource
import sys
from json import dumps, loads
from pathlib import Path
from time import process_time

from okrsite.core.parse import parse_document
from okrsite.core.source import SourceFile


def peak() -> int:
    """The kilobytes that this process held at most; what it was forked from does not count where that can be told."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM:"))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        place, text = loads(line)
        begun = process_time()
        problems = parse_document(SourceFile(f"content/{place}", place, text)).problems
        taken = process_time() - begun
        found = [(problem.code, problem.span.line, problem.span.column) for problem in problems]
        print(dumps({"seconds": taken, "problems": found, "peak": peak()}), flush=True)
