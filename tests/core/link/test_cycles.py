"""Which cycles there are: those that teams write in and those that have a file of their own."""

from datetime import date

import pytest

from ..company import codes, compiled, matter, only

OKRS = matter("objectives: {o: {title: T}}")


def test_a_cycle_exists_because_a_team_writes_in_it() -> None:
    company = compiled({"teams/a/2026-Q3/okrs.md": OKRS, "teams/a/2026/okrs.md": OKRS}).company
    assert [(c.id, c.parent) for c in company.cycles.values()] == [("2026", ""), ("2026-Q3", "2026")]


def test_cycles_are_in_order_of_time_the_longer_first() -> None:
    names = ("2026-Q4", "2026", "2026-10", "2026-H2", "2025-Q4")
    company = compiled({f"teams/a/{name}/okrs.md": OKRS for name in names}).company
    assert list(company.cycles) == ["2025-Q4", "2026", "2026-H2", "2026-Q4", "2026-10"]
    assert [cycle.parent for cycle in company.cycles.values()] == ["", "", "2026", "2026-H2", "2026-Q4"]


def test_a_cycle_of_its_own_has_days_a_title_and_a_theme() -> None:
    files = {
        "teams/a/spring/okrs.md": OKRS,
        "cycles/spring.md": matter("title: Spring\nstart: 2026-03-01\nend: 2026-05-30\ntheme: Less", "Why.\n"),
    }
    found = compiled(files)
    assert codes(found.problems) == []
    cycle = found.company.cycles["spring"]
    assert cycle.title and cycle.theme
    assert (cycle.start, cycle.end, cycle.title.source, cycle.theme.source) == (
        date(2026, 3, 1),
        date(2026, 5, 30),
        "Spring",
        "Less",
    )
    assert cycle.closes == date(2026, 6, 20)
    assert cycle.body.lead.plain == "Why."


def test_a_cycle_file_may_override_a_known_period() -> None:
    files = {"teams/a/2026-Q4/okrs.md": OKRS, "cycles/2026-Q4.md": matter("end: 2026-12-18")}
    cycle = compiled(files).company.cycles["2026-Q4"]
    assert (cycle.start, cycle.end) == (date(2026, 10, 1), date(2026, 12, 18))


def test_a_cycle_without_teams_exists_too() -> None:
    assert list(compiled({"cycles/2026-Q4.md": matter("theme: x")}).company.cycles) == ["2026-Q4"]


def test_fiscal_cycles_follow_the_settings() -> None:
    files = {"teams/a/FY27-Q1/okrs.md": OKRS, "teams/a/FY27/okrs.md": OKRS}
    company = compiled(files, settings="fiscal_year_start = 10").company
    assert company.cycles["FY27-Q1"].start == date(2026, 10, 1)
    assert company.cycles["FY27-Q1"].parent == "FY27"
    assert company.current == "FY27-Q1"


@pytest.mark.parametrize(("days", "closes"), [(0, "2026-12-31"), (7, "2027-01-07"), (21, "2027-01-21")])
def test_closing_days_are_a_setting(days: int, closes: str) -> None:
    company = compiled({"teams/a/2026-Q4/okrs.md": OKRS}, settings=f"closing_days = {days}").company
    assert company.cycles["2026-Q4"].closes == date.fromisoformat(closes)


@pytest.mark.parametrize(
    ("today", "current"),
    [("2026-11-22", "2026-11"), ("2026-10-05", "2026-Q4"), ("2027-06-01", "2026-11"), ("2026-05-05", "2026")],
)
def test_the_current_cycle_depends_on_the_day(today: str, current: str) -> None:
    files = {f"teams/a/{name}/okrs.md": OKRS for name in ("2026", "2026-Q4", "2026-11")}
    assert compiled(files, today=today).company.current == current


@pytest.mark.parametrize(
    ("files", "code", "path"),
    [
        ({"teams/a/spring/okrs.md": OKRS}, "unknown-cycle", "content/teams/a/spring/okrs.md"),
        ({"cycles/spring.md": matter("start: 2026-03-01")}, "unknown-cycle", "content/cycles/spring.md"),
        ({"cycles/2026-Q5.md": matter("theme: x")}, "unknown-cycle", "content/cycles/2026-Q5.md"),
        ({"cycles/x.md": matter("start: 2026-03-01\nend: 2026-02-01")}, "bad-cycle", "content/cycles/x.md"),
        ({"cycles/2026-Q4.md": matter("end: 2026-09-01")}, "bad-cycle", "content/cycles/2026-Q4.md"),
    ],
)
def test_a_cycle_whose_days_are_unknown_or_reversed_is_reported(files: dict[str, str], code: str, path: str) -> None:
    found = compiled(files)
    assert only(found.problems, code).span.path == path
    assert found.company.cycles == {}
    assert found.company.current == ""


def test_a_cycle_of_one_day_is_a_cycle() -> None:
    files = {"cycles/day.md": matter("start: 2026-11-22\nend: 2026-11-22")}
    assert compiled(files).company.current == "day"


@pytest.mark.parametrize(
    "files",
    [
        {"teams/a/FY9999/okrs.md": OKRS},
        {"teams/a/x/okrs.md": OKRS, "cycles/x.md": matter("start: 2026-01-01\nend: 9999-12-31")},
        {"teams/a/x/okrs.md": OKRS, "cycles/x.md": matter("start: 0001-01-01\nend: 0001-02-01")},
        {"teams/a/2026-Q4/okrs.md": matter("objectives: {o: {title: T, since: 9999-12-31}}")},
        {"teams/a/2026-Q4/okrs.md": matter("guardrails: {g: {title: G, keep_above: 1, since: 9999-12-31}}")},
    ],
    ids=["fiscal year", "open end", "first year", "objective", "guardrail"],
)
def test_days_at_the_ends_of_the_calendar_raise_nothing(files: dict[str, str]) -> None:
    """`9999-12-31` is what people write for an open end."""
    assert "a" in compiled(files).company.teams
