"""Cycles: the periods that names stand for, how they nest, and which one is current."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from okrsite.core.numbers import EARLY_SHARE, elapsed_share
from okrsite.core.text import EMPTY_BODY, Body, Text

YEARS = range(1900, 2200)
"""The years that dates may lie in; so no arithmetic with them leaves the calendar."""
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_CALENDAR = re.compile(r"(?P<year>[0-9]{4})(?:-(?:(?P<part>[HTQ])(?P<number>[1-4])|(?P<month>0[1-9]|1[0-2])))?")
_FISCAL = re.compile(r"FY(?P<year>[0-9]{2}|[0-9]{4})(?:-(?P<part>[HTQ])(?P<number>[1-4]))?")
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4}) ?(?P<sign>[-./_年 ]) ?(?P<month>\d{1,2}) ?(?:(?P=sign)|月) ?(?P<day>\d{1,2})日?"
)
_YEAR_LAST = re.compile(r"(?P<one>\d{1,2})(?P<sign>[-./_]) ?(?P<two>\d{1,2})(?P=sign) ?(?P<year>\d{4})")
_IN_WORDS = re.compile(
    r"(?:(?P<before>\d{1,2})(?:st|nd|rd|th|\.)? )?(?P<month>[a-z]{3,9})\.?,? (?:(?P<after>\d{1,2})(?:st|nd|rd|th)?,? )?"
    r"(?P<year>\d{4})"
)
_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_OTHER_CYCLE = re.compile(
    r"(?P<before>[HTQ][0-9]{1,2})?[-_/ ]?(?P<year>(?:FY)?[0-9]{4}|FY[0-9]{2})[-_/ ]?(?P<after>[HTQ][0-9]{1,2})?"
)
RESERVED = frozenset({"teams", "pages", "assets"})
"""Folders of the site, which no cycle may be named after."""

MAX_DAYS = 3_660
"""Days a cycle may last: ten years."""

_MONTHS = {"H": 6, "T": 4, "Q": 3}
_PART_NAMES = {"H": "half", "T": "third", "Q": "quarter"}


@dataclass(frozen=True, slots=True)
class Cycle:
    """A period for which objectives are set; `parent` is the shortest longer cycle around it, or ''."""

    id: str
    start: date
    end: date
    opened: date
    """The last day on which its promises may still be settled; a change after it is one that moves them."""
    closes: date
    """The last day on which a reading still counts."""
    parent: str = ""
    title: Text | None = None
    theme: Text | None = None
    body: Body = EMPTY_BODY

    def contains(self, day: date) -> bool:
        """Whether a day lies in the cycle; its first and last day do."""
        return self.start <= day <= self.end

    def elapsed(self, day: date) -> Fraction:
        """The share of its time that has passed at a day."""
        return elapsed_share(day, self.start, self.end)

    def is_early(self, day: date) -> bool:
        """Whether a day lies in its first 60 %."""
        return self.elapsed(day) <= EARLY_SHARE

    @property
    def opening_days(self) -> int:
        """The days after its start in which its promises may still be settled."""
        return (self.opened - self.start).days

    @property
    def days(self) -> int:
        """Its length in days, both ends counted."""
        return (self.end - self.start).days + 1

    def closed(self, today: date) -> bool:
        """Whether nothing can be added any more."""
        return today > self.closes


def period(name: str, fiscal_year_start: int) -> tuple[date, date] | None:
    """First and last day of the period a name stands for (`2026-Q4`, `FY27-H1`), or None for a name of its own."""
    if found := _CALENDAR.fullmatch(name):
        year, first = int(found["year"]), 1
        if found["month"]:
            return _months(year, int(found["month"]), 1) if year in YEARS else None
    elif found := _FISCAL.fullmatch(name):
        year, first = int(found["year"]), fiscal_year_start
        year += 2000 if year < 100 else 0
        year -= 0 if first == 1 else 1  # named for the year in which it ends
    else:
        return None
    if year not in YEARS:
        return None
    if not found["part"]:
        return _months(year, first, 12)
    length, number = _MONTHS[found["part"]], int(found["number"])
    if length * number > 12:
        return None
    return _months(year, first + length * (number - 1), length)


def following(name: str) -> str:
    """The next period of the same kind (`2026-Q4` to `2027-Q1`), or '' for a name of its own."""
    found = _CALENDAR.fullmatch(name) or _FISCAL.fullmatch(name)
    if not found:
        return ""
    parts = found.groupdict()
    month, part, year = parts.get("month"), parts["part"], parts["year"]
    number = int(month or parts["number"] or 1) + 1
    if number > (12 if month else 12 // _MONTHS[part] if part else 1):
        number, year = 1, f"{int(year) + 1:0{len(year)}}"
    tail = f"-{number:02}" if month else f"-{part}{number}" if part else ""
    after = f"{name[: found.start('year')]}{year}{tail}"
    return after if period(after, 1) else ""


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last = month + count - 1
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, month, 1), date(end_year, end_month, monthrange(end_year, end_month)[1])


def parent_of(start: date, end: date, others: Iterable[tuple[str, date, date]]) -> str:
    """The shortest of the cycles (id, start, end) that is longer than a period and holds it, or ''."""
    days = (end - start).days
    around = [(e - s, id_) for id_, s, e in others if s <= start and end <= e and (e - s).days > days]
    return min(around)[1] if around else ""


def enclosing(cycle: str, cycles: Mapping[str, Cycle]) -> tuple[str, ...]:
    """A cycle and those that hold it, shortest first; they need not hold each other."""
    inner = cycles.get(cycle)
    if inner is None:
        return ()
    around = [c for c in cycles.values() if c.start <= inner.start and inner.end <= c.end and c.days > inner.days]
    return (cycle, *(c.id for c in sorted(around, key=lambda c: (c.days, c.id))))


def current_cycle(cycles: Sequence[Cycle], today: date) -> Cycle | None:
    """The shortest cycle that holds today, else the one that started last, else the first to come."""
    around = [cycle for cycle in cycles if cycle.contains(today)]
    if around:
        return min(around, key=lambda cycle: (cycle.days, -cycle.start.toordinal(), cycle.id))
    started = [cycle for cycle in cycles if cycle.start <= today]
    if started:
        return max(started, key=lambda cycle: (cycle.start, -cycle.days, cycle.id))
    return min(cycles, key=lambda cycle: (cycle.start, cycle.days, cycle.id), default=None)


def opening_day(start: date, opening_days: int) -> date:
    """The last day on which the promises of a cycle that starts on a day may still be settled."""
    return start + timedelta(days=opening_days)


def closing_day(end: date, closing_days: int) -> date:
    """The last day on which a reading of a cycle that ends on a day still counts."""
    return end + timedelta(days=closing_days)


def parse_date(text: str) -> date | None:
    """The day a text states as YYYY-MM-DD."""
    found = _DATE.fullmatch(text.strip())
    if not found or not text.isascii():
        return None
    if int(found[1]) not in YEARS:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def likely_date(text: str) -> str:
    """The day, as it must be written, that a text states in another way; '' when it may be more than one."""
    typed = unicodedata.normalize("NFKC", text.strip()).lower()
    year, month, day = _year_first(typed) or _year_last(typed) or _in_words(typed) or ("", 0, 0)
    iso = f"{year}-{month:02}-{day:02}"
    return iso if parse_date(iso) else ""


def _year_first(typed: str) -> tuple[str, int, int] | None:
    found = _YEAR_FIRST.fullmatch(typed)
    return (found["year"], int(found["month"]), int(found["day"])) if found else None


def _year_last(typed: str) -> tuple[str, int, int] | None:
    """`23.11.2026` and `11/23/2026`, of which only one number may be a month."""
    found = _YEAR_LAST.fullmatch(typed)
    if not found:
        return None
    low, high = sorted((int(found["one"]), int(found["two"])))
    return (found["year"], low, high) if high > 12 or low == high else None


def _in_words(typed: str) -> tuple[str, int, int] | None:
    """`10 Dec 2026` and `December 10th, 2026`."""
    found = _IN_WORDS.fullmatch(typed)
    if not found or bool(found["before"]) == bool(found["after"]):
        return None
    return found["year"], month_of(found["month"]), int(found["before"] or found["after"])


def month_of(word: str) -> int:
    """The number of a month that is named by its English name or three letters of it at least; else 0."""
    typed = word.strip().lower()
    return next((n for n, name in enumerate(_MONTH_NAMES, 1) if len(typed) > 2 and name.startswith(typed)), 0)


def likely_cycle(text: str) -> str:
    """The name of the period that a text states in another way, such as `Q4 2026`; '' when there is none."""
    stated = _stated(text)
    return stated if stated != text and period(stated, 1) else ""


def cycle_hint(text: str) -> str:
    """What to write for a name that stands for no period and looks like a part of a year; '' for all others."""
    likely, (part, number) = likely_cycle(text), _part(_stated(text))
    if likely or not part or 1 <= number <= 12 // _MONTHS[part]:
        return likely and f"write `{likely}`"
    return f"a {_PART_NAMES[part]} is one of {part}1 to {part}{12 // _MONTHS[part]}"


def _part(name: str) -> tuple[str, int]:
    """Which part of a year a name is of: its kind and its number."""
    part = name.rpartition("-")[2]
    return part[:1], int(part[1:] or 0)


def _stated(text: str) -> str:
    """The year and the part of it that a text names, as a cycle is named; they may be of no period."""
    found = _OTHER_CYCLE.fullmatch(text.strip().upper())
    part = (found["before"] or found["after"]) if found and not (found["before"] and found["after"]) else ""
    return f"{found['year']}-{part}" if found and part else ""
