"""What each page shows, as values. A view holds what its page needs and nothing else; it never holds the company."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from okrsite.core.text import Html
from okrsite.pages.chrome_parts import Chrome
from okrsite.pages.company_parts import BasisView, DroppedView, SharesView, SpreadView, StandView, StepView
from okrsite.pages.feed_parts import Appointment, FeedEntry
from okrsite.pages.parts import (
    Around,
    BetView,
    CheckInView,
    Fact,
    Generation,
    GoalpostView,
    KeyResultView,
    LessonView,
    Link,
    Moved,
    NeedView,
    Node,
    ObjectiveCard,
    ObjectiveLine,
    QuestionView,
    Reason,
    RiskView,
    ScoreView,
    SectionView,
    TeamNode,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleView:
    template: ClassVar[str] = "cycle.html"
    chrome: Chrome
    heading: Html
    mission: Html
    letter: Html
    is_home: bool
    name: Html
    start: date
    end: date
    state: Html
    ruler: Html
    """The weeks of the cycle, as a chart."""
    raised_count: int
    theme: Html
    body: Html
    company: tuple[ObjectiveCard, ...]
    company_link: Link | None
    raised: tuple[RiskView, ...]
    teams: tuple[tuple[Link, int, tuple[ObjectiveLine, ...]], ...]
    """Each team with the number of its objectives, and with these themselves unless there are too many of all."""
    listed: bool
    links: tuple[Link, ...]
    others: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    template: ClassVar[str] = "map.html"
    chrome: Chrome
    roots: tuple[Node, ...]
    local: tuple[ObjectiveLine, ...]
    sideways: tuple[NeedView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AsksView:
    template: ClassVar[str] = "asks.html"
    chrome: Chrome
    over: bool
    """Whether the cycle is closed."""
    open_risks: tuple[RiskView, ...]
    other_risks: tuple[RiskView, ...]
    open_needs: tuple[NeedView, ...]
    agreed_needs: tuple[NeedView, ...]
    stands: tuple[tuple[Html, bool, tuple[StandView, ...]], ...]
    """Assumptions by how they stand and whether they fail, those that do first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    template: ClassVar[str] = "changes.html"
    chrome: Chrome
    weeks: tuple[tuple[date, tuple[CheckInView, ...]], ...]
    unfolded: int
    """How many of the weeks stand open, the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrosView:
    template: ClassVar[str] = "retros.html"
    chrome: Chrome
    themes: tuple[tuple[Html, tuple[SectionView, ...]], ...]
    teams: tuple[Link, ...]
    missing: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsView:
    template: ClassVar[str] = "teams.html"
    chrome: Chrome
    teams: tuple[TeamNode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamView:
    template: ClassVar[str] = "team.html"
    chrome: Chrome
    name: Html
    mission: Html
    contact: Html
    body: Html
    answers: tuple[tuple[str, Html], ...]
    above: tuple[Link, ...]
    below: tuple[Link, ...]
    history: tuple[tuple[date | None, Link], ...]
    """Since when it stood under which team; None is the start."""
    life: Html
    cycles: tuple[tuple[Link, tuple[ObjectiveLine, ...]], ...]
    extra: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCycleView:
    template: ClassVar[str] = "team-cycle.html"
    chrome: Chrome
    team: Link
    cycle: Link
    mission: Html
    contact: Html
    state: Html
    words_only: bool
    choices: tuple[str, ...]
    """What may be shown alone: where help would matter, what was raised early."""
    objectives: tuple[ObjectiveCard, ...]
    guardrails: tuple[KeyResultView, ...]
    body: Html
    waiting_for: tuple[NeedView, ...]
    waiting_for_us: tuple[NeedView, ...]
    risks: tuple[RiskView, ...]
    bets: tuple[BetView, ...]
    goalposts: tuple[GoalpostView, ...]
    late_on: date | None
    questions: tuple[QuestionView, ...]
    not_doing: tuple[Html, ...]
    answers: tuple[tuple[str, Html], ...]
    retro: Link | None
    checkins: tuple[CheckInView, ...]
    others: tuple[Link, ...]
    extra: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveView:
    template: ClassVar[str] = "objective.html"
    chrome: Chrome
    title: Html
    team: Link
    cycle: Link
    type: str
    status: str
    proposed_by: str
    call: str
    early: bool
    hearing: str
    heard_on: date | None
    silence: Html
    """That nobody has ever written about it."""
    because: Html
    replaced_by: Html
    why: Html
    note: Html
    story: Html
    story_heading: Html
    reasons: tuple[Reason, ...]
    more: str
    """Where the rest of a chain is that is too long for the page."""
    unclear: bool
    """Whether it names something above it that cannot be found."""
    mission: Html
    facts: tuple[Fact, ...]
    explain: tuple[Html, ...]
    words_only: bool
    key_results: tuple[KeyResultView, ...]
    around: Around
    serves: tuple[Html, ...]
    initiatives: tuple[Html, ...]
    contacts: tuple[Html, ...]
    lineage: tuple[Generation, ...]
    """The chain that it is a part of, in order of time; empty when it is alone."""
    moved: Moved
    since: date | None
    answers: tuple[tuple[str, Html], ...]
    score: ScoreView | None
    checkins: tuple[CheckInView, ...]
    extra: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetroView:
    template: ClassVar[str] = "retro.html"
    chrome: Chrome
    team: Link
    cycle: Link
    scores: tuple[tuple[ObjectiveLine, ScoreView | None, tuple[KeyResultView, ...]], ...]
    words_only: bool
    bets: tuple[BetView, ...]
    lessons: tuple[LessonView, ...]
    body: Html
    answers: tuple[tuple[str, Html], ...]
    extra: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonsView:
    template: ClassVar[str] = "lessons.html"
    chrome: Chrome
    title: str
    cycles: tuple[tuple[Html, tuple[LessonView, ...]], ...]
    pages: tuple[Link, ...]
    """The page of each cycle, the newest first; none on those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedPageView:
    template: ClassVar[str] = "dropped.html"
    chrome: Chrome
    cycles: tuple[tuple[Html, tuple[DroppedView, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsView:
    template: ClassVar[str] = "questions.html"
    chrome: Chrome
    open: tuple[QuestionView, ...]
    answered: tuple[QuestionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePageView:
    template: ClassVar[str] = "page.html"
    chrome: Chrome
    title: Html
    body: Html
    extra: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideView:
    template: ClassVar[str] = "guide.html"
    chrome: Chrome
    bullet: Html
    burn_up: Html
    sparkline: Html
    score: Html
    weeks: Html
    calls: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalpostsView:
    template: ClassVar[str] = "goalposts.html"
    chrome: Chrome
    title: str
    opening: int | None
    """The days from a cycle's start on in which it may still be written: what changes then has not moved.

    None where they differ from cycle to cycle.
    """
    goalposts: tuple[GoalpostView, ...]
    """Spelling mended and all, the latest first."""
    cycles: tuple[Link, ...]
    """The page of each cycle, the newest first; none on those."""
    known: bool
    """Whether there is a repository that remembers."""
    since: date | None
    """Where its memory begins, if that is not the beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationView:
    template: ClassVar[str] = "calibration.html"
    chrome: Chrome
    cycles: tuple[Html, ...]
    """The names of the closed cycles."""
    minimum: tuple[int, int, int]
    """Key results, teams, and key results of one confidence from which on something is shown."""
    forecast: Html
    """Confidence against what happened, as a chart."""
    first: BasisView
    midway: BasisView
    steps: tuple[StepView, ...]
    spreads: tuple[SpreadView, ...]
    ambition: tuple[SharesView, ...]
    ambition_words: tuple[Html, ...]
    """What the parts of each row are called."""
    proposals: tuple[SharesView, ...]
    proposals_words: tuple[Html, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView:
    template: ClassVar[str] = "404.html"
    chrome: Chrome


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView:
    template: ClassVar[str] = "redirect.html"
    title: str
    language: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    template: ClassVar[str] = "search.html"
    chrome: Chrome
    language: str
    """The site's own language, that of what the lists do not mark."""
    months: tuple[str, ...]
    """The names of the months, for the days of check-ins."""
    sources: tuple[tuple[str, bool], ...]
    """The addresses of the lists that are searched, each with whether it belongs to the present."""
    cycles: tuple[Link, ...]
    teams: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedView:
    template: ClassVar[str] = "feed.xml"
    language: str
    id: str
    title: str
    site: str
    updated: date
    own: str
    """The feed's own address."""
    page: str
    """The page of which it tells."""
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """A calendar; its form is laid down to the letter, so that no template has a say in it."""

    template: ClassVar[str] = ""
    language: str
    title: str
    appointments: tuple[Appointment, ...]


AnyView = (
    SearchView
    | CycleView
    | MapView
    | AsksView
    | ChangesView
    | RetrosView
    | TeamsView
    | TeamView
    | TeamCycleView
    | ObjectiveView
    | RetroView
    | LessonsView
    | DroppedPageView
    | QuestionsView
    | FreePageView
    | GuideView
    | GoalpostsView
    | CalibrationView
    | NotFoundView
    | RedirectView
    | FeedView
    | CalendarView
)


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site: its path and what it shows."""

    path: str
    view: AnyView
