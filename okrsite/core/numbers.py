"""The arithmetic of OKRs, exact, and the one place where it is rounded.

Everything here takes and returns fractions, dates and words; nothing knows files, pages or the clock.
Progress is arithmetic on a metric, confidence a team's opinion, score the closing judgement: they never mix.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

ZERO, ONE = Fraction(0), Fraction(1)
EARLY_SHARE = Fraction(6, 10)
"""A risk first said in this share of its cycle is one that was raised early."""
GRACE_DAYS = 3
"""Days after a due date before silence is mentioned."""
TOO_EARLY = Fraction(1, 5)
IN_STEP = Fraction(10, 100)
BEHIND = Fraction(25, 100)


class ObjectiveType(StrEnum):
    """What a team promises with an objective."""

    ASPIRATIONAL = "aspirational"
    COMMITTED = "committed"
    LEARNING = "learning"


class Cadence(StrEnum):
    """How often a team checks in."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class Pace(StrEnum):
    """How progress compares with an even pace: a guide, never a status."""

    TOO_EARLY = "too early"
    IN_STEP = "in step"
    BEHIND = "behind"
    WELL_BEHIND = "well behind"


class Call(StrEnum):
    """The word for a stated confidence."""

    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OFF_TRACK = "off track"
    NOT_HEARD = "not heard"


class Hearing(StrEnum):
    """How long a team has been silent about an objective."""

    HEARD = "heard"
    NOT_YET = "not heard yet"
    QUIET = "quiet"
    LONG_QUIET = "long quiet"


class Band(StrEnum):
    """How a score, shown to one decimal, reads."""

    LITTLE = "little movement"
    REAL = "real progress"
    DELIVERED = "delivered"


def clamp(value: Fraction) -> Fraction:
    """The value kept between 0 and 1."""
    return ZERO if value.numerator <= 0 else ONE if value.numerator >= value.denominator else value


def raw_progress(baseline: Fraction, target: Fraction, current: Fraction) -> Fraction:
    """The way gone from baseline to target, 1 at the target; works rising and falling. Needs target != baseline."""
    return (current - baseline) / (target - baseline)


def relative_target(baseline: Fraction, change_percent: Fraction) -> Fraction:
    """The target that lies `change_percent` (say -20) above or below the baseline."""
    return baseline * (1 + change_percent / 100)


def milestone_share(steps: Iterable[tuple[Fraction, bool]]) -> Fraction:
    """Weight reached over weight in all, of (weight, reached) pairs with a positive sum of weights."""
    pairs = tuple(steps)
    return sum((w for w, reached in pairs if reached), ZERO) / sum((w for w, _ in pairs), ZERO)


def weighted_mean(values: Iterable[tuple[Fraction, Fraction]]) -> Fraction | None:
    """The mean of (weight, value) pairs, or None when nothing carries weight."""
    pairs = tuple(values)
    total = sum((w for w, _ in pairs), ZERO)
    return sum((w * v for w, v in pairs), ZERO) / total if total else None


# --- guardrails -----------------------------------------------------------------------------------------------


class Period(StrEnum):
    """What is known of one period of a guardrail."""

    KEPT = "kept"
    OUTSIDE = "outside"
    NOT_HEARD = "not heard"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Periods:
    """A guardrail's periods from its cycle's start on, in order."""

    states: tuple[Period, ...]

    @property
    def kept(self) -> int:
        return self.states.count(Period.KEPT)

    @property
    def outside(self) -> int:
        return self.states.count(Period.OUTSIDE)

    @property
    def not_heard(self) -> int:
        return self.states.count(Period.NOT_HEARD)

    @property
    def share(self) -> Fraction | None:
        """Kept periods over heard ones; None when none was heard."""
        heard = self.kept + self.outside
        return Fraction(self.kept, heard) if heard else None

    @property
    def closing_score(self) -> Fraction | None:
        """The default score once the cycle has closed: none when fewer than half the due periods were heard."""
        heard = self.kept + self.outside
        return self.share if 2 * heard >= heard + self.not_heard else None


def inside(value: Fraction, low: Fraction | None, high: Fraction | None) -> bool:
    """Whether a value lies within its limits, which belong to the range."""
    return (low is None or value >= low) and (high is None or value <= high)


