"""All computed data as plain values, for archives and integrations; decimals are strings, absent is None."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final

from okrsite.core.calibrate import Basis, Forecast, calibrate
from okrsite.core.company import Company, KeyResult, Objective, TeamCycle
from okrsite.core.compile import Compiled
from okrsite.core.diagnostics import Diagnostic
from okrsite.core.figures import KeyResultFigures, Reading
from okrsite.core.history import Change
from okrsite.core.ledger import Goalpost
from okrsite.core.model import DeliverBy, Guardrail, Judged, Measure, Milestones
from okrsite.core.numbers import plain
from okrsite.core.quantity import Quantity, decimal_text
from okrsite.core.text import Text

SCHEMA = 1
Values = dict[str, object]


def export_company(compiled: Compiled) -> Values:
    """The whole company as values in the order of its content."""
    company = compiled.company
    every = tuple(company.team_cycles.values())
    return {
        "schema": SCHEMA,
        "today": company.today.isoformat(),
        "site": {
            "title": company.settings.title,
            "language": company.settings.language,
            "languages": list(company.settings.languages),
            "company": company.root or None,
            "current": company.current or None,
        },
        "cycles": [
            {"id": c.id, "start": c.start.isoformat(), "end": c.end.isoformat(), "parent": c.parent or None}
            for c in company.cycles.values()
        ],
        "teams": [
            {"id": t.id, "name": t.name.source, "parent": t.parent(company.day) or None, "mission": _source(t.mission)}
            for t in company.teams.values()
        ],
        "objectives": [_objective(o, compiled) for tc in every for o in tc.objectives],
        "guardrails": [_key_result(kr, compiled) for tc in every for kr in tc.guardrails],
        "checkins": [checkin for tc in every for checkin in _checkins(tc, compiled)],
        "risks": [risk for tc in every for risk in _risks(tc, company)],
        "retros": [_retro(tc) for tc in every if tc.retro],
        "lessons": [
            {"ref": lesson.ref, "text": lesson.entry.text.source, "used_by": list(lesson.used_by)}
            for lesson in company.lessons.values()
        ],
        "questions": [
            {
                "ref": q.ref,
                "about": q.about or None,
                "asked_on": _date(q.file.asked_on),
                "answered_on": _date(q.file.answered_on),
            }
            for tc in every
            for q in tc.questions
        ],
        "goalposts": [goalpost_values(g) for g in (*compiled.ledger.goalposts, *compiled.ledger.rewritten)],
        "calibration": _calibration(compiled),
        "problems": problem_values(compiled.problems),
    }


def problem_values(problems: Iterable[Diagnostic]) -> list[Values]:
    """Problems as plain values."""
    return [
        {
            "code": item.code,
            "severity": str(item.severity),
            "path": item.span.path,
            "line": item.span.line,
            "column": item.span.column,
            "message": item.message,
            "hint": item.hint or None,
        }
        for item in problems
    ]


TABLE: Final = (
    "ref",
    "title",
    "kind",
    "baseline",
    "target",
    "unit",
    "value",
    "value_on",
    "raw",
    "progress",
    "kept",
    "score",
    "confidence",
    "pace",
    "weight",
    "status",
)
"""The columns of a table of key results."""


def change_values(changes: Iterable[Change]) -> list[Values]:
    """What changed between two states, shaped like goalposts."""
    return [
        {
            "ref": change.ref,
            "what": str(change.what),
            "before": change.before or None,
            "after": change.after or None,
            "minor": change.minor,
            "because": _source(change.because),
        }
        for change in changes
    ]


def goalpost_values(goalpost: Goalpost) -> Values:
    """A change of a promise as plain values; its reason is the team's, else the commit's message."""
    return {
        "ref": goalpost.ref,
        "date": goalpost.on.isoformat(),
        "what": str(goalpost.what),
        "before": goalpost.before or None,
        "after": goalpost.after or None,
        "minor": goalpost.minor,
        "because": _source(goalpost.because) or goalpost.message or None,
        "commit": goalpost.commit or None,
    }


def export_table(compiled: Compiled) -> Iterator[tuple[str, ...]]:
    """One row for each key result, its columns first; a cell cannot be taken for a formula."""
    yield TABLE
    for objective in compiled.company.objectives.values():
        for kr in objective.key_results:
            values = _key_result(kr, compiled)
            yield tuple(_cell(values[name]) for name in TABLE)


def _cell(value: object) -> str:
    text = "" if value is None else "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    risky = text.startswith(("=", "+", "@", "\t", "\r")) or (text.startswith("-") and not _is_number(text))
    return f"'{text}" if risky else text


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


def _objective(objective: Objective, compiled: Compiled) -> Values:
    company, entry = compiled.company, objective.entry
    figures = compiled.figures.objectives[objective.ref]
    refs = objective.refs
    supported_by = dict.fromkeys(s for ref in refs for s in company.supported_by.get(ref, ()))
    depends_on = dict.fromkeys(d.provider for d in company.dependencies if d.asker in refs)
    return {
        "ref": objective.ref,
        "team": objective.team,
        "cycle": objective.cycle,
        "title": entry.title.source,
        "type": str(entry.type),
        "proposed_by": str(entry.proposed_by) if entry.proposed_by else None,
        "status": str(entry.status),
        "progress": _ratio(figures.progress),
        "progress_from": [figures.counted, figures.countable],
        "score": _ratio(figures.score.shown),
        "score_by_promise": _ratio(figures.by_promise),
        "confidence": figures.confidence,
        "supports": list(objective.supports),
        "supported_by": list(supported_by),
        "depends_on": list(depends_on),
        "extra": _extra(entry.extra),
        "key_results": [_key_result(kr, compiled) for kr in objective.key_results],
    }


def _key_result(kr: KeyResult, compiled: Compiled) -> Values:
    figures, measure = compiled.figures.key_results[kr.ref], kr.entry.measure
    baseline, target, unit = _measure(measure, figures)
    periods = figures.periods
    return {
        "ref": kr.ref,
        "title": kr.entry.title.source,
        "kind": measure.kind,
        "baseline": baseline,
        "target": target,
        "unit": unit,
        "value": _value(figures.latest, measure),
        "value_on": _date(figures.latest.on if figures.latest else None),
        "raw": _ratio(figures.raw),
        "progress": _ratio(figures.progress),
        "kept": _ratio(periods.share if periods else None),
        "periods": {"kept": periods.kept, "outside": periods.outside, "not_heard": periods.not_heard}
        if periods
        else None,
        "score": _ratio(figures.score.shown),
        "score_by_promise": _ratio(figures.by_promise),
        "confidence": figures.confidence,
        "pace": str(figures.pace_word) if figures.pace_word else None,
        "weight": decimal_text(kr.entry.weight),
        "status": str(kr.entry.status),
        "extra": _extra(kr.entry.extra),
    }


def _measure(measure: Measure, figures: KeyResultFigures) -> tuple[object, object, str | None]:
    """Baseline, target and unit; the limits of a guardrail stand in place of a target."""
    unit = figures.latest.quantity if figures.latest else None
    if isinstance(measure, Guardrail):
        unit = measure.low or measure.high
        limits = [_amount(limit) for limit in (measure.low, measure.high) if limit]
        return None, limits if len(limits) == 2 else limits[0], _unit(unit)
    if isinstance(measure, Milestones):
        return None, [step.id for step in measure.steps], None
    if isinstance(measure, DeliverBy):
        return None, measure.by.isoformat(), None
    if isinstance(measure, Judged):
        return None, _source(measure.target), None
    return _amount(figures.baseline), _amount(figures.target), _unit(figures.baseline or figures.target or unit)


def _value(reading: Reading | None, measure: Measure) -> object:
    if reading is None:
        return None
    if reading.quantity is not None:
        return decimal_text(reading.quantity.amount)
    return list(reading.reached) if isinstance(measure, Milestones) else _ratio(reading.share)


def _checkins(team_cycle: TeamCycle, compiled: Compiled) -> Iterator[Values]:
    said: dict[str, Values] = {checkin.path: {} for checkin in team_cycle.checkins}
    base = f"{team_cycle.team}/{team_cycle.cycle}/"
    for checkin in team_cycle.checkins:
        for entry in checkin.readings:
            ref = base + entry.about.tail
            said[checkin.path][ref] = {
                "value": None,
                "confidence": entry.confidence,
                "note": _source(entry.note),
                "source": entry.source or None,
            }
    for kr in (*team_cycle.key_results, *team_cycle.guardrails):
        for reading in compiled.figures.key_results[kr.ref].readings:
            values = said[reading.path][kr.ref]
            assert isinstance(values, dict)
            values["value"] = _value(reading, kr.entry.measure) if reading.has_value else None
    for checkin in team_cycle.checkins:
        yield {
            "team": team_cycle.team,
            "cycle": team_cycle.cycle,
            "date": checkin.on.isoformat(),
            "review": checkin.review or None,
            "progress": said[checkin.path],
        }


def _risks(team_cycle: TeamCycle, company: Company) -> Iterator[Values]:
    cycle = company.cycles[team_cycle.cycle]
    for risk in team_cycle.risks:
        yield {
            "ref": risk.ref,
            "about": risk.about or None,
            "what": _source(risk.what),
            "needs": _teams(risk.needs),
            "kind": risk.kind or None,
            "state": str(risk.state),
            "raised_on": risk.raised_on.isoformat(),
            "raised_early": cycle.is_early(risk.raised_on),
            "helped_by": _teams(risk.helped_by),
            "ended_on": _date(risk.outcome[1] if risk.outcome else None),
        }


def _retro(team_cycle: TeamCycle) -> Values:
    assert team_cycle.retro
    return {
        "team": team_cycle.team,
        "cycle": team_cycle.cycle,
        "scores": {
            ref: {
                "score": decimal_text(entry.score) if entry.score is not None else None,
                "because": _source(entry.because),
                "next": str(entry.next) if entry.next else None,
            }
            for ref, entry in team_cycle.retro.scores.items()
        },
    }


def _calibration(compiled: Compiled) -> Values:
    """The company's forecasts and aims beside their results; lists are empty where they would rest on too little."""
    found = calibrate(compiled.company, compiled.figures)
    return {
        "cycles": list(found.cycles),
        "first": _forecast(found.first),
        "mid_cycle": _forecast(found.midway),
        "spread": [{"type": str(row.type), **_basis(row.basis), "tenths": list(row.tenths)} for row in found.spreads],
        "ambition": [
            {"cycle": r.cycle or None, **_basis(r.basis), "full": r.full, "landed": r.landed, "short": r.short}
            for r in found.ambition
        ],
        "proposed_by": [
            {
                "cycle": row.cycle or None,
                **_basis(row.basis, "objectives"),
                "team": row.team,
                "together": row.together,
                "leadership": row.leadership,
                "unsaid": row.unsaid,
            }
            for row in found.proposals
        ],
    }


