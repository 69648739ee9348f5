"""What the site says of itself: how to read it and what it is not for; and what teams say of promises that moved."""

import re
from fractions import Fraction
from typing import Final

from okrsite.core.numbers import Call
from okrsite.core.text import Html
from okrsite.pages import charts, urls
from okrsite.pages.chrome import Framer
from okrsite.pages.parts import AmendmentView
from okrsite.pages.views import GoalpostsView, GuideView

_FIGURE: Final = re.compile(' data-figure="[^"]*"')


def present_guide(framer: Framer) -> GuideView:
    """How to read these pages, with a specimen of each shape."""
    writer = framer.writer(urls.GUIDE)
    words = charts.Words("31%", "60%", "47%", "1 October", "31 December", "today", "0.6–0.7")
    climb = [(Fraction(n, 20), Fraction(way, 100)) for n, way in ((2, 4), (4, 9), (6, 20), (8, 33), (10, 41), (12, 55))]
    line = [(Fraction(n, 13), said) for n, said in ((1, 7), (2, 7), (3, 4), (4, 5), (6, 6), (8, 7))]
    bullet = charts.bullet(Fraction(55, 100), landing=True, pace=Fraction(42, 100), label="a bar beyond an even pace")
    burn_up = charts.burn_up(
        climb,
        even=Fraction(7, 10),
        landing=True,
        today=Fraction(12, 20),
        raised=Fraction(6, 20),
        words=words,
        label="a line that climbs a little above an even pace",
    )
    return GuideView(
        chrome=framer.chrome(writer, "How to read these pages"),
        bullet=_specimen(bullet),
        burn_up=_specimen(burn_up),
        sparkline=_specimen(charts.sparkline(line, raised=Fraction(3, 13), label="a line that dips and recovers")),
        score=_specimen(charts.score_ruler(Fraction(65, 100), landing=True, label="a pointer at the place to land")),
        weeks=charts.weeks_ruler(13, 8, {2: 1, 3: 2, 6: 1}, "Week 8 of 13, with four pennants"),
        calls=tuple(map(str, Call)),
    )


def _specimen(chart: Html) -> Html:
    """A chart that shows nobody's figure."""
    return Html(_FIGURE.sub("", chart).replace('aria-label="', 'aria-label="A specimen: ', 1))


def present_goalposts(framer: Framer) -> GoalpostsView:
    """Every change of a promise that a team has explained, the latest first; those without a day come last."""
    company = framer.compiled.company
    writer = framer.writer(urls.GOALPOSTS)
    found = [
        (amendment, objective) for objective in company.objectives.values() for amendment in objective.entry.amendments
    ]
    found.sort(key=lambda pair: str(pair[0].on or ""), reverse=True)
    amendments = tuple(
        AmendmentView(
            on=amendment.on,
            what=writer.inline(amendment.what),
            because=writer.block(amendment.because),
            about=writer.link(objective.ref),
            team=writer.team(objective.team),
            cycle=writer.cycle_name(objective.cycle),
        )
        for amendment, objective in found
    )
    return GoalpostsView(chrome=framer.chrome(writer, "Promises that moved"), amendments=amendments)
