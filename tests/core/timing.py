"""A generous limit for hostile input: whoever exceeds it does not work in proportion to what it reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time
from typing import Final

LIMIT: Final = 5.0
"""Seconds that no content file may take to be read, on a slow machine too."""


@contextmanager
def under_five_seconds() -> Iterator[None]:
    """Fail when what is done inside takes more computing than a hostile file may, however busy the machine is."""
    begun = process_time()
    yield
    assert process_time() - begun < LIMIT