def _forecast(forecast: Forecast) -> Values:
    steps = [
        {"confidence": step.confidence, "key_results": step.key_results, "good": step.good, "share": _ratio(step.share)}
        for step in forecast.steps
    ]
    return {**_basis(forecast.basis), "steps": steps}


def _basis(basis: Basis, of: str = "key_results") -> Values:
    return {of: basis.size, "teams": basis.teams}


def _teams(ids: tuple[str, ...]) -> object:
    """No team, one, or several, each as `@team`."""
    names = [f"@{id_}" for id_ in ids]
    return names[0] if len(names) == 1 else names or None


def _extra(extra: Mapping[str, object]) -> object:
    return {key: _listed(value) for key, value in extra.items()} or None


def _listed(value: object) -> object:
    if isinstance(value, tuple):
        return [_listed(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _listed(item) for key, item in value.items()}
    return value


def _ratio(value: Fraction | None) -> str | None:
    return None if value is None else plain(value)


def _amount(quantity: Quantity | None) -> str | None:
    return None if quantity is None else decimal_text(quantity.amount)


def _unit(quantity: Quantity | None) -> str | None:
    return (quantity.unit or None) if quantity else None


def _source(text: Text | None) -> str | None:
    return text.source if text else None


def _date(day: object) -> str | None:
    return str(day) if day else None
