"""Days in cycles."""

from datetime import date, timedelta

from okrsite.core.cycles import Cycle


def week(on: date, start: date) -> int:
    """Which week of a cycle a day lies in, the first being 1."""
    return max(1, (on - start).days // 7 + 1)


def middle_week(cycle: Cycle) -> tuple[date, date]:
    """Monday to Sunday around the middle of a cycle, as far as they lie in it."""
    middle = cycle.start + (cycle.end - cycle.start) // 2
    monday = middle - timedelta(days=middle.weekday())
    return max(monday, cycle.start), min(monday + timedelta(days=6), cycle.end)
