"""Clearing away what builds leave behind: when it is due, and without losing an interrupt."""

import gc
import os
import signal
import time
import weakref

import pytest

from okrsite.shell.collection import Leftovers


class _Circle:
    """Something that only a search for garbage finds."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_left_is_cleared_away_when_it_is_from_enough_builds() -> None:
    leftovers, left = Leftovers(), _Circle()
    gone = weakref.ref(left)
    del left
    leftovers.add()
    leftovers.clear(from_builds=2)
    assert gone() is not None
    leftovers.add()
    leftovers.clear(from_builds=2)
    assert gone() is None


class _Interrupting(_Circle):
    """Somebody interrupts just when this is cleared away."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(20):
            time.sleep(0.01)


def test_an_interrupt_meanwhile_is_not_lost() -> None:
    gc.collect()
    leftovers = Leftovers()
    leftovers.add()
    _Interrupting()
    with pytest.raises(KeyboardInterrupt):
        leftovers.clear(from_builds=1)
    time.sleep(0.5)
