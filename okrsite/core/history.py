"""What a repository remembers of a company's promises, as values: nothing here asks git."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from okrsite.core.model import Measure, Status
from okrsite.core.text import Text


class What(StrEnum):
    """What of an objective, a key result or an observation was changed."""

    TARGET = "target"
    BASELINE = "baseline"
    DIRECTION = "direction"
    LIMIT = "limit"
    MILESTONES = "milestones"
    MEASURE = "measure"
    WEIGHT = "weight"
    DUE = "due"
    TYPE = "type"
    WORDING = "wording"
    WHY = "why"
    ADDED = "added"
    DROPPED = "dropped"
    PAUSED = "paused"
    RESUMED = "resumed"
    REMOVED = "removed"
    MOVED = "moved"
    RENAMED = "renamed"
    SUPPORTS = "supports"
    NEED = "need"
    ASSUMPTION = "assumption"
    VALUE = "value"
    READING = "reading"
    CONFIDENCE = "confidence"
    SCORE = "score"
    WORDS = "words"
    WITHDRAWN = "withdrawn"
    RISK = "risk"


class Terms(NamedTuple):
    """What of a key result decides its score."""

    measure: Measure
    weight: Decimal
    status: Status


class Change(NamedTuple):
    """One change of meaning: of what, from what, to what; texts as they were typed, '' for nothing."""

    ref: str
    """The objective or key result, in full, as it was called after the change; or `team/cycle/day`, a check-in."""
    what: What
    before: str = ""
    after: str = ""
    minor: bool = False
    """Whether it is mere spelling."""
    because: Text | None = None
    """What its team said of it in the same commit."""
    was: Terms | None = None
    """The terms on which a key result stood before."""


class Recorded(NamedTuple):
    """A change with the commit that brought it to the main line: its day is the committer's, in UTC."""

    change: Change
    path: str
    on: date
    by: date
    """The latest day of that commit and all before it: a clock that was wrong may have put it before its parent."""
    commit: str
    message: str
    """What the commit says, without names, '' when a program wrote it."""


class Touch(NamedTuple):
    """The last commit that changed something."""

    on: date
    commit: str


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a repository's past, up to one commit."""

    head: str = ""
    """The commit; '' without a repository."""
    complete: bool = True
    """Whether the repository reaches back to its beginning; a shallow clone does not."""
    since: date | None = None
    """The day of the oldest commit that is known."""
    latest: date | None = None
    """The latest day of any commit that is known."""
    recorded: tuple[Recorded, ...] = ()
    """In the order of the main line."""
    files: Mapping[str, Touch] = field(default_factory=dict)
    """The last change of each content file that is there, by path."""
    first: Mapping[str, date] = field(default_factory=dict)
    """The day on which each objective was first committed, by the full reference that it has now."""
    touched: Mapping[str, date] = field(default_factory=dict)
    """The day on which anything of each objective was last changed, likewise."""
    late: Mapping[str, date] = field(default_factory=dict)
    """When check-ins came that came more than a week after their own day, by path; so did risks into one, by `path#id`.

    Of what the oldest known commit holds nobody knows since when it was there.
    """
    opening: tuple[tuple[date, int], ...] = ()
    """What the settings said of `opening_days`, and from which day on, in the order of time."""
    was: Mapping[int, Terms] = field(default_factory=dict)
    """The terms on which key results stood before a change, by its place in `recorded`, which does not repeat them."""


NO_HISTORY = History()
