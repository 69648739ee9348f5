"""Cycles: the days that names stand for, how cycles nest, which one is current and when it is closed."""

from datetime import date
from itertools import pairwise

import pytest

from okrsite.core.cycles import (
    Cycle,
    closing_day,
    current_cycle,
    enclosing,
    following,
    likely_cycle,
    likely_date,
    opening_day,
    parent_of,
    period,
)


def days(text: str) -> tuple[date, date]:
    first, last = text.split("..")
    return date.fromisoformat(first), date.fromisoformat(last)


def cycle(id_: str, span: str, parent: str = "") -> Cycle:
    start, end = days(span)
    return Cycle(id_, start, end, opening_day(start, 14), closing_day(end, 21), parent)


YEAR = cycle("2026", "2026-01-01..2026-12-31")
HALF = cycle("2026-H2", "2026-07-01..2026-12-31", "2026")
QUARTER = cycle("2026-Q4", "2026-10-01..2026-12-31", "2026-H2")
EARLIER = cycle("2026-Q3", "2026-07-01..2026-09-30", "2026-H2")


@pytest.mark.parametrize(
    ("on", "early"),
    [("2026-09-28", True), ("2026-10-01", True), ("2026-11-24", True), ("2026-11-25", False), ("2027-01-01", False)],
)
def test_a_day_is_early_in_the_first_sixty_percent(on: str, early: bool) -> None:
    assert QUARTER.is_early(date.fromisoformat(on)) is early


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("2026", "2026-01-01..2026-12-31"),
        ("2026-H1", "2026-01-01..2026-06-30"),
        ("2026-H2", "2026-07-01..2026-12-31"),
        ("2026-T1", "2026-01-01..2026-04-30"),
        ("2026-T2", "2026-05-01..2026-08-31"),
        ("2026-T3", "2026-09-01..2026-12-31"),
        ("2026-Q1", "2026-01-01..2026-03-31"),
        ("2026-Q2", "2026-04-01..2026-06-30"),
        ("2026-Q3", "2026-07-01..2026-09-30"),
        ("2026-Q4", "2026-10-01..2026-12-31"),
        ("2026-01", "2026-01-01..2026-01-31"),
        ("2026-11", "2026-11-01..2026-11-30"),
        ("2028-02", "2028-02-01..2028-02-29"),
        ("2027-02", "2027-02-01..2027-02-28"),
        ("1999-12", "1999-12-01..1999-12-31"),
    ],
)
@pytest.mark.parametrize("fiscal_year_start", [1, 7])
def test_calendar_names_stand_for_calendar_periods(name: str, span: str, fiscal_year_start: int) -> None:
    assert period(name, fiscal_year_start) == days(span)


@pytest.mark.parametrize(
    ("name", "month", "span"),
    [
        ("FY27", 1, "2027-01-01..2027-12-31"),
        ("FY27", 4, "2026-04-01..2027-03-31"),
        ("FY27", 10, "2026-10-01..2027-09-30"),
        ("FY27", 2, "2026-02-01..2027-01-31"),
        ("FY27", 12, "2026-12-01..2027-11-30"),
        ("FY2027", 4, "2026-04-01..2027-03-31"),
        ("FY27-H1", 1, "2027-01-01..2027-06-30"),
        ("FY27-H1", 10, "2026-10-01..2027-03-31"),
        ("FY27-H2", 10, "2027-04-01..2027-09-30"),
        ("FY27-Q1", 4, "2026-04-01..2026-06-30"),
        ("FY27-Q3", 4, "2026-10-01..2026-12-31"),
        ("FY27-Q4", 4, "2027-01-01..2027-03-31"),
        ("FY27-Q1", 11, "2026-11-01..2027-01-31"),
        ("FY27-T1", 7, "2026-07-01..2026-10-31"),
        ("FY27-T3", 7, "2027-03-01..2027-06-30"),
        ("FY28-Q4", 3, "2027-12-01..2028-02-29"),
    ],
)
def test_fiscal_names_stand_for_the_year_in_which_the_fiscal_year_ends(name: str, month: int, span: str) -> None:
    assert period(name, month) == days(span)


@pytest.mark.parametrize(
    "name",
    [
        *("2026-H3", "2026-T4", "2026-Q5", "2026-Q0", "2026-00", "2026-13", "2026-1", "26-Q1", "2026-q4", "2026Q4"),
        *("FY27-11", "FY7", "FY27-Q5", "fy27", "FY", "spring", "2026-W12", "", "2026-Q4-b", "２０２６"),
    ],
)
def test_other_names_are_names_of_ones_own(name: str) -> None:
    assert period(name, 4) is None


