"""The linked company: every file's value in its place, every reference resolved. Nothing here is computed.

Things are named by their full reference, `team/cycle/objective#key-result`; a team by `@team`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from okrsite.core.cycles import Cycle
from okrsite.core.grouping import grouped, inverse
from okrsite.core.history import History
from okrsite.core.model import (
    Answer,
    AnyFile,
    AssumptionEntry,
    AssumptionState,
    CheckInFile,
    Extra,
    KeyResultEntry,
    LessonEntry,
    MissionFile,
    ObjectiveEntry,
    PageFile,
    QuestionFile,
    RetroFile,
    RiskEntry,
    RiskState,
    ScoreEntry,
    TranslationFile,
)
from okrsite.core.numbers import Cadence
from okrsite.core.pictures import Picture
from okrsite.core.refs import cycle_of, objective_of
from okrsite.core.settings import Settings
from okrsite.core.text import EMPTY_BODY, Body, Section, Text


@dataclass(frozen=True, slots=True)
class Team:
    """A team; `parents` are (first day, team above) pairs in order of time."""

    id: str
    name: Text
    parents: tuple[tuple[date, str], ...] = ()
    mission: Text | None = None
    contact: Text | None = None
    aliases: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    first_day: date = date.min
    last_day: date = date.max
    cadence: Cadence = Cadence.WEEKLY
    words_only: bool = False
    body: Body = EMPTY_BODY
    path: str = ""
    ignore: tuple[Answer, ...] = ()
    extra: Extra | None = None

    def parent(self, day: date) -> str:
        """The team above on a day, or ''."""
        begun = [team for number, (first, team) in enumerate(self.parents) if first <= day or not number]
        return begun[-1] if begun else ""


@dataclass(frozen=True, slots=True)
class Dependency:
    """One team's work waiting for another's: who asks, whom, for what, and whether it was acknowledged."""

    asker: str
    provider: str
    """An objective, a key result or a `@team`."""
    need: Text | None
    agreed: bool
    by: date | None
    asked_on: date | None
    """The day on which it was first asked; None where no repository remembers."""


@dataclass(frozen=True, slots=True)
class KeyResult:
    """A key result in its place; a team's guardrail has `team/cycle/guardrails` for its objective."""

    ref: str
    objective: str
    entry: KeyResultEntry
    supports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective in its place, with everything that its file says it leans on."""

    ref: str
    team: str
    cycle: str
    path: str
    entry: ObjectiveEntry
    key_results: tuple[KeyResult, ...]
    supports: tuple[str, ...] = ()
    shared_with: tuple[tuple[str, bool], ...] = ()
    """(team, agreed) pairs."""
    carried_from: tuple[str, ...] = ()
    moved_from: str = ""
    moved_to: str = ""
    learned_from: tuple[str, ...] = ()
    story: Section | None = None

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def refs(self) -> tuple[str, ...]:
        """Its own reference, then those of its key results."""
        return (self.ref, *(kr.ref for kr in self.key_results))

    @property
    def leans_on(self) -> tuple[str, ...]:
        """What it or a key result of it supports, each once."""
        return tuple(dict.fromkeys((*self.supports, *(ref for kr in self.key_results for ref in kr.supports))))


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk from first mention to outcome: (day, what was said) in order of time."""

    ref: str
    about: str
    mentions: tuple[tuple[date, RiskEntry], ...]
    needs: tuple[str, ...]
    """The teams that were last asked for help."""
    helped_by: tuple[str, ...]
    """All teams that helped, in the order in which they were named."""
    raised_on: date
    """The day from which it could be read: its first check-in's own, or when that came much later."""

    @property
    def state(self) -> RiskState:
        """How it stood when last mentioned."""
        return self.mentions[-1][1].state

    @property
    def outcome(self) -> tuple[RiskState, date] | None:
        """What it came to, and when: it happened, or was resolved and stayed so; None while neither is said."""
        for on, entry in self.mentions:
            if entry.state is RiskState.HAPPENED:
                return RiskState.HAPPENED, on
        if self.state is not RiskState.RESOLVED:
            return None
        unresolved = (n for n, (_, entry) in enumerate(self.mentions) if entry.state is not RiskState.RESOLVED)
        return RiskState.RESOLVED, self.mentions[max(unresolved, default=-1) + 1][0]

    @property
    def what(self) -> Text | None:
        """What it is, as last described."""
        return next((entry.what for _, entry in reversed(self.mentions) if entry.what), None)

    @property
    def kind(self) -> str:
        return next((str(entry.kind) for _, entry in reversed(self.mentions) if entry.kind), "")