def advance(start: date, cadence: Cadence, steps: int) -> date:
    """The day that lies `steps` cadences after `start`; a month's last day stands in for a day it lacks."""
    if cadence is not Cadence.MONTHLY:
        return start + timedelta(days=(7 if cadence is Cadence.WEEKLY else 14) * steps)
    year, month = divmod(start.year * 12 + start.month - 1 + steps, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def count_periods(
    readings: Sequence[tuple[date, bool]], start: date, end: date, cadence: Cadence, today: date
) -> Periods:
    """The periods of a guardrail from `start` to `end`, of its readings (day, inside the limits) in date order.

    The last reading in a period counts for it; one made after `end` counts for the last period. A period without
    a reading is *not heard* from three days after its end on, *pending* until then.
    """
    states = []
    step, first = 0, start
    while first <= end:
        step += 1
        following = advance(start, cadence, step)
        last = min(following - timedelta(days=1), end)
        until = date.max if last == end else last
        said = [kept for day, kept in readings if first <= day <= until]
        if said:
            states.append(Period.KEPT if said[-1] else Period.OUTSIDE)
        else:
            states.append(Period.NOT_HEARD if today >= last + timedelta(days=GRACE_DAYS) else Period.PENDING)
        first = following
    return Periods(tuple(states))


# --- pace, confidence, silence ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PaceFigures:
    """An even pace beside the progress made: shares of the way, and the word for the gap."""

    elapsed: Fraction
    expected: Fraction
    gap: Fraction
    word: Pace


AIM = {ObjectiveType.COMMITTED: ONE, ObjectiveType.ASPIRATIONAL: Fraction(7, 10)}
"""Where an even pace ends, by type; a learning objective has none."""


def elapsed_share(at: date, start: date, end: date) -> Fraction:
    """The share of the time from `start` to `end` that has passed at a day."""
    gone, whole = (at - start).days, max(1, (end - start).days)
    return ZERO if gone <= 0 else ONE if gone >= whole else Fraction(gone, whole)


def compute_pace(progress: Fraction, kind: ObjectiveType, at: date, start: date, end: date) -> PaceFigures | None:
    """The pace of a progress read on day `at`; None for a learning objective."""
    aim = AIM.get(kind)
    if aim is None:
        return None
    elapsed = elapsed_share(at, start, end)
    expected = aim * elapsed
    gap = expected - progress
    if elapsed < TOO_EARLY:
        word = Pace.TOO_EARLY
    elif gap <= IN_STEP:
        word = Pace.IN_STEP
    else:
        word = Pace.BEHIND if gap <= BEHIND else Pace.WELL_BEHIND
    return PaceFigures(elapsed, expected, gap, word)


def call(confidence: int | None) -> Call:
    """The word for a confidence from 0 to 10."""
    if confidence is None:
        return Call.NOT_HEARD
    if confidence >= 7:
        return Call.ON_TRACK
    return Call.AT_RISK if confidence >= 4 else Call.OFF_TRACK


def word_and_pace_differ(confidence: int | None, pace: Pace | None) -> bool:
    """Whether the team's word and the pace disagree widely: the interesting case."""
    if confidence is None:
        return False
    return (confidence >= 7 and pace is Pace.WELL_BEHIND) or (confidence <= 3 and pace is Pace.IN_STEP)


def hearing(mentioned: date | None, start: date, cadence: Cadence, today: date) -> Hearing:
    """How silent a team is about an objective that was last mentioned on a day, or never since `start`."""
    since = mentioned or start
    if today >= advance(since, cadence, 3):
        return Hearing.LONG_QUIET
    if today >= advance(since, cadence, 1) + timedelta(days=GRACE_DAYS):
        return Hearing.QUIET
    return Hearing.HEARD if mentioned else Hearing.NOT_YET


def band(score: Fraction) -> Band:
    """How a score reads, decided on the one decimal that is shown."""
    tenths = round_half_up(score, 1) * 10
    if tenths <= 3:
        return Band.LITTLE
    return Band.REAL if tenths <= 6 else Band.DELIVERED


# --- rounding, for display and export only ----------------------------------------------------------------------


def round_half_up(value: Fraction, places: int) -> Fraction:
    """The value rounded to decimal places, halves away from zero."""
    whole = _rounded(abs(value.numerator), value.denominator, places)
    return Fraction(whole if value.numerator >= 0 else -whole, 10**places)


def fixed(value: Fraction, places: int) -> str:
    """The value rounded half up, with exactly that many decimals."""
    return _fixed(value.numerator, value.denominator, places)


def plain(value: Fraction, places: int = 6) -> str:
    """The value rounded half up, without trailing zeros."""
    return plain_ratio(value.numerator, value.denominator, places)


def plain_ratio(numerator: int, denominator: int, places: int) -> str:
    """A ratio, in whatever terms, rounded half up, without trailing zeros; the denominator is above zero."""
    text = _fixed(numerator, denominator, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _fixed(numerator: int, denominator: int, places: int) -> str:
    whole = _rounded(abs(numerator), denominator, places)
    digits = str(whole).rjust(places + 1, "0")
    sign = "-" if whole and numerator < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def _rounded(numerator: int, denominator: int, places: int) -> int:
    """A ratio that is not negative, counted in units of its last decimal place and rounded half up."""
    scale: int = 10**places
    return (2 * numerator * scale + denominator) // (2 * denominator)
