"""What pages are made of, as values: an objective in a list, a key result, a risk, a reading."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from okrsite.core.text import Html


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; without an address they are only words."""

    words: Html
    href: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value; `figure` names an outcome figure, '' is no figure."""

    label: Html
    words: Html | str
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone."""

    title: Html
    reached: bool


@dataclass(frozen=True, slots=True)
class ReadingView:
    """What one check-in said about one thing."""

    on: date
    href: str
    about: Link | None
    value: Html
    confidence: str
    call: str
    note: Html
    source: Link | None


@dataclass(frozen=True, slots=True)
class NeedView:
    """Who waits for whom."""

    asker: Link
    asker_team: Link
    provider: Link
    provider_team: Link
    need: Html
    agreed: bool
    by: date | None
    late: bool
    """Whether the day by which it was agreed has passed."""
    over: bool
    """Whether its cycle is closed, so that nobody waits any more."""
    asked_on: date | None
    cycle: str = ""


@dataclass(frozen=True, slots=True)
class RiskView:
    anchor: str
    what: Html
    team: Link
    about: Link | None
    raised_on: date
    dated: date | None
    """The day that the check-in says in which it was raised, where that is another one."""
    early: bool
    needs: tuple[Link, ...]
    kind: str
    state: str
    helped_by: tuple[Link, ...]
    notice: Html
    """How long before its outcome it was said, in words."""
    mentions: tuple["MentionView", ...]
    """All that was said of it, in order of time; nothing where it is told in brief."""


@dataclass(frozen=True, slots=True)
class MentionView:
    """What one check-in said of a risk."""

    on: date
    href: str
    state: str
    what: Html
    """Its words, where they are news."""
    needs: tuple[Link, ...]
    """Whom it asks, where that is news."""
    helped_by: tuple[Link, ...]
    """Who helped, where that is news."""


