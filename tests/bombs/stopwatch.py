"""Times of computing, robust on a busy machine: the process's own seconds, the least of a few runs."""

import gc
from collections.abc import Callable
from math import inf
from time import process_time
from typing import Final, NamedTuple

CAP: Final = 64 * 1024
"""The size of the largest file that is read."""
APART: Final = 8
"""How many times as large the larger of two inputs is whose times are compared."""
MAX_GROWTH: Final = 3.0
"""How many times as long each unit of the larger input may take: 1 is proportional, 8 quadratic.

So far apart, what else a busy machine does is small beside what a square would do."""
MEASURABLE: Final = 0.05
"""Seconds below which a time says nothing about growth."""
RUNS: Final = 4
"""How many times something is measured before it is believed to be slow: a disturbance only ever adds."""

Work = Callable[[], object]


def seconds(work: Work, limit: float) -> float:
    """What a piece of work takes at best; it is run again only while it seems to take longer than a limit."""
    best = _once(work)
    for _ in range(RUNS - 1):
        if best <= limit:
            break
        best = min(best, _once(work))
    return best


class Pace(NamedTuple):
    """How work of a size runs."""

    seconds: float
    growth: float
    """How many times as long a unit takes at the size as at an eighth of it; 1 where it is too short to tell."""


def pace(ready: Callable[[int], Work], size: int, limit: float = inf) -> Pace:
    """How work of a size runs; it is measured again only while it seems slower than it may be.

    `ready` makes what is needed for a size, which is not measured, and returns the work that is.
    """
    large = ready(size)
    whole = seconds(large, limit)
    if whole < MEASURABLE:
        return Pace(whole, 1)
    small = ready(size // APART)
    part = _once(small)
    for _ in range(RUNS - 1):
        if whole <= part * APART * MAX_GROWTH:
            break
        whole, part = min(whole, _once(large)), min(part, _once(small))
    return Pace(whole, whole / (part * APART))


def _once(work: Work) -> float:
    # Collecting garbage takes the longer the more tests have run before; what is measured is the work.
    gc.disable()
    try:
        begun = process_time()
        work()
        return process_time() - begun
    finally:
        gc.enable()