@dataclass(frozen=True, slots=True)
class Bet:
    """An assumption an objective stands on, and what was said of it since."""

    ref: str
    objective: str
    text: Text
    states: tuple[tuple[date, AssumptionEntry], ...]

    @property
    def state(self) -> AssumptionState | None:
        """How it stood when last mentioned; None when it never was."""
        return self.states[-1][1].state if self.states else None

    @property
    def broken_since(self) -> date | None:
        """The day since which it has been said to be broken; None while it is not."""
        since = None
        for on, entry in self.states:
            since = (since or on) if entry.state is AssumptionState.BROKEN else None
        return since

    @property
    def failing_since(self) -> date | None:
        """The day since which it has been said to be shaky or broken; None while it holds."""
        since = None
        for on, entry in self.states:
            since = None if entry.state is AssumptionState.HOLDS else since or on
        return since


@dataclass(frozen=True, slots=True)
class Question:
    """A question about an objective or key result."""

    ref: str
    about: str
    file: QuestionFile


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson and the objectives that used it."""

    ref: str
    entry: LessonEntry
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retrospective:
    """A retrospective; scores by full reference."""

    file: RetroFile
    scores: Mapping[str, ScoreEntry]
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class TeamCycle:
    """All that one team wrote for one cycle, in the order of its files."""

    team: str
    cycle: str
    objectives: tuple[Objective, ...] = ()
    guardrails: tuple[KeyResult, ...] = ()
    not_doing: tuple[Text, ...] = ()
    ignore: tuple[Answer, ...] = ()
    body: Body = EMPTY_BODY
    checkins: tuple[CheckInFile, ...] = ()
    """In order of time; only those that count today."""
    late: Mapping[str, date] = field(default_factory=dict)
    """When check-ins came that came more than one cadence after their own day, by path."""
    risks: tuple[Risk, ...] = ()
    bets: tuple[Bet, ...] = ()
    questions: tuple[Question, ...] = ()
    retro: Retrospective | None = None
    paths: tuple[str, ...] = ()
    broken: bool = False
    """Whether its okrs.md cannot be read, so that its objectives are unknown."""
    extra: Extra | None = None

    @property
    def okrs(self) -> str:
        """The path of its okrs.md, or ''."""
        return next((path for path in self.paths if path.endswith("/okrs.md")), "")

    @property
    def key_results(self) -> tuple[KeyResult, ...]:
        """The key results of all objectives, in order."""
        return tuple(kr for objective in self.objectives for kr in objective.key_results)


@dataclass(frozen=True)
class Company:
    """Everything that was written, linked."""

    settings: Settings
    today: date
    mission: MissionFile | None
    pages: tuple[PageFile, ...]
    cycles: Mapping[str, Cycle]
    """By id, in order of time; of two that start together the longer first."""
    current: str
    teams: Mapping[str, Team]
    """By id, in the organisation's order: a team before those below it, siblings by name of folder."""
    root: str
    """The team whose objectives are the company's, or ''."""
    team_cycles: Mapping[tuple[str, str], TeamCycle]
    dependencies: tuple[Dependency, ...]
    supported_by: Mapping[str, tuple[str, ...]]
    """What leans on an objective or key result: full references in order of content."""
    places: Mapping[str, str]
    """The kind of everything that a reference can name, by full reference."""
    links: Mapping[tuple[str, str, str], str]
    """What texts name: references, (text, team, cycle) to full reference; files, (address, path, '') to path."""
    translations: Mapping[str, tuple[TranslationFile, ...]]
    redirects: Mapping[str, str]
    """Teams by their old ids."""
    shown: Mapping[str, AnyFile]
    """The content files that have a place on the site, by path."""
    pictures: Mapping[str, Picture]
    """The pictures that texts show, by path."""
    history: History
    folder: str
    """Where the project lies in its repository; '' is its root."""
    as_of: date | None
    """The day as of which the content stands, where another time than now was asked for."""

    @cached_property
    def objectives(self) -> Mapping[str, Objective]:
        """Every objective by full reference, in order of content."""
        return {o.ref: o for tc in self.team_cycles.values() for o in tc.objectives}

    @cached_property
    def key_results(self) -> Mapping[str, KeyResult]:
        """Every key result and guardrail by full reference."""
        return {kr.ref: kr for tc in self.team_cycles.values() for kr in (*tc.key_results, *tc.guardrails)}

    @cached_property
    def lessons(self) -> Mapping[str, Lesson]:
        """Every lesson by full reference."""
        return {x.ref: x for tc in self.team_cycles.values() if tc.retro for x in tc.retro.lessons}

    @cached_property
    def lessons_in(self) -> Mapping[str, tuple[str, ...]]:
        """The lessons of each cycle that has any."""
        return inverse((ref, cycle_of(ref)) for ref in self.lessons)

    @cached_property
    def risks(self) -> Mapping[str, Risk]:
        """Every risk by full reference."""
        return {x.ref: x for tc in self.team_cycles.values() for x in tc.risks}

    @cached_property
    def bets(self) -> Mapping[str, Bet]:
        """Every assumption by full reference."""
        return {x.ref: x for tc in self.team_cycles.values() for x in tc.bets}

    @cached_property
    def day(self) -> date:
        """The day whose organisation is shown: the first of the current cycle, or today."""
        current = self.cycles.get(self.current)
        return current.start if current else self.today

    @cached_property
    def open_cycles(self) -> tuple[str, ...]:
        """The cycles that have begun and may still be written for; when there is none, the current one."""
        found = tuple(c.id for c in self.cycles.values() if c.start <= self.today <= c.closes)
        return found or ((self.current,) if self.current else ())

    @cached_property
    def below(self) -> Mapping[str, tuple[str, ...]]:
        """The teams directly below each team, and below '' those at the top, as the organisation is shown."""
        return inverse((team.id, team.parent(self.day)) for team in self.teams.values())

    @cached_property
    def carried_on(self) -> Mapping[str, tuple[str, ...]]:
        """The objectives that carry on each objective."""
        return inverse((o.ref, before) for o in self.objectives.values() for before in o.carried_from)

    @cached_property
    def handed_on(self) -> Mapping[str, tuple[str, ...]]:
        """Where each objective was handed to, as either side says."""
        return inverse((to, source) for source, to in self._handovers)

    @cached_property
    def handed_from(self) -> Mapping[str, tuple[str, ...]]:
        """Where each objective was handed over from, as either side says."""
        return inverse(self._handovers)

    @cached_property
    def _handovers(self) -> tuple[tuple[str, str], ...]:
        every = self.objectives.values()
        given = [(o.ref, o.moved_to) for o in every if o.moved_to]
        return tuple(dict.fromkeys((*given, *((o.moved_from, o.ref) for o in every if o.moved_from))))

    @cached_property
    def needs(self) -> Mapping[str, tuple[Dependency, ...]]:
        """What each objective, with its key results, waits for."""
        return grouped((objective_of(d.asker), d) for d in self.dependencies)

    @cached_property
    def needed(self) -> Mapping[str, tuple[Dependency, ...]]:
        """Who waits for each objective, with its key results, or for each `@team`."""
        return grouped((objective_of(d.provider), d) for d in self.dependencies)

    @cached_property
    def mentioned(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """What the references in the prose of each team's cycle name."""
        found: dict[tuple[str, str], set[str]] = {}
        for (_, team, cycle), target in self.links.items():
            found.setdefault((team, cycle), set()).add(target)
        return {place: frozenset(targets) for place, targets in found.items()}

    @cached_property
    def parts_in(self) -> Mapping[str, tuple[TeamCycle, ...]]:
        """Every team's part of each cycle, in the organisation's order."""
        return grouped((part.cycle, part) for part in self.team_cycles.values())

    def teams_above(self, team: str, day: date) -> tuple[str, ...]:
        """The teams above a team on a day, the nearest first."""
        chain: list[str] = []
        above = self.teams[team].parent(day)
        while above:
            chain.append(above)
            above = self.teams[above].parent(day)
        return tuple(chain)

    def team_id(self, name: str) -> str:
        """The id of a team by its present or a former one; '' when there is no such team."""
        return id_ if (id_ := self.redirects.get(name, name)) in self.teams else ""

    def cycles_of(self, team: str) -> tuple[TeamCycle, ...]:
        """A team's cycles in order of time."""
        return tuple(self.team_cycles[team, c] for c in self.cycles if (team, c) in self.team_cycles)
