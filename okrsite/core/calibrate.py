"""How the company's forecasts and aims compared with what came of them: closed cycles, all teams together.

Nothing here is kept by team. What rests on too little is not there at all, and neither are teams that publish words
only, whose figures could otherwise be had by taking away everybody else's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from okrsite.core.company import Company, KeyResult, Objective, TeamCycle
from okrsite.core.figures import Figures
from okrsite.core.format import MID_CYCLE
from okrsite.core.model import ProposedBy
from okrsite.core.numbers import ONE, ObjectiveType, round_half_up

MIN_SAMPLE: Final = 30
"""Key results, or objectives, from which on something is shown."""
MIN_TEAMS: Final = 5
MIN_STEP: Final = 5
"""Key results of one confidence from which on their share is shown."""

GOOD: Final = {
    ObjectiveType.ASPIRATIONAL: Fraction(65, 100),
    ObjectiveType.COMMITTED: ONE,
    ObjectiveType.LEARNING: Fraction(1, 2),
}
"""The score from which on a result is a good one, by the type of its objective."""
KEPT: Final = Fraction(9, 10)
"""The same for a guardrail, whatever its objective's type."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What something rests on: how many key results or objectives, of how many teams."""

    size: int
    teams: int

    @property
    def enough(self) -> bool:
        """Whether something may be shown that rests on it."""
        return self.size >= MIN_SAMPLE and self.teams >= MIN_TEAMS


@dataclass(frozen=True, slots=True)
class Step:
    """Of the key results that were given one confidence, from 0 to 10, how many landed a good result."""

    confidence: int
    key_results: int
    good: int

    @property
    def share(self) -> Fraction:
        return Fraction(self.good, self.key_results)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Confidence of one moment against what happened; without steps when it rests on too little."""

    basis: Basis
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How many key results of objectives of a type ended at each tenth, from 0.0 to 1.0."""

    type: ObjectiveType
    basis: Basis
    tenths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ambition:
    """How the key results of a cycle's aspirational objectives ended: short of a good result, at one, in full."""

    cycle: str
    """'' for all closed cycles together."""
    basis: Basis
    short: int
    landed: int
    full: int


@dataclass(frozen=True, slots=True)
class Proposals:
    """Who proposed the objectives of a cycle; `unsaid` are those that do not say."""

    cycle: str
    """'' for all closed cycles together."""
    basis: Basis
    team: int
    together: int
    leadership: int
    unsaid: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the company can know of its own aims and forecasts."""

    cycles: tuple[str, ...]
    """The closed cycles in order of time, of which everything here is."""
    first: Forecast
    """By the first confidence that was stated."""
    midway: Forecast
    """By the confidence in the mid-cycle review."""
    spreads: tuple[Spread, ...]
    ambition: tuple[Ambition, ...]
    proposals: tuple[Proposals, ...]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """One key result whose cycle has closed and that has a score."""

    team: str
    cycle: str
    type: ObjectiveType
    guardrail: bool
    score: Fraction
    first: int | None
    midway: int | None

    @property
    def good(self) -> bool:
        return self.score >= (KEPT if self.guardrail else GOOD[self.type])


def calibrate(company: Company, figures: Figures) -> Calibration:
    """Forecasts and aims of all closed cycles beside their results."""
    closed = tuple(cycle.id for cycle in company.cycles.values() if cycle.closed(company.today))
    counting = tuple(_counting(company, set(closed)))
    outcomes = tuple(_outcomes(counting, figures))
    spreads = (_spread(type_, outcomes) for type_ in ObjectiveType)
    rows = ("", *closed) if len(closed) > 1 else closed
    ambition = (_ambition(cycle, outcomes) for cycle in rows)
    proposals = (_proposals(cycle, [o for _, o in counting if cycle in ("", o.cycle)]) for cycle in rows)
    return Calibration(
        cycles=closed,
        first=_forecast((o.first, o) for o in outcomes),
        midway=_forecast((o.midway, o) for o in outcomes),
        spreads=tuple(spread for spread in spreads if spread.basis.enough),
        ambition=tuple(found for found in ambition if found.basis.enough),
        proposals=tuple(found for found in proposals if found.basis.enough),
    )


def _counting(company: Company, closed: set[str]) -> Iterator[tuple[TeamCycle, Objective]]:
    """The objectives of closed cycles that were kept to their end by the team that had them."""
    for team_cycle in company.team_cycles.values():
        if team_cycle.cycle in closed and not company.teams[team_cycle.team].words_only:
            for objective in team_cycle.objectives:
                if objective.entry.status.counts and not objective.moved_to:
                    yield team_cycle, objective


def _outcomes(counting: Iterable[tuple[TeamCycle, Objective]], figures: Figures) -> Iterator[_Outcome]:
    for team_cycle, objective in counting:
        reviews = {c.path for c in team_cycle.checkins if c.review == MID_CYCLE}
        for kr in objective.key_results:
            score = figures.key_results[kr.ref].score.shown
            if kr.entry.status.counts and score is not None:
                yield _outcome(kr, objective, score, reviews, figures)


def _outcome(kr: KeyResult, objective: Objective, score: Fraction, reviews: set[str], figures: Figures) -> _Outcome:
    said = [(r.confidence, r.path) for r in figures.key_results[kr.ref].readings if r.confidence is not None]
    return _Outcome(
        team=objective.team,
        cycle=objective.cycle,
        type=objective.entry.type,
        guardrail=kr.entry.measure.kind == "guardrail",
        score=score,
        first=said[0][0] if said else None,
        midway=next((confidence for confidence, path in said if path in reviews), None),
    )


def _basis(teams: Iterable[str]) -> Basis:
    named = tuple(teams)
    return Basis(len(named), len(set(named)))


def _forecast(said: Iterable[tuple[int | None, _Outcome]]) -> Forecast:
    pairs = [(confidence, outcome) for confidence, outcome in said if confidence is not None]
    basis = _basis(outcome.team for _, outcome in pairs)
    steps = []
    for step in range(11):
        results = [outcome.good for confidence, outcome in pairs if confidence == step]
        if len(results) >= MIN_STEP:
            steps.append(Step(step, len(results), sum(results)))
    return Forecast(basis, tuple(steps) if basis.enough else ())


def _spread(type_: ObjectiveType, outcomes: Iterable[_Outcome]) -> Spread:
    own = [outcome for outcome in outcomes if outcome.type is type_ and not outcome.guardrail]
    shown = [round_half_up(outcome.score, 1) * 10 for outcome in own]
    return Spread(type_, _basis(outcome.team for outcome in own), tuple(shown.count(Fraction(n)) for n in range(11)))


def _ambition(cycle: str, outcomes: Iterable[_Outcome]) -> Ambition:
    aspirational = (o for o in outcomes if o.type is ObjectiveType.ASPIRATIONAL and not o.guardrail)
    own = [outcome for outcome in aspirational if cycle in ("", outcome.cycle)]
    full = sum(outcome.score >= ONE for outcome in own)
    short = sum(not outcome.good for outcome in own)
    return Ambition(cycle, _basis(outcome.team for outcome in own), short, len(own) - short - full, full)


def _proposals(cycle: str, objectives: Iterable[Objective]) -> Proposals:
    own = tuple(objectives)
    by = [objective.entry.proposed_by for objective in own]
    return Proposals(
        cycle=cycle,
        basis=_basis(objective.team for objective in own),
        team=by.count(ProposedBy.TEAM),
        together=by.count(ProposedBy.TOGETHER),
        leadership=by.count(ProposedBy.LEADERSHIP),
        unsaid=by.count(None),
    )