def test_every_part_of_a_year_joins_the_next() -> None:
    for month in range(1, 13):
        for parts in (("H1", "H2"), ("T1", "T2", "T3"), ("Q1", "Q2", "Q3", "Q4")):
            found = [period(f"FY27-{part}", month) for part in parts]
            spans = [span for span in found if span]
            assert len(spans) == len(parts)
            whole = period("FY27", month)
            assert whole == (spans[0][0], spans[-1][1])
            assert all((after[0] - before[1]).days == 1 for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("span", "parent"),
    [
        ("2026-10-01..2026-12-31", "2026-H2"),
        ("2026-07-01..2026-12-31", "2026"),
        ("2026-01-01..2026-12-31", ""),
        ("2026-06-01..2026-08-31", "2026"),
        ("2026-12-01..2027-01-31", ""),
        ("2026-11-03..2026-11-03", "2026-H2"),
    ],
)
def test_a_cycle_nests_in_the_shortest_longer_one_around_it(span: str, parent: str) -> None:
    others = [(c.id, c.start, c.end) for c in (YEAR, HALF)]
    assert parent_of(*days(span), others) == parent


def test_cycles_around_a_cycle_are_listed_from_the_shortest_on() -> None:
    cycles = {c.id: c for c in (YEAR, HALF, QUARTER, EARLIER)}
    assert enclosing("2026-Q4", cycles) == ("2026-Q4", "2026-H2", "2026")
    assert enclosing("2026", cycles) == ("2026",)
    assert enclosing("nowhere", cycles) == ()


@pytest.mark.parametrize(
    ("today", "current"),
    [
        ("2026-11-22", "2026-Q4"),
        ("2026-10-01", "2026-Q4"),
        ("2026-12-31", "2026-Q4"),
        ("2026-09-30", "2026-Q3"),
        ("2026-02-01", "2026"),
        ("2027-05-01", "2026-Q4"),
        ("2025-05-01", "2026"),
    ],
)
def test_the_current_cycle_is_the_shortest_around_today_else_the_latest(today: str, current: str) -> None:
    found = current_cycle((YEAR, HALF, QUARTER, EARLIER), date.fromisoformat(today))
    assert found is not None
    assert found.id == current


def test_without_cycles_none_is_current() -> None:
    assert current_cycle((), date(2026, 11, 22)) is None


@pytest.mark.parametrize(
    ("today", "closed"), [("2026-12-31", False), ("2027-01-21", False), ("2027-01-22", True), ("2028-01-01", True)]
)
def test_a_cycle_is_closed_when_its_closing_days_are_over(today: str, closed: bool) -> None:
    assert QUARTER.closed(date.fromisoformat(today)) is closed


def test_the_first_and_last_day_belong_to_a_cycle() -> None:
    assert QUARTER.contains(QUARTER.start)
    assert QUARTER.contains(QUARTER.end)
    assert not QUARTER.contains(EARLIER.end)
    assert QUARTER.days == 92


# --- what follows ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("2026", "2027"),
        ("2026-H1", "2026-H2"),
        ("2026-H2", "2027-H1"),
        ("2026-T2", "2026-T3"),
        ("2026-T3", "2027-T1"),
        ("2026-Q3", "2026-Q4"),
        ("2026-Q4", "2027-Q1"),
        ("2026-09", "2026-10"),
        ("2026-12", "2027-01"),
        ("FY27", "FY28"),
        ("FY27-Q4", "FY28-Q1"),
        ("FY2027-H1", "FY2027-H2"),
        ("FY09-Q4", "FY10-Q1"),
        ("FY99", ""),
        ("2199-Q4", ""),
        ("launch", ""),
    ],
)
def test_a_period_is_followed_by_the_next_of_its_kind(name: str, after: str) -> None:
    assert following(name) == after


@pytest.mark.parametrize("name", ["2026-Q4", "2026-H2", "2026-T1", "2026-02", "2026", "FY27-Q2"])
def test_what_follows_begins_the_day_after(name: str) -> None:
    before, after = period(name, 4), period(following(name), 4)
    assert before and after
    assert (after[0] - before[1]).days == 1


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        *((typed, "2026-12-23") for typed in ("23.12.2026", "23. 12. 2026", "12/23/2026", "23-12-2026", "2026_12_23")),
        *((typed, "2026-12-23") for typed in ("2026/12/23", "2026年12月23日", "23 Dec 2026", "December 23rd, 2026")),
        ("2026-12-1", "2026-12-01"),
        ("10.10.2026", "2026-10-10"),
        *((typed, "") for typed in ("10.12.2026", "4/5/2026", "Dec 2026", "2026", "23.13.2026", "10 Foo 2026", "soon")),
    ],
)
def test_a_day_written_otherwise_is_told_where_it_can_be_no_other(typed: str, day: str) -> None:
    assert likely_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *((typed, "2026-Q4") for typed in ("2026Q4", "Q4-2026", "Q4 2026", "2026/Q4", "2026_q4")),
        ("FY27Q1", "FY27-Q1"),
        *((typed, "") for typed in ("2026-Q4", "2026-Q5", "2026", "Q4", "Q4 2026 Q4", "autumn")),
    ],
)
def test_a_period_written_otherwise_is_told(typed: str, name: str) -> None:
    assert likely_cycle(typed) == name
