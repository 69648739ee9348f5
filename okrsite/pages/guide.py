"""What the site says of itself: how to read it and what it is not for."""

import re
from datetime import date
from fractions import Fraction
from typing import Final

from okrsite.core.numbers import Call
from okrsite.core.text import Html
from okrsite.pages import charts, urls
from okrsite.pages.chrome import Framer
from okrsite.pages.views import GuideView

_FIGURE: Final = re.compile(' data-figure="[^"]*"')


def present_guide(framer: Framer) -> GuideView:
    """How to read these pages, with a specimen of each shape."""
    writer = framer.writer(urls.GUIDE)
    say = writer.say.plain
    edges = charts.Edges(
        start="31%",
        goal="60%",
        latest="47%",
        first_day=say.day_of_year(date(2026, 10, 1)),
        last_day=say.day_of_year(date(2026, 12, 31)),
        today=say.gettext("today"),
        landing=say.gettext("0.6–0.7"),
    )
    climb = [(Fraction(n, 20), Fraction(way, 100)) for n, way in ((2, 4), (4, 9), (6, 20), (8, 33), (10, 41), (12, 55))]
    line = [(Fraction(n, 13), said) for n, said in ((1, 7), (2, 7), (3, 4), (4, 5), (6, 6), (8, 7))]
    bullet = charts.bullet(
        Fraction(55, 100),
        landing=True,
        pace=Fraction(42, 100),
        label=say.gettext("A specimen: a bar beyond an even pace"),
    )
    burn_up = charts.burn_up(
        climb,
        even=Fraction(7, 10),
        landing=True,
        today=Fraction(12, 20),
        raised=Fraction(6, 20),
        edges=edges,
        label=say.gettext("A specimen: a line that climbs a little above an even pace"),
    )
    sparkline = charts.sparkline(
        line, raised=Fraction(3, 13), label=say.gettext("A specimen: a line that dips and recovers")
    )
    score = charts.score_ruler(
        Fraction(65, 100), landing=edges.landing, label=say.gettext("A specimen: a pointer at the place to land")
    )
    named = edges.first_day, say.gettext("week %(number)s of %(weeks)s", number=8, weeks=13), edges.last_day
    return GuideView(
        chrome=framer.chrome(writer, say.gettext("How to read these pages")),
        bullet=_specimen(bullet),
        burn_up=_specimen(burn_up),
        sparkline=_specimen(sparkline),
        score=_specimen(score),
        weeks=charts.weeks_ruler(13, 8, {2: 1, 3: 2, 6: 1}, named, say.gettext("Week 8 of 13, with four pennants")),
        calls=tuple(map(str, Call)),
    )


def _specimen(chart: Html) -> Html:
    """A chart that shows nobody's figure."""
    return Html(_FIGURE.sub("", chart))
