"""When Python looks for garbage: not while a company is put together, all of which stays, nor through what has been."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
