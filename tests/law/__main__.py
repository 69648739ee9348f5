"""`python -m tests.law`: random sequences of edits, each from a number that is printed when it fails."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import count, islice
from time import monotonic

from tests.law.sequences import Outcome, run, shrunk, told


def outcomes(seeds: Iterable[int], jobs: int) -> Iterator[Outcome]:
    """What becomes of each seed's sequence."""
    if jobs == 1:
        yield from map(run, seeds)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(run, seeds)


def main() -> int:
    """Run sequences; the exit code says whether the law held."""
    parser = argparse.ArgumentParser(prog="python -m tests.law", description=__doc__)
    parser.add_argument("--sequences", type=int, default=100, metavar="N", help="how many sequences of edits")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the first sequence's number")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes")
    options = parser.parse_args()
    began, seen, failed = monotonic(), Counter[str](), 0
    for number, outcome in enumerate(outcomes(islice(count(options.seed), options.sequences), options.jobs), 1):
        seen += outcome.seen
        if outcome.faults:
            failed += 1
            print(told(outcome))
            print(f"as few edits as fail too:\n{told(shrunk(outcome.seed))}", flush=True)
        if number % 100 == 0:
            print(f"{number} sequences, {failed} failed, {monotonic() - began:.0f} s", flush=True)
    print(", ".join(f"{what}: {times}" for what, times in sorted(seen.items())))
    print(f"{options.sequences} sequences: {failed} failed, {monotonic() - began:.0f} s")
    return 1 if failed or not options.sequences else 0


if __name__ == "__main__":
    sys.exit(main())
