"""`python -m tests.generated --count 1000000 --jobs 2` takes many inputs; `--replay SEED` takes one of them again."""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.companies import ROOT
from tests.generated.checks import Fault, check_company, company_inputs
from tests.generated.inputs import SIZE, make_input
from tests.generated.runs import Outcome, keep, run_inputs

KEPT: Final = 20
"""Faults that are shown and written down at most; one of each name first."""
PAUSE: Final = 20.0
"""Seconds between two lines of progress."""


def main() -> int:
    """Take many inputs, or one again; 1 when anything failed."""
    options = _options()
    if options.replay is not None:
        return _replay(options.replay, options.keep)
    begun, told = time.monotonic(), [time.monotonic()]

    def progress(outcome: Outcome) -> None:
        if time.monotonic() - told[0] >= PAUSE:
            told[0] = time.monotonic()
            print(f"… {outcome}, {outcome.inputs / (told[0] - begun):,.0f} inputs/s", flush=True)

    outcome = run_inputs(options.seed, options.count, options.jobs, progress)
    for name, times in Counter(fault.name for fault in outcome.faults).most_common():
        print(f"{times:>6} x {name}")
    for fault in _chosen(outcome.faults):
        print(f"{fault.seed}: {fault.name}: kept in {keep(fault, options.keep)}; --replay {fault.seed}")
    print(f"{outcome}, {outcome.inputs / (time.monotonic() - begun):,.0f} inputs/s, numbers from {options.seed} on")
    return 1 if outcome.faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.generated", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="how many inputs")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes")
    parser.add_argument("--seed", type=int, default=0, help="the first input's number")
    parser.add_argument("--replay", type=int, metavar="SEED", help="take the company of this one input again")
    parser.add_argument("--keep", type=Path, default=ROOT / "build" / "generated", help="where failing inputs are kept")
    return parser.parse_args()


def _chosen(faults: list[Fault]) -> list[Fault]:
    """The faults to show: the first of each name, then others."""
    firsts = list({fault.name: fault for fault in reversed(faults)}.values())
    return [*firsts, *(fault for fault in faults if fault not in firsts)][:KEPT]


def _replay(seed: int, folder: Path) -> int:
    """Show an input, take its company in this process, and keep it as a project."""
    one = make_input(seed)
    print(f"{one.seed} ({one.strategy}) at {one.place}\n{one.content.decode('utf-8', 'surrogateescape')!a}")
    with TemporaryDirectory() as place:
        inputs = company_inputs(seed // SIZE * SIZE)
        checked = check_company(inputs, Path(place), lambda _: None)
    for fault in checked.faults:
        print(f"\n{fault.seed}: {fault.name}\n{fault.text}")
    print(f"\nslowest: {checked.slowest * 1000:.0f} ms, {checked.step}; kept in {keep(Fault(seed, '', ''), folder)}")
    return 1 if checked.faults else 0


if __name__ == "__main__":
    sys.exit(main())
