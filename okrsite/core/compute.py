"""The linked company's figures: which numbers meet which arithmetic. The arithmetic itself is in `numbers`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from okrsite.core.company import Company, KeyResult, Objective, TeamCycle
from okrsite.core.diagnostics import MAX_GUESSES, Diagnostic, did_you_mean, problem
from okrsite.core.figures import KeyResultFigures, ObjectiveFigures, Reading, Score, way
from okrsite.core.ledger import Ledger
from okrsite.core.model import (
    CheckInFile,
    FindBaseline,
    Guardrail,
    Metric,
    ReadingEntry,
    ScoreEntry,
)
from okrsite.core.numbers import (
    AIM,
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
from okrsite.core.readings import read_value, unit_of


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures by full reference."""

    objectives: Mapping[str, ObjectiveFigures]
    key_results: Mapping[str, KeyResultFigures]


def compute_figures(company: Company, ledger: Ledger) -> tuple[Figures, list[Diagnostic]]:
    """The figures of every objective and key result, and what is wrong with the values they came from."""
    objectives: dict[str, ObjectiveFigures] = {}
    key_results: dict[str, KeyResultFigures] = {}
    problems: list[Diagnostic] = []
    for team_cycle in company.team_cycles.values():
        said = _said(team_cycle, problems)
        for objective in team_cycle.objectives:
            for kr in objective.key_results:
                figures = _key_result(kr, objective, team_cycle, company, said.get(kr.ref, ()), problems)
                promised = _as_promised(kr, ledger)
                if promised and company.cycles[team_cycle.cycle].closed(company.today):
                    first = _key_result(promised, objective, team_cycle, company, said.get(kr.ref, ()), [])
                    figures = replace(figures, by_promise=first.score.computed)
                key_results[kr.ref] = figures
            objectives[objective.ref] = replace(
                _objective(objective, team_cycle, company, key_results, said, problems),
                by_promise=_by_promise(objective, company, key_results, ledger),
            )
        for kr in team_cycle.guardrails:
            key_results[kr.ref] = _key_result(kr, None, team_cycle, company, said.get(kr.ref, ()), problems)
    return Figures(objectives, key_results), problems


Said = tuple[tuple[CheckInFile, ReadingEntry], ...]


def _said(team_cycle: TeamCycle, problems: list[Diagnostic]) -> dict[str, Said]:
    """What the check-ins of a team's cycle say, by full reference, in order of time."""
    base = f"{team_cycle.team}/{team_cycle.cycle}/"
    known = {o.ref for o in team_cycle.objectives} | {k.ref for k in (*team_cycle.key_results, *team_cycle.guardrails)}
    said: dict[str, list[tuple[CheckInFile, ReadingEntry]]] = {}
    shorts = [name.removeprefix(base) for name in known]
    guesses = 0
    for checkin in team_cycle.checkins:
        for entry in checkin.readings:
            ref = base + entry.about.tail
            if ref in known:
                said.setdefault(ref, []).append((checkin, entry))
            elif team_cycle.objectives or not team_cycle.broken:
                guesses += 1
                hint = did_you_mean(entry.about.text, shorts) if guesses <= MAX_GUESSES else ""
                if not hint:
                    hint = "readings name objectives and key results of this team's okrs.md in this cycle"
                what = "key result" if entry.about.part else "objective"
                message = f"this team has no {what} `{entry.about.text}` in this cycle"
                problems.append(problem("unresolved-ref", entry.about.span, message, hint))
    return {ref: tuple(entries) for ref, entries in said.items()}


