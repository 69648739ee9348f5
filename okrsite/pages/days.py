"""Days in cycles."""

from datetime import date


def week(on: date, start: date) -> int:
    """Which week of a cycle a day lies in, the first being 1."""
    return max(1, (on - start).days // 7 + 1)
