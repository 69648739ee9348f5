"""The stopwatch tells what grows in proportion from what grows as a square."""

from tests.bombs.stopwatch import APART, MAX_GROWTH, pace, seconds


def test_work_in_proportion_is_told_from_work_that_is_a_square() -> None:
    assert pace(lambda size: lambda: sum(1 for _ in range(size)), 4_000_000).growth <= MAX_GROWTH
    assert pace(lambda size: lambda: sum(1 for _ in range(size * size)), 2_000).growth > MAX_GROWTH
    assert pace(lambda size: lambda: sum(1 for _ in range(size * size)), APART).growth == 1, "too short to tell"


def test_work_is_measured_anew_while_it_seems_slow() -> None:
    runs: list[int] = []
    assert seconds(lambda: runs.append(1), 9) < 9
    assert len(runs) == 1
    assert seconds(lambda: runs.append(1), 0) > 0
    assert len(runs) == 5