def _key_result(
    kr: KeyResult,
    objective: Objective | None,
    team_cycle: TeamCycle,
    company: Company,
    said: Said,
    problems: list[Diagnostic],
) -> KeyResultFigures:
    cycle, team = company.cycles[team_cycle.cycle], company.teams[team_cycle.team]
    measure = kr.entry.measure
    readings = _readings(kr, said, problems)
    valued = [reading for reading in readings if reading.has_value]
    latest = valued[-1] if valued else None
    baseline, target, goal = _way(measure, valued)
    raw = way(baseline, goal, latest) if latest and isinstance(measure, Metric) else None
    progress = clamp(raw) if raw is not None else latest.share if latest else None
    started = max(filter(None, (cycle.start, kr.entry.since, objective.entry.since if objective else None)))
    end = kr.entry.due or cycle.end
    periods, within = None, None
    if isinstance(measure, Guardrail):
        low, high = (limit.exact if limit else None for limit in (measure.low, measure.high))
        kept = [(r.on, inside(r.quantity.exact, low, high)) for r in valued if r.quantity]
        within = kept[-1][1] if kept else None
        start = max(cycle.start, kr.entry.since or cycle.start)
        periods = count_periods(kept, start, cycle.end, kr.entry.cadence or team.cadence, company.today)
    pace = None
    if progress is not None and latest and measure.kind in ("metric", "milestones") and objective:
        pace = compute_pace(progress, objective.entry.type, latest.on, started, end)
    asked = objective and objective.entry.type in AIM and measure.kind in ("metric", "milestones")
    pace_word = pace.word if pace else Pace.TOO_EARLY if asked and latest is None else None
    confident = [r for r in readings if r.confidence is not None]
    confidence = confident[-1].confidence if confident else None
    return KeyResultFigures(
        readings=readings,
        latest=latest,
        target=target,
        baseline=baseline,
        goal=goal,
        start=started,
        end=end,
        raw=raw,
        progress=progress,
        periods=periods,
        inside=within,
        pace=pace,
        pace_word=pace_word,
        confidence=confidence,
        confidence_on=confident[-1].on if confident else None,
        differ=word_and_pace_differ(confidence, pace.word if pace else None),
        score=_key_result_score(kr, objective, team_cycle, company, progress, periods, problems),
    )


def _readings(kr: KeyResult, said: Said, problems: list[Diagnostic]) -> tuple[Reading, ...]:
    readings = []
    unit = unit_of(kr.entry.measure)
    for checkin, entry in said:
        reading, found = read_value(entry, kr.entry.measure, unit, checkin.on, checkin.path)
        if found:
            problems.append(found)
        unit = unit or reading.quantity
        readings.append(reading)
    return tuple(readings)


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


def _key_result_score(
    kr: KeyResult,
    objective: Objective | None,
    team_cycle: TeamCycle,
    company: Company,
    progress: Fraction | None,
    periods: Periods | None,
    problems: list[Diagnostic],
) -> Score:
    entry = team_cycle.retro.scores.get(kr.ref) if team_cycle.retro else None
    stated = Fraction(entry.score) if entry and entry.score is not None else None
    if isinstance(kr.entry.measure, FindBaseline):
        if entry and stated is not None:
            message = "a baseline that is being looked for has no score; it is found or not"
            problems.append(problem("score-not-possible", entry.about.span, message))
        return Score(None, None)
    computed = None
    moved = bool(objective and objective.moved_to)
    if company.cycles[team_cycle.cycle].closed(company.today) and kr.entry.status.counts and not moved:
        computed = periods.closing_score if periods else progress
    _check_score(entry, stated, computed, problems)
    return Score(stated, computed)


def _check_score(
    entry: ScoreEntry | None, stated: Fraction | None, computed: Fraction | None, problems: list[Diagnostic]
) -> None:
    if not entry or entry.because or stated is None or computed is None:
        return
    if round_half_up(stated, 1) != round_half_up(computed, 1):
        message = f"the score differs from the computed one, {plain(computed, 2)}"
        problems.append(problem("missing-because", entry.about.span, message, "say why with `because:`"))


