"""The linked company's figures: which numbers meet which arithmetic. The arithmetic itself is in `numbers`.

Nothing of other teams goes into a figure: what a team wrote for a cycle decides all of that cycle's.
"""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from okrsite.core.company import Company, KeyResult, Objective, TeamCycle
from okrsite.core.cycles import Cycle
from okrsite.core.diagnostics import MAX_GUESSES, NOTHING_READ, Diagnostic, problem
from okrsite.core.figures import Figures, KeyResultFigures, ObjectiveFigures, Reading, Score, way
from okrsite.core.history import Terms
from okrsite.core.ledger import Ledger
from okrsite.core.model import CheckInFile, FindBaseline, Guardrail, Measure, Metric, ReadingEntry, ScoreEntry, Status
from okrsite.core.numbers import (
    AIM,
    Cadence,
    Pace,
    Periods,
    clamp,
    compute_pace,
    count_periods,
    hearing,
    inside,
    plain,
    relative_target,
    round_half_up,
    weighted_mean,
    word_and_pace_differ,
)
from okrsite.core.quantity import Quantity, parse_quantity
from okrsite.core.readings import misplaced, nearest, read_value, unit_of
from okrsite.core.refs import objective_of, tail_of


class Basis(NamedTuple):
    """All that decides the figures of a team's cycle."""

    team_cycle: TeamCycle
    cycle: Cycle
    cadence: Cadence
    today: date
    promised: Mapping[str, Terms]
    """How key results stood when the cycle opened, those that have changed since, by full reference."""
    added: frozenset[str]
    """What was promised only later."""


class PartFigures(NamedTuple):
    """The figures of a team's cycle by full reference, and what is wrong with the values they came from."""

    objectives: Mapping[str, ObjectiveFigures]
    key_results: Mapping[str, KeyResultFigures]
    problems: tuple[Diagnostic, ...]


Known = MutableMapping[tuple[str, str], tuple[Basis, PartFigures]]
"""Figures that were computed before, by team and cycle, with what they came from."""


def compute_figures(company: Company, ledger: Ledger, known: Known | None = None) -> tuple[Figures, list[Diagnostic]]:
    """The figures of every objective and key result, and what is wrong with the values they came from.

    What is known is taken where it came from the same; afterwards it is these figures.
    """
    found: dict[tuple[str, str], tuple[Basis, PartFigures]] = {}
    for place, team_cycle in company.team_cycles.items():
        basis, before = _basis(team_cycle, company, ledger), known.get(place) if known else None
        found[place] = before if before and before[0] == basis else (basis, _Part(basis).figures())
    if known is not None:
        known.clear()
        known.update(found)
    parts = [figures for _, figures in found.values()]
    figures = Figures(
        {ref: figures for part in parts for ref, figures in part.objectives.items()},
        {ref: figures for part in parts for ref, figures in part.key_results.items()},
    )
    return figures, [problem for part in parts for problem in part.problems]


def _basis(team_cycle: TeamCycle, company: Company, ledger: Ledger) -> Basis:
    changed = {ref for o in team_cycle.objectives for ref in ledger.promised_of.get(o.ref, ())}
    own = {ref for objective in team_cycle.objectives for ref in objective.refs}
    return Basis(
        team_cycle=team_cycle,
        cycle=company.cycles[team_cycle.cycle],
        cadence=company.teams[team_cycle.team].cadence,
        today=company.today,
        promised={ref: ledger.promised[ref] for ref in sorted(changed)},
        added=ledger.added & own if ledger.added else ledger.added,
    )


Said = tuple[tuple[CheckInFile, ReadingEntry], ...]
"""What check-ins say about one thing, in order of time."""


_COUNTING: Final = (Metric, Guardrail, FindBaseline)
"""Measures of which a value is a number."""


class _Course(NamedTuple):
    """How far the readings of a key result have come by its terms: what `KeyResultFigures` says of that."""

    latest: Reading | None
    baseline: Quantity | None
    target: Quantity | None
    goal: Fraction | None
    raw: Fraction | None
    progress: Fraction | None
    periods: Periods | None
    inside: bool | None