@dataclass(frozen=True, slots=True)
class BetView:
    """An assumption and how it stands."""

    anchor: str
    text: Html
    about: Link | None
    """The objective that stands on it, where that does not go without saying."""
    state: str
    said: tuple[tuple[date, str, Html], ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    anchor: str
    question: Html
    answer: Html
    about: Link | None
    team: Link
    asked_by: Link | None
    asked_on: date | None
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class ScoreView:
    """A closing score: never without its type and the team's sentence."""

    score: str
    ruler: Html
    """The score on a line from nothing to all."""
    computed: str
    by_promise: str
    """By the numbers and the promise as it stood when the cycle opened, where that differs from the present promise."""
    band: str
    reads: Html
    because: Html
    next: str
    views: tuple[tuple[Link, Html], ...]


@dataclass(frozen=True, slots=True)
class KeyResultView:
    id: str
    anchor: str
    title: Html
    href: str
    kind: Html
    status: str
    because: Html
    note: Html
    replaced_by: Html
    now: Fact | None
    """The last value, or that there is none; in full it is among the other facts."""
    aim: Html
    """What was promised, briefly; in full it is among the facts."""
    facts: tuple[Fact, ...]
    bullet: Html
    """How far it is on its way, as a chart."""
    history: Html
    """Its readings over the cycle, as a chart; only in full."""
    spark: Html
    """The team's confidence over the cycle, as a chart; only in full."""
    steps: tuple[Step, ...]
    periods: tuple[str, ...]
    call: str
    differ: bool
    explain: tuple[Html, ...]
    score: ScoreView | None
    source: Link | None
    supports: tuple[Link, ...]
    supported_by: tuple[tuple[Link, Link], ...]
    initiatives: tuple[Html, ...]
    contacts: tuple[Html, ...]
    answers: tuple[tuple[str, Html], ...]
    readings: tuple[ReadingView, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the chain of why."""

    link: Link
    team: Link | None
    through: tuple[Html, ...]
    """The key results of it that are supported further down."""
    apart: bool
    """Whether the next step leans not on this one, but on others."""


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """An objective in a list that may hold several teams': words and a link, no figure."""

    link: Link
    team: Link | None
    call: str
    type: str
    status: str


@dataclass(frozen=True, slots=True)
class ObjectiveCard:
    """An objective with its key results, where only one team's are shown."""

    line: ObjectiveLine
    because: Html
    """Why it is a draft, paused or dropped."""
    supports: tuple[Link, ...]
    hearing: str
    heard_on: date | None
    silence: Html
    """That nobody has ever written about it."""
    key_results: tuple[KeyResultView, ...]
    progress: tuple[Fact, ...]
    carried_by: tuple[Link, ...]
    score: ScoreView | None
    words_only: bool
    help: bool
    """Whether help would matter: its team doubts, or waits for somebody."""
    early: bool
    """Whether something about it was raised early."""


@dataclass(frozen=True, slots=True)
class Node:
    """A branch of the cascade; `also` is set where the objective is opened out under another parent."""

    line: ObjectiveLine
    through: Html
    children: tuple["Node", ...]
    also: bool


@dataclass(frozen=True, slots=True)
class CheckInView:
    anchor: str
    on: date
    written: date | None
    """When it came, where that was long after its day."""
    review: str
    week: int
    readings: tuple[ReadingView, ...]
    risks: tuple[tuple[Html, str, str], ...]
    """(what, state, anchor)."""
    assumptions: tuple[tuple[str, str, Html], ...]
    body: Html
    href: str = ""
    team: Link | None = None


@dataclass(frozen=True, slots=True)
class LessonView:
    anchor: str
    text: Html
    team: Link
    cycle: Html
    used_by: tuple[tuple[Link, Link, Html], ...]
    """(objective, team, cycle)."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One objective of a chain that was carried from cycle to cycle, or handed from team to team."""

    link: Link
    team: Link
    cycle: Html
    status: str
    here: bool
    """Whether it is the page's own."""
    how: str
    """How it came there: *carried over*, *handed over*, or '' for what a chain begins with."""
    after: tuple[Link, ...]
    """What it came from, where that is not the one just before it."""


class Telling(NamedTuple):
    """What is told of a change on every page of a language; things and teams as their words, page and anchor."""

    told: Html
    message: Html
    """What the commit says, where the team says nothing."""
    commit: Link
    about: tuple[Html, str, str]
    """Without a page when it is no longer there."""
    team: tuple[Html, str, str]
    cycle: Html


class PlaceView(NamedTuple):
    """A team's part of a cycle."""

    team: Link
    cycle: Html


@dataclass(frozen=True, slots=True)
class GoalpostView:
    """A promise that moved: what is told of it, and why; signed by its team."""

    on: date | None
    told: Html
    minor: bool
    """Whether it is mere spelling."""
    reason: Html
    """What the team says, else what the commit does."""
    commit: Link | None
    about: Link
    place: PlaceView | None
    """Whose it is and when, where the page does not say so by itself."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of an objective's promise."""

    goalposts: tuple[GoalpostView, ...]
    reasons: tuple[GoalpostView, ...]
    """What changed above it since its team last touched it."""
    late_on: date | None
    """The day of the team's first promise for the cycle, where that was after its opening days."""
    reaffirmed: date | None


@dataclass(frozen=True, slots=True)
class SectionView:
    """A part of a body, collected across teams under a common heading."""

    team: Link | None
    heading: Html
    html: Html


@dataclass(frozen=True, slots=True)
class TeamNode:
    link: Link
    mission: Html
    former: bool
    children: tuple["TeamNode", ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds an objective."""

    supported_by: tuple[ObjectiveLine, ...]
    needs: tuple[NeedView, ...]
    provides: tuple[NeedView, ...]
    shared_with: tuple[tuple[Link, bool], ...]
    learned_from: tuple[LessonView, ...]
    risks: tuple[RiskView, ...]
    bets: tuple[BetView, ...]
    questions: tuple[QuestionView, ...]
