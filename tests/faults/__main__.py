"""`python -m tests.faults --all`, or `--random 500 --teams 100`: disturbed builds, and what did not hold of them."""

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.injection import OPENING, Fault, Stage, every_fault


def main() -> int:
    """Run trials, report each broken promise and a sum; 1 when there is any."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every call at every point with every fault")
    parser.add_argument("--random", type=int, default=0, metavar="N", help="that many faults, chosen by chance")
    parser.add_argument("--teams", type=int, default=3, help="size of the company")
    parser.add_argument("--jobs", type=int, default=1, help="processes of each build")
    parser.add_argument("--seed", type=int, default=1, help="of what is chosen by chance")
    options = parser.parse_args()
    begun, broken, tried = time.monotonic(), 0, Counter[str]()
    with TemporaryDirectory() as folder:
        stage = Stage(Path(folder), options.teams, options.jobs)
        points = stage.points()
        print(f"calls of an undisturbed build: {points}", flush=True)
        faults = list(every_fault(points))
        if not options.all:
            faults = chosen(faults, points, options.random or 100, random.Random(options.seed))
        for fault in faults:
            tried[fault.kind] += 1
            for promise in stage.trial(fault):
                broken += 1
                print(f"{fault}: {promise}", flush=True)
    print(f"{len(faults)} faults {dict(tried)}, {broken} promises broken, {time.monotonic() - begun:.0f} s")
    return 1 if broken else 0


def chosen(faults: list[Fault], points: dict[str, int], number: int, dice: random.Random) -> list[Fault]:
    """Some faults by chance, half of them at calls that are rare, which would else hardly ever be met."""
    rare = [fault for fault in faults if points[fault.call] <= 8 and fault.call != OPENING]
    common = [fault for fault in faults if points[fault.call] > 8]
    half = min(len(rare), number // 2)
    return dice.sample(rare, half) + dice.sample(common, min(len(common), number - half))


if __name__ == "__main__":
    sys.exit(main())
