"""When Python looks for garbage: not while a company is put together, all of which stays, nor through what has been."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from okrsite.shell import libc


@contextmanager
def paused() -> Iterator[None]:
    """Look for no garbage: for work that makes many values and keeps them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def frozen() -> Iterator[None]:
    """Keep what exists out of the search: it takes long, and would copy the company into every forked process."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class Leftovers:
    """What builds in one process leave behind, for the usual search comes too seldom: it waits for many new values."""

    def __init__(self) -> None:
        self._builds = 0

    def add(self) -> None:
        """One more build has left its own."""
        self._builds += 1

    def clear(self, *, from_builds: int) -> None:
        """Clear away what is left, if it is from so many builds; takes about as long as a small build."""
        if self._builds >= from_builds:
            self._builds = 0
            # An interrupt is raised in the main thread, and would be lost in whatever is being cleared away there.
            clearing = threading.Thread(target=_clear, name="clearing", daemon=True)
            clearing.start()
            clearing.join()


def _clear() -> None:
    """Find garbage, and give the system back what is free: in pieces between what stays, it would be kept."""
    gc.collect()
    libc.call("malloc_trim", 0)
