"""`python -m tests.faults --all`, or `--random 500 --teams 100`: disturbed builds, and what did not hold of them."""

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.injection import Fault, Points, Stage, every_fault

RARE = 8
"""Calls made no oftener than this: where a build decides, not where it writes file after file."""


def main() -> int:
    """Run trials, report each broken promise and a sum; 1 when there is any."""
    options = _options()
    begun, broken, missed, tried = time.monotonic(), 0, 0, Counter[str]()
    with TemporaryDirectory() as folder:
        stage = Stage(Path(folder), options.teams, options.jobs)
        points = stage.points()
        print(f"calls of an undisturbed build: { ({call: len(n) for call, n in points.items()}) }", flush=True)
        calls = {call: numbers for call, numbers in points.items() if not options.call or call in options.call}
        faults = [fault for fault in every_fault(calls) if not options.only or str(fault) in options.only]
        if not options.all and not options.only:
            faults = chosen(faults, points, options.random or 100, random.Random(options.seed))
        which, of = options.share
        faults = faults[which - 1 :: of]
        for fault in faults:
            tried[fault.kind] += 1
            trial = stage.trial(fault)
            if not trial.met:
                missed += 1
                print(f"{fault}: did not meet the build", flush=True)
            broken += len(trial.broken)
            for promise in trial.broken:
                print(f"{fault}: {promise}", flush=True)
    took = time.monotonic() - begun
    print(f"{len(faults)} faults {dict(tried)}, {missed} missed, {broken} promises broken, {took:.0f} s")
    # With workers a call counted in one process may fall into another; but most faults must meet their build.
    return 1 if broken or not faults or missed > len(faults) // 5 else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every call at every point with every fault")
    parser.add_argument("--random", type=int, default=0, metavar="N", help="that many faults, chosen by chance")
    parser.add_argument("--call", action="append", metavar="NAME", help="only faults of this call")
    parser.add_argument("--only", action="append", metavar="FAULT", help='one fault, such as "clone#1 signal=TERM"')
    parser.add_argument(
        "--share", type=_share, default=(1, 1), metavar="I/N", help="every Nth of the faults, from the Ith"
    )
    parser.add_argument("--teams", type=int, default=3, help="size of the company; workers start with about 100")
    parser.add_argument("--jobs", type=int, default=1, help="processes of each build")
    parser.add_argument("--seed", type=int, default=1, help="of what is chosen by chance")
    return parser.parse_args()


def _share(text: str) -> tuple[int, int]:
    which, _, of = text.partition("/")
    if not 1 <= int(which) <= int(of):
        raise ValueError(text)
    return int(which), int(of)


def chosen(faults: list[Fault], points: Points, number: int, dice: random.Random) -> list[Fault]:
    """Some faults by chance, half of them at calls that are rare, which would else hardly ever be met."""
    rare = [fault for fault in faults if len(points[fault.call]) <= RARE]
    common = [fault for fault in faults if len(points[fault.call]) > RARE]
    half = min(len(rare), number // 2)
    return dice.sample(rare, half) + dice.sample(common, min(len(common), number - half))


if __name__ == "__main__":
    sys.exit(main())
