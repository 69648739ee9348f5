"""What each kind of content file says, as frozen values: entries. Nothing here is resolved or computed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from okrsite.core.numbers import Cadence, ObjectiveType
from okrsite.core.quantity import Quantity
from okrsite.core.refs import Ref
from okrsite.core.source import Span
from okrsite.core.text import EMPTY_BODY, Body, Leading, Text

Extra = Mapping[str, object]
"""A company's own fields: text, lists and mappings of text, as typed."""


class Status(StrEnum):
    """Where an objective or key result stands in its life; not how well it does."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    DROPPED = "dropped"

    @property
    def counts(self) -> bool:
        """Whether it counts towards progress and scores."""
        return self not in (Status.DRAFT, Status.DROPPED)

    @property
    def rests(self) -> bool:
        """Whether nobody works on it, so that what was last said of it is no news."""
        return self in (Status.PAUSED, Status.DROPPED)


class ProposedBy(StrEnum):
    """Who proposed an objective."""

    TEAM = "team"
    LEADERSHIP = "leadership"
    TOGETHER = "together"


class RiskKind(StrEnum):
    """What a risk is made of."""

    RESOURCE = "resource"
    DEPENDENCY = "dependency"
    CLARITY = "clarity"
    PRIORITY = "priority"
    EXTERNAL = "external"


class RiskState(StrEnum):
    """How a risk stands in one check-in."""

    OPEN = "open"
    HELPED = "helped"
    RESOLVED = "resolved"
    HAPPENED = "happened"


class AssumptionState(StrEnum):
    """Whether an assumption still holds."""

    HOLDS = "holds"
    SHAKY = "shaky"
    BROKEN = "broken"


class Next(StrEnum):
    """What a retrospective decides about an objective."""

    KEEP = "keep"
    CHANGE = "change"
    DROP = "drop"
    DONE = "done"


# --- measures: the kinds of key result ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Metric:
    """A number on its way from a baseline to a target; `change` is a target in percent of the baseline."""

    kind: ClassVar[str] = "metric"
    baseline: Quantity | None
    target: Quantity | None
    change: Quantity | None


@dataclass(frozen=True, slots=True)
class Guardrail:
    """A number to be kept within limits, which belong to the range."""

    kind: ClassVar[str] = "guardrail"
    low: Quantity | None
    high: Quantity | None


@dataclass(frozen=True, slots=True)
class Milestone:
    id: str
    title: Text
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Milestones:
    """Steps to be reached, each with its weight."""

    kind: ClassVar[str] = "milestones"
    steps: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class DeliverBy:
    """Something done by a day, or not."""

    kind: ClassVar[str] = "deliver_by"
    by: date


@dataclass(frozen=True, slots=True)
class FindBaseline:
    """A number that nobody has yet."""

    kind: ClassVar[str] = "find_baseline"


@dataclass(frozen=True, slots=True)
class Judged:
    """A result that the team judges by hand; `target` is what it said it would be."""

    kind: ClassVar[str] = "judged"
    target: Text | None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A measure that was meant and cannot be read; it has been reported, and nothing is computed from it."""

    kind: str


Measure = Unreadable | Metric | Guardrail | Milestones | DeliverBy | FindBaseline | Judged


# --- okrs.md ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Need:
    """One line of `depends_on`: from whom, and what."""

    source: Ref
    need: Text | None


@dataclass(frozen=True, slots=True)
class Provision:
    """One line of `provides`: to whom, and by when."""

    to: Ref
    by: date | None


@dataclass(frozen=True, slots=True)
class Amendment:
    """A promise that moved: when, what, why."""

    on: date | None
    what: Text | None
    because: Text | None


@dataclass(frozen=True, slots=True)
class Assumption:
    id: str
    text: Text
    span: Span


