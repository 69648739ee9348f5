"""The figures of objectives and key results: values computed from what was written, each with what it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from okrsite.core.numbers import Call, Hearing, Pace, PaceFigures, Periods, call, raw_progress
from okrsite.core.quantity import Quantity
from okrsite.core.text import Text


class Reading(NamedTuple):
    """What one check-in said about a key result; `share` is the part reached where the value is no number."""

    on: date
    path: str
    typed: str
    """The value as the team wrote it, '' when only a confidence or a note was given."""
    quantity: Quantity | None = None
    share: Fraction | None = None
    reached: tuple[str, ...] = ()
    """Ids of the milestones reached."""
    confidence: int | None = None
    note: Text | None = None
    source: str = ""

    @property
    def has_value(self) -> bool:
        return self.quantity is not None or self.share is not None


@dataclass(frozen=True, slots=True)
class Score:
    """A closing judgement: the team's own where it gave one, else the computed default."""

    stated: Fraction | None
    computed: Fraction | None

    @property
    def shown(self) -> Fraction | None:
        return self.computed if self.stated is None else self.stated


@dataclass(frozen=True, slots=True)
class KeyResultFigures:
    """All that is computed for one key result; progress, confidence and score never mix."""

    readings: tuple[Reading, ...]
    latest: Reading | None
    """The last reading with a value."""
    target: Quantity | None
    """A metric's target; computed from the baseline when it was given as a change."""
    baseline: Quantity | None
    goal: Fraction | None
    """The target's exact number, which the target's words may round."""
    start: date
    end: date
    """The days between which an even pace leads from nothing to all."""
    raw: Fraction | None
    progress: Fraction | None
    periods: Periods | None
    inside: bool | None
    """Whether a guardrail's latest reading lies within its limits."""
    pace: PaceFigures | None
    pace_word: Pace | None
    """The word for the pace; *too early* without a reading, None where pace is no question."""
    confidence: int | None
    confidence_on: date | None
    differ: bool
    """Whether the team's word and the pace disagree widely."""
    score: Score
    by_promise: Fraction | None = None
    """The score by the promise as it stood when the cycle opened, where it has been changed since."""

    @property
    def call(self) -> Call:
        return call(self.confidence)


def way(baseline: Quantity | None, goal: Fraction | None, reading: Reading) -> Fraction | None:
    """The share of the way at one reading, beyond 0 and 1 where the value is; None where there is no way."""
    if baseline is None or goal is None or reading.quantity is None:
        return reading.share
    return None if goal == baseline.exact else raw_progress(baseline.exact, goal, reading.quantity.exact)


@dataclass(frozen=True, slots=True)
class ObjectiveFigures:
    """All that is computed for one objective."""

    progress: Fraction | None
    counted: int
    """Key results with progress, of the `countable` ones that could have it."""
    countable: int
    confidence: int | None
    confidence_on: date | None
    confidence_of: str
    """The key result whose confidence is shown, '' when the team stated the objective's own."""
    hearing: Hearing
    heard_on: date | None
    score: Score
    by_promise: Fraction | None = None
    """The score by the promise as it stood when the cycle opened, where it has been changed since."""

    @property
    def call(self) -> Call:
        return call(self.confidence)


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures by full reference."""

    objectives: Mapping[str, ObjectiveFigures]
    key_results: Mapping[str, KeyResultFigures]
