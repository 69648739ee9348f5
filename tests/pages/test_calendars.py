"""What calendars hold: the days of a cycle for everybody, and for a team those on which it is to be heard."""

from typing import Final

import pytest

from okrsite.pages.plan import plan_site
from okrsite.pages.views import CalendarView
from tests.companies import CHECKIN, OKRS, TEAM, compile_files

WEEKLY: Final = "---\nname: Acme\n---\n"
FILES: Final = {
    "teams/acme/team.md": WEEKLY,
    "teams/acme/2026-Q4/okrs.md": OKRS,
    "teams/acme/2026-Q4/checkins/2026-11-06.md": CHECKIN,
    "teams/acme/2026-Q4/checkins/2026-11-13.md": CHECKIN,
}


def _calendar(
    path: str, files: dict[str, str] = FILES, *, settings: str = "", today: str = "2026-11-22"
) -> CalendarView:
    plan = plan_site(compile_files(files, settings=settings, today=today))
    (view,) = (page.present() for page in plan.pages if page.path == path)
    assert isinstance(view, CalendarView)
    return view


def _days(view: CalendarView) -> list[tuple[str, str, str]]:
    return [(str(one.first), str(one.last), one.title) for one in view.appointments]


def test_a_cycles_calendar_has_its_beginning_its_middle_its_end_and_the_look_back() -> None:
    assert _days(_calendar("2026-Q4/calendar.ics")) == [
        ("2026-10-01", "2026-10-01", "2026-Q4 begins"),
        ("2026-10-15", "2026-10-15", "2026-Q4: last day to settle promises; from tomorrow a change is shown"),
        ("2026-11-09", "2026-11-15", "2026-Q4: mid-cycle review"),
        ("2026-12-31", "2026-12-31", "2026-Q4 ends"),
        ("2027-01-01", "2027-01-21", "Looking back at 2026-Q4: last readings and retrospectives"),
    ]


def test_days_that_the_settings_move_move_in_the_calendar() -> None:
    days = _days(_calendar("2026-Q4/calendar.ics", settings="opening_days = 30\nclosing_days = 0\n"))
    assert [first for first, _, _ in days] == ["2026-10-01", "2026-10-31", "2026-11-09", "2026-12-31"]


def test_the_sites_calendar_holds_every_cycle_that_is_not_over() -> None:
    files = {
        **FILES,
        "cycles/2027-Q1.md": "",
        "cycles/2026-Q1.md": "",
        "cycles/2026-Q3.md": "---\ntitle: Summer\n---\n",
    }
    titles = [title for _, _, title in _days(_calendar("calendar.ics", files))]
    assert {name for name in ("2026-Q1", "Summer", "2026-Q4", "2027-Q1") if f"{name} begins" in titles} == {
        "2026-Q4",
        "2027-Q1",
    }
    late = [title for _, _, title in _days(_calendar("calendar.ics", files, today="2031-01-01"))]
    assert "2027-Q1 ends" in late
    assert len(late) == 5


def test_a_teams_calendar_has_the_check_ins_that_were_and_those_that_are_due() -> None:
    days = _days(_calendar("teams/acme/calendar.ics"))
    assert days[:4] == [
        ("2026-11-06", "2026-11-06", "Acme: check-in, week 6 of 2026-Q4"),
        ("2026-11-09", "2026-11-15", "Acme: mid-cycle review of 2026-Q4"),
        ("2026-11-13", "2026-11-13", "Acme: check-in, week 7 of 2026-Q4"),
        ("2026-11-20", "2026-11-20", "Acme: check-in due, week 8 of 2026-Q4"),
    ]
    assert [first for first, _, title in days if "due" in title] == [
        *("2026-11-20", "2026-11-27", "2026-12-04", "2026-12-11", "2026-12-18", "2026-12-25"),
    ]
    assert days[-1] == ("2027-01-01", "2027-01-21", "Acme looks back at 2026-Q4")


@pytest.mark.parametrize(
    ("cadence", "due"),
    [
        ("fortnightly", ["2026-11-27", "2026-12-11", "2026-12-25"]),
        ("monthly", ["2026-12-13"]),
    ],
)
def test_what_is_due_follows_the_teams_cadence(cadence: str, due: list[str]) -> None:
    files = {**FILES, "teams/acme/team.md": f"---\nname: Acme\ncadence: {cadence}\n---\n"}
    assert [first for first, _, title in _days(_calendar("teams/acme/calendar.ics", files)) if "due" in title] == due


def test_a_team_that_has_not_been_heard_is_due_from_the_cycles_start_on() -> None:
    files = {place: text for place, text in FILES.items() if "checkins" not in place}
    due = [first for first, _, title in _days(_calendar("teams/acme/calendar.ics", files)) if "due" in title]
    assert due[:2] == ["2026-10-08", "2026-10-15"]
    assert len(due) == 13


def test_a_check_in_that_comes_on_another_day_moves_the_one_that_was_due() -> None:
    before = {one.title: one for one in _calendar("teams/acme/calendar.ics").appointments}
    files = {**FILES, "teams/acme/2026-Q4/checkins/2026-11-22.md": CHECKIN}
    after = {one.title: one for one in _calendar("teams/acme/calendar.ics", files).appointments}
    due, came = before["Acme: check-in due, week 8 of 2026-Q4"], after["Acme: check-in, week 8 of 2026-Q4"]
    assert (due.id, str(came.first)) == (came.id, "2026-11-22")


def test_a_team_that_has_closed_keeps_the_calendar_of_its_last_cycle() -> None:
    days = _days(_calendar("teams/acme/calendar.ics", today="2028-01-01"))
    assert days[0][0] == "2026-11-06"


def test_names_stay_whatever_the_words_and_no_two_are_the_same() -> None:
    before = [one.id for one in _calendar("teams/acme/calendar.ics").appointments]
    named = {**FILES, "teams/acme/team.md": "---\nname: Apex\n---\n", "cycles/2026-Q4.md": "---\ntitle: Autumn\n---\n"}
    assert [one.id for one in _calendar("teams/acme/calendar.ics", named).appointments] == before
    company = [one.id for one in _calendar("2026-Q4/calendar.ics").appointments]
    assert len({*before, *company}) == len(before) + len(company)


def test_a_calendar_links_only_to_whole_addresses() -> None:
    assert {one.href for one in _calendar("teams/acme/calendar.ics").appointments} == {""}
    far = _calendar("teams/acme/calendar.ics", settings='base_url = "https://okrs.example"\n').appointments
    assert far[0].href == "https://okrs.example/teams/acme/2026-Q4/index.html#on-2026-11-06"


def test_where_there_is_no_cycle_there_is_no_calendar() -> None:
    paths = {page.path for page in plan_site(compile_files({"teams/acme/team.md": TEAM})).pages}
    assert not [path for path in paths if path.endswith(".ics")]


@pytest.mark.parametrize("today", ["2026-11-14", "2026-11-22", "2026-12-31"])
def test_a_calendar_says_the_same_on_every_day_of_the_cycle(today: str) -> None:
    for path in ("calendar.ics", "2026-Q4/calendar.ics", "teams/acme/calendar.ics"):
        assert _calendar(path, today=today) == _calendar(path, today="2026-11-20")
