"""A generous limit for hostile input: whoever exceeds it does not work in proportion to what it reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter


@contextmanager
def under_a_second() -> Iterator[None]:
    """Fail when what is done inside takes longer than a second."""
    begun = perf_counter()
    yield
    assert perf_counter() - begun < 1
