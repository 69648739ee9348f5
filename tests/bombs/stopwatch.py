"""Times of computing, robust on a busy machine: the process's own seconds, the best of a few runs."""

import gc
from collections.abc import Callable
from time import process_time
from typing import Final

CAP: Final = 64 * 1024
"""The size of the largest file that is read."""
MEASURABLE: Final = 0.05
"""Seconds below which a time says nothing about growth."""
MAX_GROWTH: Final = 2.6
"""How many times as long twice the input may take; 2 is proportional, 4 quadratic."""


def seconds(work: Callable[[], object], limit: float, runs: int = 4) -> float:
    """What a piece of work takes at best; it is run again only while it seems to take longer than a limit."""
    best = _once(work)
    for _ in range(runs - 1):
        if best <= limit:
            break
        best = min(best, _once(work))
    return best


def growth(work: Callable[[int], object], size: int, whole: float) -> float:
    """How many times as long the work takes at a size as at half of it; 1 where that is too short to tell."""
    if whole < MEASURABLE:
        return 1
    half = _once(lambda: work(size // 2))
    for _ in range(3):
        if whole <= half * MAX_GROWTH:
            break
        whole, half = min(whole, _once(lambda: work(size))), min(half, _once(lambda: work(size // 2)))
    return whole / half


def _once(work: Callable[[], object]) -> float:
    # Collecting garbage takes the longer the more tests have run before; what is measured is the work.
    gc.disable()
    try:
        begun = process_time()
        work()
        return process_time() - begun
    finally:
        gc.enable()