def _objective(
    objective: Objective,
    team_cycle: TeamCycle,
    company: Company,
    key_results: Mapping[str, KeyResultFigures],
    said: Mapping[str, Said],
    problems: list[Diagnostic],
) -> ObjectiveFigures:
    counting = [kr for kr in objective.key_results if kr.entry.status.counts]
    if counting and not any(kr.entry.weight for kr in counting):
        message = "all key results of this objective weigh nothing"
        problems.append(problem("no-weight", objective.entry.span, message, "give one a `weight` above 0"))
    weighted = [
        (Fraction(kr.entry.weight), key_results[kr.ref].progress)
        for kr in counting
        if kr.entry.weight and kr.entry.measure.kind not in ("guardrail", "find_baseline")
    ]
    known = [(weight, progress) for weight, progress in weighted if progress is not None]
    confidence, confidence_on, confidence_of = _confidence(objective, counting, key_results, said)
    heard_on = _heard_on(objective, team_cycle, said)
    cycle, team = company.cycles[team_cycle.cycle], company.teams[team_cycle.team]
    start = max(filter(None, (cycle.start, objective.entry.since)))
    return ObjectiveFigures(
        progress=weighted_mean(known),
        counted=len(known),
        countable=len(weighted),
        confidence=confidence,
        confidence_on=confidence_on,
        confidence_of=confidence_of,
        hearing=hearing(heard_on, start, team.cadence, min(company.today, cycle.closes)),
        heard_on=heard_on,
        score=_objective_score(objective, team_cycle, counting, key_results, problems),
    )


def _confidence(
    objective: Objective,
    counting: Iterable[KeyResult],
    key_results: Mapping[str, KeyResultFigures],
    said: Mapping[str, Said],
) -> tuple[int | None, date | None, str]:
    """The objective's own stated confidence, else that of its least confident key result."""
    for checkin, entry in reversed(said.get(objective.ref, ())):
        if entry.confidence is not None:
            return entry.confidence, checkin.on, ""
    stated = [(key_results[kr.ref], kr.ref) for kr in counting if key_results[kr.ref].confidence is not None]
    if not stated:
        return None, None, ""
    figures, ref = min(stated, key=lambda pair: pair[0].confidence or 0)
    return figures.confidence, figures.confidence_on, ref


def _heard_on(objective: Objective, team_cycle: TeamCycle, said: Mapping[str, Said]) -> date | None:
    """The last day on which a check-in named the objective, a key result of it, or a risk about it."""
    refs = objective.refs
    days = [checkin.on for ref in refs for checkin, _ in said.get(ref, ())]
    days += [day for risk in team_cycle.risks if risk.about in refs for day, _ in risk.mentions]
    return max(days, default=None)


def _objective_score(
    objective: Objective,
    team_cycle: TeamCycle,
    counting: Iterable[KeyResult],
    key_results: Mapping[str, KeyResultFigures],
    problems: list[Diagnostic],
) -> Score:
    entry = team_cycle.retro.scores.get(objective.ref) if team_cycle.retro else None
    stated = Fraction(entry.score) if entry and entry.score is not None else None
    scorable = [kr for kr in counting if kr.entry.measure.kind != "find_baseline" and kr.entry.weight]
    scores = [(Fraction(kr.entry.weight), key_results[kr.ref].score.shown) for kr in scorable]
    known = [(weight, score) for weight, score in scores if score is not None]
    complete = len(known) == len(scores) and objective.entry.status.counts and not objective.moved_to
    computed = weighted_mean(known) if complete else None
    _check_score(entry, stated, computed, problems)
    return Score(stated, computed)


def _as_promised(kr: KeyResult, ledger: Ledger) -> KeyResult | None:
    """A key result as it stood when its cycle opened, if it has been changed since."""
    terms = ledger.promised.get(kr.ref)
    if terms is None:
        return None
    return replace(kr, entry=replace(kr.entry, measure=terms.measure, weight=terms.weight, status=terms.status))


def _by_promise(
    objective: Objective, company: Company, key_results: Mapping[str, KeyResultFigures], ledger: Ledger
) -> Fraction | None:
    """The score of a closed cycle by its key results as they stood when it opened; None where nothing has changed."""
    own = {kr.ref: kr for kr in objective.key_results}
    changed = ledger.promised_of.get(objective.ref, ())
    if not company.cycles[objective.cycle].closed(company.today) or not (changed or ledger.added & own.keys()):
        return None
    scores = []
    for ref in dict.fromkeys((*own, *changed)):
        terms = ledger.promised.get(ref) or own[ref].entry
        if ref in ledger.added or not terms.status.counts or not terms.weight or terms.measure.kind == "find_baseline":
            continue
        score = None
        if ref in own:
            score = key_results[ref].by_promise if ref in ledger.promised else key_results[ref].score.shown
        if score is None:
            return None
        scores.append((Fraction(terms.weight), score))
    return weighted_mean(scores)