@dataclass(frozen=True, slots=True)
class Answer:
    """What a team answers to a piece of advice: its code, and why the team does otherwise."""

    code: str
    reason: Text
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What objectives and key results share."""

    id: str
    span: Span
    title: Text
    status: Status = Status.ACTIVE
    because: Text | None = None
    note: Text | None = None
    replaced_by: Text | None = None
    contacts: tuple[Text, ...] = ()
    supports: tuple[Ref, ...] = ()
    depends_on: tuple[Need, ...] = ()
    initiatives: tuple[Text, ...] = ()
    since: date | None = None
    ignore: tuple[Answer, ...] = ()
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResultEntry(Commitment):
    """A key result as its okrs.md states it."""

    measure: Measure
    weight: Decimal = Decimal(1)
    due: date | None = None
    source: str = ""
    cadence: Cadence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveEntry(Commitment):
    """An objective as its okrs.md states it."""

    type: ObjectiveType = ObjectiveType.ASPIRATIONAL
    proposed_by: ProposedBy | None = None
    why: Text | None = None
    key_results: tuple[KeyResultEntry, ...] = ()
    provides: tuple[Provision, ...] = ()
    shared_with: tuple[Ref, ...] = ()
    serves: tuple[Text, ...] = ()
    assumes: tuple[Assumption, ...] = ()
    carried_from: tuple[Ref, ...] = ()
    moved_from: Ref | None = None
    moved_to: Ref | None = None
    learned_from: tuple[Ref, ...] = ()
    reaffirmed: date | None = None
    amendments: tuple[Amendment, ...] = ()


# --- check-ins, questions, retrospectives -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadingEntry:
    """What one check-in says about one objective or key result; `value` is still as typed, also where none belongs."""

    about: Ref
    value: str | tuple[str, ...] | None
    value_span: Span
    confidence: int | None
    note: Text | None
    source: str


@dataclass(frozen=True, slots=True)
class RiskEntry:
    id: str
    span: Span
    about: Ref | None
    what: Text | None
    needs: tuple[Ref, ...]
    kind: RiskKind | None
    state: RiskState
    helped_by: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class AssumptionEntry:
    id: str
    span: Span
    state: AssumptionState
    note: Text | None


@dataclass(frozen=True, slots=True)
class ScoreEntry:
    about: Ref
    score: Decimal | None
    because: Text | None
    next: Next | None
    views: tuple[tuple[Ref, Text], ...]


@dataclass(frozen=True, slots=True)
class LessonEntry:
    id: str
    span: Span
    text: Text


# --- files --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What every parsed file carries: where it is, whose it is, its body, and the links in its texts."""

    path: str
    team: str = ""
    cycle: str = ""
    body: Body = EMPTY_BODY
    marks: tuple[Leading, ...] = ()
    languages: tuple[tuple[str, Span], ...] = ()
    broken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationFile(File):
    """A body in another language, beside its file."""

    of: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionFile(File):
    mission: Text | None = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleFile(File):
    title: Text | None = None
    start: date | None = None
    end: date | None = None
    theme: Text | None = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFile(File):
    slug: str
    title: Text | None = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFile(File):
    name: Text | None = None
    parents: tuple[tuple[str, str, Span], ...] = ()
    """(cycle, team, place): the team above from that cycle on; a single parent has the cycle ''."""
    mission: Text | None = None
    contact: Text | None = None
    aliases: tuple[tuple[str, Span], ...] = ()
    since: tuple[str, Span] | None = None
    until: tuple[str, Span] | None = None
    cadence: Cadence = Cadence.WEEKLY
    words_only: bool = False
    ignore: tuple[Answer, ...] = ()
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OkrsFile(File):
    objectives: tuple[ObjectiveEntry, ...] = ()
    guardrails: tuple[KeyResultEntry, ...] = ()
    not_doing: tuple[Text, ...] = ()
    ignore: tuple[Answer, ...] = ()
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInFile(File):
    on: date
    readings: tuple[ReadingEntry, ...] = ()
    risks: tuple[RiskEntry, ...] = ()
    assumptions: tuple[AssumptionEntry, ...] = ()
    review: str = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFile(File):
    slug: str
    about: Ref | None = None
    asked_on: date | None = None
    asked_by: Ref | None = None
    answered_on: date | None = None
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetroFile(File):
    scores: tuple[ScoreEntry, ...] = ()
    lessons: tuple[LessonEntry, ...] = ()
    ignore: tuple[Answer, ...] = ()
    extra: Extra = field(default_factory=dict)


AnyFile = (
    MissionFile | CycleFile | PageFile | TeamFile | OkrsFile | CheckInFile | QuestionFile | RetroFile | TranslationFile
)
