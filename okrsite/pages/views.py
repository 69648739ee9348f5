"""What each page shows, as values. A view holds what its page needs and nothing else; it never holds the company."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from okrsite.core.text import Html
from okrsite.pages.parts import (
    AmendmentView,
    Around,
    BetView,
    CheckInView,
    Chrome,
    Fact,
    KeyResultView,
    LessonView,
    Link,
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
    name: str
    start: date | None
    end: date | None
    state: str
    ruler: Html
    """The weeks of the cycle, as a chart."""
    raised_count: int
    theme: Html
    body: Html
    company: tuple[ObjectiveCard, ...]
    company_link: Link | None
    raised: tuple[RiskView, ...]
    teams: tuple[tuple[Link, tuple[ObjectiveLine, ...]], ...]
    links: tuple[Link, ...]
    others: tuple[Link, ...]
    has_retros: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    template: ClassVar[str] = "map.html"
    chrome: Chrome
    cycle: str
    roots: tuple[Node, ...]
    local: tuple[ObjectiveLine, ...]
    sideways: tuple[NeedView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AsksView:
    template: ClassVar[str] = "asks.html"
    chrome: Chrome
    cycle: str
    open_risks: tuple[RiskView, ...]
    other_risks: tuple[RiskView, ...]
    open_needs: tuple[NeedView, ...]
    agreed_needs: tuple[NeedView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    template: ClassVar[str] = "changes.html"
    chrome: Chrome
    cycle: str
    weeks: tuple[tuple[date, tuple[CheckInView, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrosView:
    template: ClassVar[str] = "retros.html"
    chrome: Chrome
    cycle: str
    themes: tuple[tuple[str, tuple[SectionView, ...]], ...]
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
    history: tuple[tuple[str, Link | None], ...]
    life: str
    cycles: tuple[tuple[Link, tuple[ObjectiveLine, ...]], ...]
    extra: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCycleView:
    template: ClassVar[str] = "team-cycle.html"
    chrome: Chrome
    team: Link
    name: Html
    cycle: Link
    cycle_name: str
    mission: Html
    contact: Html
    state: str
    words_only: bool
    objectives: tuple[ObjectiveCard, ...]
    guardrails: tuple[KeyResultView, ...]
    body: Html
    waiting_for: tuple[NeedView, ...]
    waiting_for_us: tuple[NeedView, ...]
    risks: tuple[RiskView, ...]
    bets: tuple[BetView, ...]
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
    lineage: tuple[tuple[str, Link], ...]
    amendments: tuple[tuple[date | None, Html, Html], ...]
    reaffirmed: date | None
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
    lessons: tuple[LessonView, ...]
    body: Html
    answers: tuple[tuple[str, Html], ...]
    extra: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonsView:
    template: ClassVar[str] = "lessons.html"
    chrome: Chrome
    cycles: tuple[tuple[str, tuple[LessonView, ...]], ...]


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
    amendments: tuple[AmendmentView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationView:
    template: ClassVar[str] = "calibration.html"
    chrome: Chrome
    closed: int
    """How many cycles have closed."""


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
    sources: tuple[tuple[str, bool], ...]
    """The addresses of the lists that are searched, each with whether it belongs to the present."""
    cycles: tuple[Link, ...]
    teams: tuple[Link, ...]


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
    | QuestionsView
    | FreePageView
    | GuideView
    | GoalpostsView
    | CalibrationView
    | NotFoundView
    | RedirectView
)


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site: its path and what it shows."""

    path: str
    view: AnyView
