"""Trees that pages show: nested to a depth that reads well, flat below it, so that no chain is too long to show."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

MAX_NESTING: Final = 12
"""Levels of lists in lists; what lies deeper stands side by side on the last one."""
MAX_FLAT: Final = 400
"""How much stands on the last level at most."""


def level_below(name: str, below: Callable[[str], Iterable[str]], depth: int) -> Sequence[str]:
    """What stands directly below a name on a level, counted from 1; on the last level all that lies below it."""
    if depth < MAX_NESTING:
        return tuple(below(name))
    found: dict[str, None] = {}
    waiting = list(below(name))
    for following in waiting:
        if len(found) == MAX_FLAT:
            break
        if following not in found and following != name:
            found[following] = None
            waiting.extend(below(following))
    return tuple(found)
