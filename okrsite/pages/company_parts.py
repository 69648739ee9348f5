"""What pages on the whole company are made of, as values: its forecasts, what it stands on, what it let go."""

from dataclasses import dataclass
from datetime import date

from okrsite.core.text import Html
from okrsite.pages.parts import GoalpostView, Link


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

    cycle: Html
    """Nothing for all closed cycles together."""
    chart: Html
    basis: BasisView
    parts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class StandView:
    """An assumption, what stands on it, and what its team did when it did not hold."""

    text: Link
    objective: Link
    team: Link
    on: date | None
    """When it was last mentioned."""
    note: Html
    ended: tuple[tuple[Link, str, Html], ...]
    """What of it was paused or dropped, with the word for that and the reason."""
    changes: tuple[GoalpostView, ...]
    """What else of the promise was changed since."""
    reaffirmed: date | None


@dataclass(frozen=True, slots=True)
class DroppedView:
    """An objective that was let go: why, and what came in its place."""

    link: Link
    team: Link
    because: Html
    replaced_by: Html
    carried_on: tuple[Link, ...]
