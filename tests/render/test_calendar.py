"""Calendars as bytes: lines, folding and escaping as RFC 5545 has them, whatever a title holds."""

from datetime import date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as some
from icalendar import Calendar

from okrsite.pages.feed_parts import Appointment
from okrsite.pages.views import CalendarView
from okrsite.render.calendar import MAX_OCTETS, format_calendar

DAY: Final = date(2026, 11, 22)


def _formatted(title: str, *, href: str = "", calendar: str = "Calendar") -> bytes:
    appointment = Appointment("1b4e28ba-2fa1-81d2-883f-0016d3cca427", DAY, date(2026, 11, 24), title, href)
    return format_calendar(CalendarView(language="en", title=calendar, appointments=(appointment,)))


def _unfolded(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")


def test_an_appointment_is_an_event_of_whole_days_stamped_with_its_own() -> None:
    assert _unfolded(_formatted("Review", href="https://okrs.example/#on")) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//okrsite//okrsite//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Calendar",
        "X-WR-CALNAME:Calendar",
        "BEGIN:VEVENT",
        "UID:1b4e28ba-2fa1-81d2-883f-0016d3cca427",
        "DTSTAMP:20261122T000000Z",
        "DTSTART;VALUE=DATE:20261122",
        "DTEND;VALUE=DATE:20261125",
        "SUMMARY:Review",
        "URL:https://okrs.example/#on",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize("filler", ["x", "é", "苏", "🚲", "x苏", "é🚲x"])
def test_no_line_is_too_long_and_no_character_is_cut_in_two(filler: str) -> None:
    title = filler * 120
    data = _formatted(title)
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= MAX_OCTETS
    assert len(lines) > 16
    for line in lines:
        line.decode("utf-8")
    assert f"SUMMARY:{title}" in _unfolded(data)


@pytest.mark.parametrize("length", range(60, 75))
def test_a_line_is_folded_exactly_where_it_would_be_too_long(length: int) -> None:
    data = _formatted("x" * length)
    fits = length + len("SUMMARY:") <= MAX_OCTETS
    assert (b"\r\n x" not in data) == fits


HOSTILE: Final = [
    "one\r\nBEGIN:VEVENT\r\nSUMMARY:two",
    "one\nATTACH:https://evil.example/x",
    "one\rX-EVIL:1",
    "\x85X-EVIL:1",
    "\u2028X-EVIL:1\u2029X-EVIL:2",
    "a\\nb;c,d\\",
    "\x00\x07\x1b[31m",
    "\ud800",
    "END:VCALENDAR",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_leaves_its_line(title: str) -> None:
    data = _formatted(title, calendar=title)
    names = [line.partition(":")[0].partition(";")[0] for line in _unfolded(data)]
    usual = [line.partition(":")[0].partition(";")[0] for line in _unfolded(_formatted("Review"))]
    assert names == usual
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "TRANSP"}


def test_no_address_leaves_its_line() -> None:
    names = [line.partition(":")[0] for line in _unfolded(_formatted("Review", href="https://x.example/\r\nX-EVIL:1"))]
    assert "X-EVIL" not in names


@given(some.text(alphabet=some.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1))
def test_every_title_comes_back_as_it_was(title: str) -> None:
    (event,) = Calendar.from_ical(_formatted(title)).walk("VEVENT")
    assert str(event["SUMMARY"]) == title
