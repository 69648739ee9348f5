"""`python -m tests.soak`: edits for so many minutes, each of which must be seen."""

import argparse
import sys
from typing import Final

from tests.soak.day import run

LATEST: Final = 1.0
"""Seconds within which 99 of 100 edits must be visible."""
GROWTH: Final = 0.05
"""The share by which memory may grow in the second half."""


def main() -> int:
    """Live through a day; the exit code says whether all was as it must be."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30, metavar="N", help="how long")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="which edits")
    options = parser.parse_args()
    day = run(options.seed, options.minutes * 60, lambda said: print(said, flush=True))
    for fault in day.faults:
        print(fault)
    print(", ".join(f"{name}: {count}" for name, count in sorted(day.seen.items())))
    first, last = day.measured[len(day.measured) // 2], day.measured[-1]
    print(
        f"{len(day.waits)} edits: {len(day.faults)} faults; visible after {day.percentile(0.5) * 1000:.0f} ms (half), "
        f"{day.percentile(0.95) * 1000:.0f} ms (95 of 100), {day.percentile(0.99) * 1000:.0f} ms (99 of 100); "
        f"memory {first.memory} KiB, then {last.memory} KiB ({day.growth():+.1%}); {day.files} files as a clean build's"
    )
    return 1 if day.faults or day.percentile(0.99) > LATEST or day.growth() > GROWTH else 0


if __name__ == "__main__":
    sys.exit(main())
