"""A calendar to bytes, in the form of RFC 5545."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from okrsite.pages.feed_parts import Appointment
from okrsite.pages.views import CalendarView

MAX_OCTETS: Final = 75
"""Bytes of a line, its end not counted."""

_NOT_IN_A_LINE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Characters that end a line, or that no text of a calendar may hold."""


def format_calendar(view: CalendarView) -> bytes:
    """The finished file; whatever a title holds, it stays within its own line."""
    return b"".join(_folded(line) for line in _lines(view))


def _lines(view: CalendarView) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//okrsite//okrsite//{view.language.upper()}"
    yield "CALSCALE:GREGORIAN"
    yield f"NAME:{_text(view.title)}"
    yield f"X-WR-CALNAME:{_text(view.title)}"  # what programs read that are older than RFC 7986
    for appointment in view.appointments:
        yield from _event(appointment)
    yield "END:VCALENDAR"


def _event(appointment: Appointment) -> Iterator[str]:
    """An event of whole days, which keeps nobody from accepting another; its stamp is its own day, not the clock's."""
    yield "BEGIN:VEVENT"
    yield f"UID:{appointment.id}"
    yield f"DTSTAMP:{_day(appointment.first)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(appointment.first)}"
    yield f"DTEND;VALUE=DATE:{_day(appointment.last + timedelta(days=1))}"  # the first day after it
    yield f"SUMMARY:{_text(appointment.title)}"
    if appointment.href:
        yield f"URL:{appointment.href}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(on: date) -> str:
    return f"{on:%Y%m%d}"


def _text(words: str) -> str:
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A line with its end, broken where it would grow too long, never inside a character."""
    parts, rest = list[bytes](), _NOT_IN_A_LINE.sub("", line).encode("utf-8")
    while len(rest) > MAX_OCTETS - bool(parts):  # a line that goes on begins with a space
        cut = MAX_OCTETS - bool(parts)
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        parts.append(rest[:cut])
        rest = rest[cut:]
    return b"\r\n ".join([*parts, rest]) + b"\r\n"
