"""What feeds and calendars are made of, as values."""

from dataclasses import dataclass
from datetime import date

from okrsite.core.text import Html
from okrsite.pages.parts import Link


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a team said among others: about what, a word for it, and the words."""

    about: Link
    word: Html
    text: Html


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed; `kind` is what happened, `team` who said it."""

    id: str
    title: str
    kind: str
    on: date
    href: str
    team: str
    text: Html
    about: Link | None
    asks: tuple[Link, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry of a calendar: whole days, from the first to the last."""

    id: str
    first: date
    last: date
    title: str
    href: str
    """An address on the web, or '' where the site has none."""
