"""How well the company knows itself: its forecasts and aims beside what came of them, of all teams together."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from okrsite.core.calibrate import (
    MIN_SAMPLE,
    MIN_STEP,
    MIN_TEAMS,
    Basis,
    Calibration,
    Forecast,
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
from okrsite.pages.words import PlainWords, wording
from okrsite.pages.writer import NOTHING, Writer

_AMBITION: Final = (wording("Reached in full"), wording("Otherwise a good result"), wording("Short of that"))
_PROPOSED: Final = (wording("By teams"), wording("Together"), wording("By leadership"), wording("Not said"))
"""The parts of a whole, in the order in which they are drawn."""


def present_calibration(framer: Framer) -> CalibrationView:
    """What teams believed and aimed at in closed cycles, beside what happened, where there is enough to tell."""
    writer = framer.writer(urls.CALIBRATION)
    found = calibrate(framer.compiled.company, framer.compiled.figures)
    return CalibrationView(
        chrome=framer.chrome(writer, writer.say.plain.gettext("How well we know ourselves")),
        cycles=tuple(writer.cycle(cycle) for cycle in found.cycles),
        minimum=(MIN_SAMPLE, MIN_TEAMS, MIN_STEP),
        forecast=_draw_forecast(found, writer.say.plain),
        first=_basis(found.first.basis),
        midway=_basis(found.midway.basis),
        steps=tuple(_steps(found.first, found.midway)),
        spreads=tuple(_present_spread(spread, writer.say.plain) for spread in found.spreads),
        ambition=tuple(
            _present_shares(row.cycle, row.basis, (row.full, row.landed, row.short), _AMBITION, writer)
            for row in found.ambition
        ),
        proposals=tuple(
            _present_shares(
                row.cycle, row.basis, (row.team, row.together, row.leadership, row.unsaid), _PROPOSED, writer
            )
            for row in found.proposals
        ),
        ambition_words=tuple(map(writer.say.gettext, _AMBITION)),
        proposals_words=tuple(map(writer.say.gettext, _PROPOSED)),
    )


def _basis(basis: Basis) -> BasisView:
    return BasisView(basis.size, basis.teams)


def _percent(part: int, whole: int) -> str:
    return f"{fixed(Fraction(100 * part, whole), 0)}%"


def _steps(first: Forecast, midway: Forecast) -> Iterable[StepView]:
    """Each confidence of which something can be said at either moment."""
    early, later = ({step.confidence: step for step in forecast.steps} for forecast in (first, midway))
    for said in range(11):
        if said in early or said in later:
            yield StepView(said, _landed(early.get(said)), _landed(later.get(said)))


def _landed(step: Step | None) -> tuple[int, int, str] | None:
    return (step.good, step.key_results, _percent(step.good, step.key_results)) if step else None


def _draw_forecast(found: Calibration, say: PlainWords) -> Html:
    if not found.first.steps and not found.midway.steps:
        return NOTHING
    told = [
        say.gettext(message, said=step.confidence, share=_percent(step.good, step.key_results))
        for message, forecast in (
            (wording("first said %(said)s: %(share)s landed"), found.first),
            (wording("mid-cycle said %(said)s: %(share)s landed"), found.midway),
        )
        for step in forecast.steps
    ]
    ends = (say.gettext("none landed"), say.gettext("half"), say.gettext("all landed"))
    first, midway = ([(s.confidence, s.share) for s in part.steps] for part in (found.first, found.midway))
    return charts.forecast(first, midway, ends, say.pgettext("list", "; ").join(told))


def _present_spread(spread: Spread, say: PlainWords) -> SpreadView:
    ends = tuple((say.decimal(fixed(Fraction(n, 10), 1)), count) for n, count in enumerate(spread.tenths))
    told = [say.gettext("%(number)s at %(score)s", number=count, score=end) for end, count in ends if count]
    landing = spread.type is ObjectiveType.ASPIRATIONAL
    chart = charts.spread(ends, landing=landing, label=say.pgettext("list", ", ").join(told))
    return SpreadView(str(spread.type), chart, _basis(spread.basis), ends)


def _present_shares(cycle: str, basis: Basis, parts: Sequence[int], words: Sequence[str], writer: Writer) -> SharesView:
    say = writer.say.plain
    told = (f"{say.gettext(word)} {part}" for part, word in zip(parts, words, strict=True))
    return SharesView(
        cycle=writer.cycle(cycle) if cycle else NOTHING,
        chart=charts.shares(parts, say.pgettext("list", ", ").join(told)),
        basis=_basis(basis),
        parts=tuple((part, _percent(part, basis.size)) for part in parts),
    )