class _Part:
    """A team's cycle while its figures are computed."""

    def __init__(self, basis: Basis) -> None:
        self._team_cycle, self._cycle, self._cadence, self._today, self._promised, self._added = basis
        self._closed = self._cycle.closed(self._today)
        self._scores = self._team_cycle.retro.scores if self._team_cycle.retro else {}
        self._problems: list[Diagnostic] = []
        self._said = self._gathered()

    def figures(self) -> PartFigures:
        """Everything that can be computed."""
        objectives: dict[str, ObjectiveFigures] = {}
        key_results: dict[str, KeyResultFigures] = {}
        for objective in self._team_cycle.objectives:
            key_results |= {kr.ref: self._key_result(kr, objective) for kr in objective.key_results}
            objectives[objective.ref] = self._objective(objective, key_results)
        key_results |= {kr.ref: self._key_result(kr, None) for kr in self._team_cycle.guardrails}
        return PartFigures(objectives, key_results, tuple(self._problems))

    def _gathered(self) -> dict[str, Said]:
        """What the check-ins say, by full reference."""
        team_cycle = self._team_cycle
        base = f"{team_cycle.team}/{team_cycle.cycle}/"
        known = {o.ref for o in team_cycle.objectives}
        known |= {kr.ref for kr in (*team_cycle.key_results, *team_cycle.guardrails)}
        said: dict[str, list[tuple[CheckInFile, ReadingEntry]]] = {}
        shorts = sorted(tail_of(name) for name in known)
        counting = sorted(tail_of(kr.ref) for kr in team_cycle.key_results if isinstance(kr.entry.measure, _COUNTING))
        guesses = 0
        for checkin in team_cycle.checkins:
            for entry in checkin.readings:
                ref = base + entry.about.tail
                if ref in known:
                    if not entry.about.part and entry.value is not None:
                        self._problems.append(misplaced(entry, counting))
                        entry = replace(entry, value=None)
                    said.setdefault(ref, []).append((checkin, entry))
                elif not team_cycle.broken:
                    guesses += 1
                    hint = nearest(entry, shorts) if guesses <= MAX_GUESSES else ""
                    if not shorts:
                        hint = NOTHING_READ
                    elif not hint:
                        hint = "readings name objectives and key results of this team's okrs.md in this cycle"
                    what = "key result" if entry.about.part else "objective"
                    message = f"this team has no {what} `{entry.about.text}` in this cycle"
                    self._problems.append(problem("unresolved-ref", entry.about.span, message, hint))
        return {ref: tuple(entries) for ref, entries in said.items()}

    # --- key results ----------------------------------------------------------------------------------------------

    def _key_result(self, kr: KeyResult, objective: Objective | None) -> KeyResultFigures:
        cycle, measure = self._cycle, kr.entry.measure
        readings = tuple(self._readings(kr, measure))
        course = self._course(kr, measure, readings)
        latest, progress = course.latest, course.progress
        started = max(filter(None, (cycle.start, kr.entry.since, objective.entry.since if objective else None)))
        end = kr.entry.due or cycle.end
        pace = None
        if progress is not None and latest and measure.kind in ("metric", "milestones") and objective:
            pace = compute_pace(progress, objective.entry.type, latest.on, started, end)
        asked = objective and objective.entry.type in AIM and measure.kind in ("metric", "milestones")
        confident = [r for r in readings if r.confidence is not None]
        confidence = confident[-1].confidence if confident else None
        return KeyResultFigures(
            readings=readings,
            latest=latest,
            target=course.target,
            baseline=course.baseline,
            goal=course.goal,
            start=started,
            end=end,
            raw=course.raw,
            progress=progress,
            periods=course.periods,
            inside=course.inside,
            pace=pace,
            pace_word=pace.word if pace else Pace.TOO_EARLY if asked and latest is None else None,
            confidence=confidence,
            confidence_on=confident[-1].on if confident else None,
            differ=word_and_pace_differ(confidence, pace.word if pace else None),
            score=self._key_result_score(kr, objective, course),
            by_promise=self._score_by_promise(kr, objective, readings),
        )

    def _score_by_promise(
        self, kr: KeyResult, objective: Objective | None, readings: Sequence[Reading]
    ) -> Fraction | None:
        """The computed score on the terms on which a key result stood when the cycle opened, once it has closed."""
        terms = self._promised.get(kr.ref)
        if terms is None or not self._closed:
            return None
        if not _read_alike(kr.entry.measure, terms.measure):
            told = len(self._problems)
            readings = tuple(self._readings(kr, terms.measure))
            del self._problems[told:]  # what does not fit the old promise fits the present one
        return self._computed_score(terms.measure, terms.status, objective, self._course(kr, terms.measure, readings))

    def _course(self, kr: KeyResult, measure: Measure, readings: Sequence[Reading]) -> _Course:
        """How far a key result's readings have come by a measure of it."""
        valued = [reading for reading in readings if reading.has_value]
        latest = valued[-1] if valued else None
        baseline, target, goal = _way(measure, valued)
        raw = way(baseline, goal, latest) if latest and isinstance(measure, Metric) else None
        progress = clamp(raw) if raw is not None else latest.share if latest else None
        return _Course(latest, baseline, target, goal, raw, progress, *self._periods(kr, measure, valued))

    def _readings(self, kr: KeyResult, measure: Measure) -> Iterator[Reading]:
        unit = unit_of(measure)
        for checkin, entry in self._said.get(kr.ref, ()):
            reading, found = read_value(entry, measure, unit, checkin.on, checkin.path)
            if found:
                self._problems.append(found)
            unit = unit or reading.quantity
            yield reading

    def _periods(
        self, kr: KeyResult, measure: Measure, valued: Iterable[Reading]
    ) -> tuple[Periods | None, bool | None]:
        """A guardrail's periods, and whether its last reading lies within its limits; nothing of other measures."""
        cycle = self._cycle
        if not isinstance(measure, Guardrail):
            return None, None
        low, high = (limit.exact if limit else None for limit in (measure.low, measure.high))
        kept = [(r.on, inside(r.quantity.exact, low, high)) for r in valued if r.quantity]
        start = max(cycle.start, kr.entry.since or cycle.start)
        periods = count_periods(kept, start, cycle.end, kr.entry.cadence or self._cadence, self._today)
        return periods, kept[-1][1] if kept else None

    def _key_result_score(self, kr: KeyResult, objective: Objective | None, course: _Course) -> Score:
        entry = self._scores.get(kr.ref)
        stated = Fraction(entry.score) if entry and entry.score is not None else None
        if isinstance(kr.entry.measure, FindBaseline):
            if entry and stated is not None:
                message = "a baseline that is being looked for has no score; it is found or not"
                self._problems.append(problem("score-not-possible", entry.about.span, message))
            return Score(None, None)
        computed = self._computed_score(kr.entry.measure, kr.entry.status, objective, course)
        self._check_score(entry, stated, computed)
        return Score(stated, computed)

    def _computed_score(
        self, measure: Measure, status: Status, objective: Objective | None, course: _Course
    ) -> Fraction | None:
        """The default score at the cycle's end; None before, and for what does not count or was handed over."""
        moved = bool(objective and objective.moved_to)
        if not self._closed or moved or not status.counts or isinstance(measure, FindBaseline):
            return None
        return course.periods.closing_score if course.periods else course.progress

    def _check_score(self, entry: ScoreEntry | None, stated: Fraction | None, computed: Fraction | None) -> None:
        if not entry or entry.because or stated is None or computed is None:
            return
        if round_half_up(stated, 1) != round_half_up(computed, 1):
            message = f"the score differs from the computed one, {plain(computed, 2)}"
            self._problems.append(problem("missing-because", entry.about.span, message, "say why with `because:`"))

    # --- objectives -----------------------------------------------------------------------------------------------

    def _objective(self, objective: Objective, key_results: Mapping[str, KeyResultFigures]) -> ObjectiveFigures:
        counting = [kr for kr in objective.key_results if kr.entry.status.counts]
        if counting and not any(kr.entry.weight for kr in counting):
            message = "all key results of this objective weigh nothing"
            self._problems.append(problem("no-weight", objective.entry.span, message, "give one a `weight` above 0"))
        weighted = [
            (Fraction(kr.entry.weight), key_results[kr.ref].progress)
            for kr in counting
            if kr.entry.weight and kr.entry.measure.kind not in ("guardrail", "find_baseline")
        ]
        known = [(weight, progress) for weight, progress in weighted if progress is not None]
        confidence, confidence_on, confidence_of = self._confidence(objective, counting, key_results)
        heard_on, cycle = self._heard_on(objective), self._cycle
        start = max(filter(None, (cycle.start, objective.entry.since)))
        return ObjectiveFigures(
            progress=weighted_mean(known),
            counted=len(known),
            countable=len(weighted),
            confidence=confidence,
            confidence_on=confidence_on,
            confidence_of=confidence_of,
            hearing=hearing(heard_on, start, self._cadence, min(self._today, cycle.closes)),
            heard_on=heard_on,
            score=self._objective_score(objective, counting, key_results),
            by_promise=self._by_promise(objective, key_results),
        )

    def _confidence(
        self, objective: Objective, counting: Iterable[KeyResult], key_results: Mapping[str, KeyResultFigures]
    ) -> tuple[int | None, date | None, str]:
        """The objective's own stated confidence, else that of its least confident key result."""
        for checkin, entry in reversed(self._said.get(objective.ref, ())):
            if entry.confidence is not None:
                return entry.confidence, checkin.on, ""
        stated = [(key_results[kr.ref], kr.ref) for kr in counting if key_results[kr.ref].confidence is not None]
        if not stated:
            return None, None, ""
        figures, ref = min(stated, key=lambda pair: pair[0].confidence or 0)
        return figures.confidence, figures.confidence_on, ref

    def _heard_on(self, objective: Objective) -> date | None:
        """The last day on which a check-in named the objective, a key result of it, or a risk about it."""
        refs = objective.refs
        days = [checkin.on for ref in refs for checkin, _ in self._said.get(ref, ())]
        days += [day for risk in self._team_cycle.risks if risk.about in refs for day, _ in risk.mentions]
        return max(days, default=None)

    def _objective_score(
        self, objective: Objective, counting: Iterable[KeyResult], key_results: Mapping[str, KeyResultFigures]
    ) -> Score:
        entry = self._scores.get(objective.ref)
        stated = Fraction(entry.score) if entry and entry.score is not None else None
        scorable = [kr for kr in counting if kr.entry.measure.kind != "find_baseline" and kr.entry.weight]
        scores = [(Fraction(kr.entry.weight), key_results[kr.ref].score.shown) for kr in scorable]
        known = [(weight, score) for weight, score in scores if score is not None]
        complete = len(known) == len(scores) and objective.entry.status.counts and not objective.moved_to
        computed = weighted_mean(known) if complete else None
        self._check_score(entry, stated, computed)
        return Score(stated, computed)

    def _by_promise(self, objective: Objective, key_results: Mapping[str, KeyResultFigures]) -> Fraction | None:
        """The score by the key results as they stood when the cycle opened; None where nothing has changed."""
        own = {kr.ref: kr for kr in objective.key_results}
        changed = [ref for ref in self._promised if objective_of(ref) == objective.ref]
        if not self._closed or not (changed or self._added & own.keys()):
            return None
        scores = []
        for ref in dict.fromkeys((*own, *changed)):
            terms = self._promised.get(ref) or own[ref].entry
            looked_for = terms.measure.kind == "find_baseline"
            if ref in self._added or not terms.status.counts or not terms.weight or looked_for:
                continue
            score = None
            if ref in own:
                score = key_results[ref].by_promise if ref in self._promised else key_results[ref].score.shown
            if score is None:
                return None
            scores.append((Fraction(terms.weight), score))
        return weighted_mean(scores)


def _read_alike(one: Measure, other: Measure) -> bool:
    """Whether every value surely means the same to two measures: both count, and in one unit."""
    return isinstance(one, Metric) and isinstance(other, Metric) and unit_of(one) == unit_of(other)


def _way(measure: object, valued: list[Reading]) -> tuple[Quantity | None, Quantity | None, Fraction | None]:
    """Baseline and target of a metric, and the latter's exact number; a relative target starts from the first reading
    where there is no baseline.
    """
    if not isinstance(measure, Metric):
        return None, None, None
    baseline, target = measure.baseline, measure.target
    goal = target.exact if target else None
    if measure.change:
        baseline = baseline or (valued[0].quantity if valued else None)
        goal = None
        if baseline and baseline.amount:
            goal = relative_target(baseline.exact, measure.change.exact)
            target = parse_quantity(baseline.like(goal)) or baseline
    return baseline, target, goal
