"""Figures as charts: which of them are drawn, between which days, and the sentence that says what a chart shows."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from okrsite.core.company import KeyResult, Objective, Risk
from okrsite.core.cycles import Cycle
from okrsite.core.figures import KeyResultFigures, Reading, way
from okrsite.core.model import Guardrail, Judged, Metric, Milestones
from okrsite.core.numbers import AIM, ObjectiveType, elapsed_share, fixed, inside, round_half_up
from okrsite.core.text import Html
from okrsite.pages import charts
from okrsite.pages.days import week
from okrsite.pages.words import PlainWords
from okrsite.pages.writer import NOTHING

MAX_WEEKS = 60
"""Weeks of a cycle that are drawn one by one."""


def draw_bullet(figures: KeyResultFigures, type_: ObjectiveType | None, say: PlainWords, *, even: bool) -> Html:
    """How far a key result is on its way, with where an even pace would be if that is wanted."""
    if figures.progress is None:
        return NOTHING
    share = say.decimal(fixed(figures.progress if figures.raw is None else figures.raw, 1))
    if figures.baseline and figures.target:
        start, goal = figures.baseline.text, figures.target.text
        words = say.gettext("%(share)s of the way from %(start)s to %(goal)s", share=share, start=start, goal=goal)
    else:
        words = say.gettext("%(share)s of the way", share=share)
    pace = figures.pace.expected if figures.pace and even else None
    if pace is not None:
        at = say.decimal(fixed(pace, 1))
        words = say.gettext("%(chart)s; an even pace would be at %(even)s", chart=words, even=at)
    return charts.bullet(figures.progress, landing=type_ is ObjectiveType.ASPIRATIONAL, pace=pace, label=words)


def draw_history(
    kr: KeyResult,
    figures: KeyResultFigures,
    objective: Objective | None,
    cycle: Cycle,
    risks: Iterable[Risk],
    today: date,
    say: PlainWords,
) -> Html:
    """The readings of a key result over its time: towards a target, or within limits."""
    start, end = figures.start, figures.end
    heard = [reading for reading in figures.readings if reading.has_value]
    if not heard:
        return NOTHING
    if isinstance(kr.entry.measure, Guardrail):
        return _draw_guardrail(kr.entry.measure, heard, start, end, say)
    ways = [(reading, gone) for reading in heard if (gone := way(figures.baseline, figures.goal, reading)) is not None]
    if not ways or not isinstance(kr.entry.measure, (Metric, Milestones, Judged)):
        return NOTHING
    type_ = objective.entry.type if objective else None
    last = ways[-1][0]
    early = _first_raised(kr, risks, cycle)
    return charts.burn_up(
        [(elapsed_share(reading.on, start, end), gone) for reading, gone in ways],
        even=AIM.get(type_) if type_ and not isinstance(kr.entry.measure, Judged) else None,
        landing=type_ is ObjectiveType.ASPIRATIONAL,
        today=elapsed_share(today, start, end) if start <= today <= end else None,
        raised=elapsed_share(early, start, end) if early else None,
        edges=charts.Edges(
            start=_short(figures.baseline.text) if figures.baseline else "",
            goal=_short(figures.target.text) if figures.target else say.gettext("all"),
            latest=_short(last.typed) if last.quantity else say.decimal(fixed(ways[-1][1], 1)),
            first_day=say.day_of_year(start),
            last_day=say.day_of_year(end),
            today=say.gettext("today"),
            landing=say.gettext("0.6–0.7"),
        ),
        label=_told(ways, early, say),
    )


def _draw_guardrail(measure: Guardrail, heard: Sequence[Reading], start: date, end: date, say: PlainWords) -> Html:
    low, high = (limit.exact if limit else None for limit in (measure.low, measure.high))
    points = [
        (elapsed_share(r.on, start, end), r.quantity.exact, inside(r.quantity.exact, low, high))
        for r in heard
        if r.quantity
    ]
    if not points:
        return NOTHING
    outside = sum(not kept for _, _, kept in points)
    label = say.gettext(
        "%(readings)s, %(outside)s; the last is %(last)s",
        readings=say.ngettext("%(num)s reading", "%(num)s readings", len(points)),
        outside=say.ngettext("%(num)s outside the limits", "%(num)s outside the limits", outside)
        if outside
        else say.gettext("none outside the limits"),
        last=heard[-1].typed,
    )
    edges = charts.Edges(
        start=_short(measure.low.text) if measure.low else "",
        goal=_short(measure.high.text) if measure.high else "",
        latest=heard[-1].typed,
        first_day=say.day_of_year(start),
        last_day=say.day_of_year(end),
    )
    return charts.guardrail(points, low, high, edges, label)


def draw_confidence(
    kr: KeyResult, figures: KeyResultFigures, risks: Iterable[Risk], cycle: Cycle, say: PlainWords
) -> Html:
    """How confident the team was, check-in by check-in."""
    said = [(r.on, r.confidence) for r in figures.readings if r.confidence is not None]
    if len(said) < 2:
        return NOTHING
    early = _first_raised(kr, risks, cycle)
    told = (say.gettext("%(confidence)s on %(day)s", confidence=c, day=say.day(on)) for on, c in said)
    return charts.sparkline(
        [(cycle.elapsed(on), confidence) for on, confidence in said],
        raised=cycle.elapsed(early) if early else None,
        label=say.gettext("confidence %(said)s", said=say.pgettext("list", ", ").join(told)),
    )


def draw_score(score: Fraction, type_: ObjectiveType | None, say: PlainWords) -> Html:
    """Where a score as it is shown lies between nothing and all."""
    landing = type_ is ObjectiveType.ASPIRATIONAL
    shown = say.decimal(fixed(score, 1))
    words = (
        say.gettext("%(score)s on a line from 0 to 1; 0.6 to 0.7 is the place to land", score=shown)
        if landing
        else say.gettext("%(score)s on a line from 0 to 1", score=shown)
    )
    return charts.score_ruler(round_half_up(score, 1), landing=say.gettext("0.6–0.7") if landing else "", label=words)


def draw_weeks(cycle: Cycle, risks: Iterable[Risk], today: date, say: PlainWords) -> Html:
    """The weeks of a cycle with a pennant for each risk that was first said early in it."""
    weeks = week(cycle.end, cycle.start)
    if weeks > MAX_WEEKS:
        return NOTHING
    raised: dict[int, int] = {}
    for risk in risks:
        if cycle.is_early(risk.raised_on):
            number = week(risk.raised_on, cycle.start)
            raised[number] = raised.get(number, 0) + 1
    now = week(today, cycle.start) if cycle.contains(today) else 0 if today < cycle.start else weeks + 1
    present = say.gettext("week %(number)s of %(weeks)s", number=now, weeks=weeks)
    named = say.day_of_year(cycle.start), present, say.day_of_year(cycle.end)
    if 0 < now <= weeks:
        told = [say.gettext("The cycle: week %(number)s of %(weeks)s", number=now, weeks=weeks)]
    else:
        told = [say.gettext("The cycle: over") if now else say.gettext("The cycle: not begun")]
    told += (
        say.ngettext("%(num)s raised early in week %(week)s", "%(num)s raised early in week %(week)s", n, week=w)
        for w, n in sorted(raised.items())
    )
    return charts.weeks_ruler(weeks, now, raised, named, say.pgettext("between clauses", "; ").join(told))


# --- inside ---------------------------------------------------------------------------------------------------------


def _first_raised(kr: KeyResult, risks: Iterable[Risk], cycle: Cycle) -> date | None:
    """When the first risk about a key result was said, if that was early."""
    days = [risk.raised_on for risk in risks if risk.about == kr.ref]
    return min(days) if days and cycle.is_early(min(days)) else None


def _told(ways: Sequence[tuple[Reading, Fraction]], early: date | None, say: PlainWords) -> str:
    """A burn-up in words."""
    (first, begun), (last, reached) = ways[0], ways[-1]
    day, share = say.day(last.on), say.decimal(fixed(reached, 1))
    if first is last:
        words = say.gettext("%(share)s of the way on %(day)s", share=share, day=day)
    else:
        words = say.gettext(
            "from %(begun)s of the way on %(first)s to %(share)s of the way on %(day)s",
            begun=say.decimal(fixed(begun, 1)),
            first=say.day(first.on),
            share=share,
            day=day,
        )
    if early is None:
        return words
    return say.gettext("%(chart)s; a risk was raised early, on %(day)s", chart=words, day=say.day(early))


def _short(text: str) -> str:
    return text if len(text) <= 14 else f"{text[:13]}…"
