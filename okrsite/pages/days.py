"""Days in words."""

from datetime import date, timedelta
from typing import Final

from okrsite.core.cycles import Cycle

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


def middle_week(cycle: Cycle) -> tuple[date, date]:
    """Monday to Sunday around the middle of a cycle, as far as they lie in it."""
    middle = cycle.start + (cycle.end - cycle.start) // 2
    monday = middle - timedelta(days=middle.weekday())
    return max(monday, cycle.start), min(monday + timedelta(days=6), cycle.end)
