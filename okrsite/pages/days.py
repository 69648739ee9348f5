"""Days in words."""

from datetime import date
from typing import Final

_MONTHS: Final[tuple[str, ...]] = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(on: date) -> str:
    """A day as people say it: 20 November 2026."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def week(on: date, start: date) -> int:
    """Which week of a cycle a day lies in, the first being 1."""
    return max(1, (on - start).days // 7 + 1)
