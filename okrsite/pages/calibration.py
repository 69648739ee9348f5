"""How well the company knows itself: its forecasts and aims beside what came of them, of all teams together."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from okrsite.core.calibrate import (
    MIN_SAMPLE,
    MIN_STEP,
    MIN_TEAMS,
    Ambition,
    Basis,
    Calibration,
    Forecast,
    Proposals,
    Spread,
    Step,
    calibrate,
)
from okrsite.core.numbers import ObjectiveType, fixed
from okrsite.core.text import Html
from okrsite.pages import charts, urls
from okrsite.pages.chrome import Framer
from okrsite.pages.company_parts import BasisView, SharesView, SpreadView, StepView
from okrsite.pages.views import CalibrationView
from okrsite.pages.writer import NOTHING, Writer

_ENDS: Final = ("none landed", "half", "all landed")


def present_calibration(framer: Framer) -> CalibrationView:
    """What teams believed and aimed at in closed cycles, beside what happened, where there is enough to tell."""
    writer = framer.writer(urls.CALIBRATION)
    found = calibrate(framer.compiled.company, framer.compiled.figures)
    return CalibrationView(
        chrome=framer.chrome(writer, "How well we know ourselves"),
        cycles=tuple(writer.cycle_name(cycle) for cycle in found.cycles),
        minimum=(MIN_SAMPLE, MIN_TEAMS, MIN_STEP),
        forecast=_draw_forecast(found),
        first=_basis(found.first.basis),
        midway=_basis(found.midway.basis),
        steps=tuple(_steps(found.first, found.midway)),
        spreads=tuple(_present_spread(spread) for spread in found.spreads),
        ambition=tuple(_present_ambition(row, writer) for row in found.ambition),
        proposals=tuple(_present_proposals(row, writer) for row in found.proposals),
    )


def _basis(basis: Basis) -> BasisView:
    return BasisView(basis.size, basis.teams)


def _percent(part: int, whole: int) -> str:
    return f"{fixed(Fraction(100 * part, whole), 0)} %"


def _steps(first: Forecast, midway: Forecast) -> Iterable[StepView]:
    """Each confidence of which something can be said at either moment."""
    early, later = ({step.confidence: step for step in forecast.steps} for forecast in (first, midway))
    for said in range(11):
        if said in early or said in later:
            yield StepView(said, _landed(early.get(said)), _landed(later.get(said)))


def _landed(step: Step | None) -> tuple[int, int, str] | None:
    return (step.good, step.key_results, _percent(step.good, step.key_results)) if step else None


def _draw_forecast(found: Calibration) -> Html:
    if not found.first.steps and not found.midway.steps:
        return NOTHING
    told = [
        f"{when} {step.confidence}: {_percent(step.good, step.key_results)} landed"
        for when, forecast in (("first said", found.first), ("mid-cycle said", found.midway))
        for step in forecast.steps
    ]
    first, midway = ([(s.confidence, s.share) for s in part.steps] for part in (found.first, found.midway))
    return charts.forecast(first, midway, _ENDS, "; ".join(told))


def _present_spread(spread: Spread) -> SpreadView:
    ends = tuple((fixed(Fraction(n, 10), 1), count) for n, count in enumerate(spread.tenths))
    told = ", ".join(f"{count} at {end}" for end, count in ends if count)
    landing = spread.type is ObjectiveType.ASPIRATIONAL
    chart = charts.spread(spread.tenths, landing=landing, label=f"{spread.type}: {told}")
    return SpreadView(str(spread.type), chart, _basis(spread.basis), ends)


def _present_ambition(row: Ambition, writer: Writer) -> SharesView:
    words = ("in full", "otherwise a good result", "short of that")
    return _present_shares(row.cycle, row.basis, (row.full, row.landed, row.short), words, writer)


def _present_proposals(row: Proposals, writer: Writer) -> SharesView:
    words = ("by teams", "together", "by leadership", "not said")
    return _present_shares(row.cycle, row.basis, (row.team, row.together, row.leadership, row.unsaid), words, writer)


def _present_shares(cycle: str, basis: Basis, parts: Sequence[int], words: Sequence[str], writer: Writer) -> SharesView:
    told = ", ".join(f"{part} {word}" for part, word in zip(parts, words, strict=True))
    return SharesView(
        cycle=writer.cycle_name(cycle) if cycle else "",
        chart=charts.shares(parts, told),
        basis=_basis(basis),
        parts=tuple((part, _percent(part, basis.size)) for part in parts),
    )
