"""What pages on the whole company are made of, as values: its forecasts, what it stands on, what it let go."""

from dataclasses import dataclass
from datetime import date

from okrsite.core.text import Html
from okrsite.pages.parts import Link


@dataclass(frozen=True, slots=True)
class BasisView:
    """What something on the company rests on."""

    size: int
    teams: int


@dataclass(frozen=True, slots=True)
class StepView:
    """One confidence, from 0 to 10, and what came of it: how many, of how many, in percent; None is too few to say."""

    said: int
    first: tuple[int, int, str] | None
    midway: tuple[int, int, str] | None


@dataclass(frozen=True, slots=True)
class SpreadView:
    """How the key results of objectives of a type ended."""

    type: str
    chart: Html
    basis: BasisView
    tenths: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SharesView:
    """A cycle's whole in its parts, each a number of it and in percent."""

    cycle: str
    """'' for all closed cycles together."""
    chart: Html
    basis: BasisView
    parts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What a team said that follows from an assumption that did not hold."""

    words: str
    on: date | None
    what: Link | None
    """The key result or the part of the promise that it is about, if it is about one alone."""
    because: Html


@dataclass(frozen=True, slots=True)
class StandView:
    """An assumption, what stands on it, and what was said when it did not hold."""

    text: Link
    objective: Link
    team: Link
    on: date | None
    """When it was last mentioned."""
    note: Html
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True)
class DroppedView:
    """An objective that was let go: why, and what came in its place."""

    link: Link
    team: Link
    because: Html
    replaced_by: Html
    carried_on: tuple[Link, ...]
