"""Charts as SVG that stands in the page: shapes of figures, each with a sentence that says the same.

Shares of time and of the way come in as fractions, words as text that is escaped here. Colours, strokes and letters
belong to the theme, by class. No chart carries a style of its own, loads anything, or knows a company.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Final

from okrsite.core.numbers import ONE, ZERO, clamp, plain, plain_ratio
from okrsite.core.text import Html

LANDING: Final = (Fraction(6, 10), Fraction(7, 10))
"""Where a good result of an aspirational objective lies."""
_MASTHEAD: Final = 6
_PENNANT: Final = "M0 0V-13H8L6 -10L8 -7H1.4V0Z"

Point = tuple[Fraction, Fraction]
"""A share of the time and a share of the way."""


# --- on a line ------------------------------------------------------------------------------------------------------


def bullet(progress: Fraction, *, landing: bool, pace: Fraction | None, label: str) -> Html:
    """The way from baseline to target, always from left to right: how far it is, where to land, an even pace."""
    parts = ['<rect class="track" y="5" width="100%" height="8"/>']
    if landing:
        parts.append('<rect class="landing" x="60%" y="5" width="10%" height="8"/>')
        parts += (f'<line class="edge" x1="{x}" x2="{x}" y1="5" y2="13"/>' for x in ("60%", "70%"))
    parts.append(f'<rect class="fill" y="7" width="{_percent(clamp(progress))}" height="4"/>')
    parts.append('<line class="goal" x1="100%" x2="100%" y1="2" y2="16"/>')
    if pace is not None:
        parts.append(
            f'<svg class="loose" x="{_percent(clamp(pace))}" y="14"><path class="pace" d="M-4 7L0 1L4 7Z"/></svg>'
        )
    return _picture("bullet", label, "".join(parts), 'width="100%" height="22"', figure="progress")


_TENTHS: Final = (
    '<svg class="loose" y="14" height="12" viewBox="0 0 10 12" preserveAspectRatio="none">'
    '<path class="edge" vector-effect="non-scaling-stroke" d="'
    + "".join(f"M{n} {4 if n % 5 else 0}V12" for n in range(11))
    + '"/></svg>'
)
"""The marks of a ruler from 0 to 10, in one path that is stretched to its width."""


def score_ruler(score: Fraction, *, landing: str, label: str) -> Html:
    """A score on the line from 0 to 1; `landing` is what its place to land is called, '' where it has none."""
    parts = ['<rect class="landing" x="60%" y="12" width="10%" height="14"/>'] if landing else []
    parts.append(_TENTHS)
    parts.append('<line class="axis" x1="0" x2="100%" y1="26" y2="26"/>')
    parts += ('<text y="40">0</text>', '<text x="100%" y="40" text-anchor="end">1</text>')
    if landing:
        parts.append(f'<text x="65%" y="40" text-anchor="middle">{escape(landing)}</text>')
    pointer = '<path class="pointer" d="M-5 2H5V10L0 16L-5 10Z"/>'
    parts.append(f'<svg class="loose" x="{_percent(clamp(score))}" y="9">{pointer}</svg>')
    return _picture("score-ruler", label, "".join(parts), 'width="100%" height="44"', figure="score")


def weeks_ruler(weeks: int, now: int, raised: Mapping[int, int], named: tuple[str, str, str], label: str) -> Html:
    """The weeks of a cycle, counted from 1: those gone, the present one (0 if none), and a pennant for each risk said.

    `raised` is how many risks were first said in a week; a mast holds only so many pennants. `named` are the first day,
    the present week and the last day, of which a day gives way where the week's name needs its room.
    """
    masts = {week: min(_MASTHEAD, number) for week, number in raised.items()}
    ground = 2 + 10 * max(masts.values(), default=0)
    parts = []
    for week in range(1, weeks + 1):
        kind = "now" if week == now else "gone" if week < now else "ahead"
        x, width = _percent(Fraction(week - 1, weeks)), _percent(Fraction(15, 16 * weeks))
        parts.append(f'<rect class="week {kind}" x="{x}" y="{ground}" width="{width}" height="6"/>')
        if masts.get(week):
            flags = "".join(f'<path d="M0 {-10 * n}v-8h8l-2 4l2 4z"/>' for n in range(masts[week]))
            mast = f'<line x2="0" y2="{-10 * masts[week]}"/>'
            parts.append(f'<svg class="loose early-mark" x="{x}" y="{ground}">{mast}{flags}</svg>')
    parts += _week_names(weeks, now, named, ground + 22)
    return _picture("weeks", label, "".join(parts), f'width="100%" height="{ground + 26}"')


def _week_names(weeks: int, now: int, named: tuple[str, str, str], y: int) -> Iterable[str]:
    first, present, last = map(escape, named)
    middle = Fraction(2 * now - 1, 2 * weeks)
    shown = 0 < now <= weeks
    if not shown or middle > Fraction(1, 3):
        yield f'<text y="{y}">{first}</text>'
    if not shown or middle < Fraction(5, 8):
        yield f'<text x="100%" y="{y}" text-anchor="end">{last}</text>'
    if shown:
        side = "start" if middle < Fraction(1, 6) else "end" if middle > Fraction(5, 6) else "middle"
        x = {"start": Fraction(now - 1, weeks), "middle": middle, "end": Fraction(now, weeks)}[side]
        yield f'<text class="strong" x="{_percent(x)}" y="{y}" text-anchor="{side}">{present}</text>'


# --- over time ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edges:
    """What stands at the edges of a chart over time."""

    start: str
    goal: str
    latest: str
    first_day: str
    last_day: str
    today: str = ""
    landing: str = ""


_LEFT, _RIGHT, _TOP, _BOTTOM, _WIDE, _HIGH = 6, 332, 14, 120, 420, 142
_DRAWN: Final = f'viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" height="{_HIGH}"'
_LOW, _FAR = Fraction(-1, 4), Fraction(5, 4)


def burn_up(
    points: Sequence[Point],
    *,
    even: Fraction | None,
    landing: bool,
    today: Fraction | None,
    raised: Fraction | None,
    edges: Edges,
    label: str,
) -> Html:
    """The way gone over the time of a cycle; it climbs towards its target whatever the number's own direction.

    `even` is where an even pace ends, `raised` when a risk was first said. What lies far below the baseline or
    beyond the target is drawn at the edge; the words say the real value.
    """
    low = min([ZERO, *(max(_LOW, way) for _, way in points)])
    high = max([ONE, *(min(_FAR, way) for _, way in points)])
    at = _Plane(low, high)
    parts = [f'<line class="axis" x1="{_LEFT}" x2="{_RIGHT}" y1="{at.y(ZERO)}" y2="{at.y(ZERO)}"/>']
    parts.append(f'<line class="grid" x1="{_LEFT}" x2="{_RIGHT}" y1="{at.y(ONE)}" y2="{at.y(ONE)}"/>')
    if landing:
        top, bottom = at.height(LANDING[1]), at.height(LANDING[0])
        size = f'width="{_RIGHT - _LEFT}" height="{plain(bottom - top, 1)}"'
        parts.append(f'<rect class="landing" x="{_LEFT}" y="{at.y(LANDING[1])}" {size}/>')
        parts.append(_text(_RIGHT + 6, at.height(Fraction(13, 20)) + 4, edges.landing))
    if even is not None:
        parts.append(f'<line class="even" x1="{_LEFT}" y1="{at.y(ZERO)}" x2="{_RIGHT}" y2="{at.y(even)}"/>')
    if today is not None:
        x = at.x(today)
        parts.append(f'<line class="today" x1="{x}" x2="{x}" y1="{_TOP - 6}" y2="{_BOTTOM}"/>')
        parts.append(_text(at.width(today), Fraction(_HIGH - 4), edges.today, anchor="middle", kind="strong"))
    parts += _line_of(points, at, edges.latest, raised)
    parts.append(_text(_RIGHT + 6, at.height(ONE) + 4, edges.goal, kind="strong"))
    parts.append(_text(_RIGHT + 6, at.height(ZERO) + 4, edges.start))
    near = today is not None and today < Fraction(1, 4), today is not None and today > Fraction(3, 4)
    if not near[0]:
        parts.append(_text(_LEFT, Fraction(_HIGH - 4), edges.first_day))
    if not near[1]:
        parts.append(_text(_RIGHT, Fraction(_HIGH - 4), edges.last_day, anchor="end"))
    return _picture("burn-up", label, "".join(parts), _DRAWN, figure="progress")


def _line_of(points: Sequence[Point], at: "_Plane", latest: str, raised: Fraction | None) -> Iterable[str]:
    if not points:
        return
    places = [(at.x(t), at.y(way)) for t, way in points]
    if len(points) > 1:
        yield f'<polyline class="line" points="{" ".join(f"{x},{y}" for x, y in places)}"/>'
    yield from (f'<circle class="dot" cx="{x}" cy="{y}" r="2.5"/>' for x, y in places)
    if raised is not None:
        x, y = at.x(raised), at.y(_between(points, raised))
        yield f'<svg class="loose early-mark" x="{x}" y="{y}"><path d="{_PENNANT}"/></svg>'
    t, way = points[-1]
    # The words stand where the line is not: before the end above what climbs, and never on the axis or below it.
    side = "end" if t > Fraction(3, 4) else "start"
    climbs = len(points) > 1 and points[-2][1] < way
    above = at.height(way) + 15 > _BOTTOM - 4 or (side == "end" and climbs)
    beside, height = at.width(t) + (-6 if side == "end" else 6), at.height(way) + (-8 if above else 15)
    yield _text(beside, height, latest, anchor=side, kind="strong")


def _between(points: Sequence[Point], time: Fraction) -> Fraction:
    """Where a line through points lies at a time; before the first and after the last it lies where they do."""
    before = max((point for point in points if point[0] <= time), default=points[0])
    after = min((point for point in points if point[0] >= time), default=points[-1])
    if after[0] <= before[0]:
        return before[1]
    return before[1] + (after[1] - before[1]) * (time - before[0]) / (after[0] - before[0])


def sparkline(points: Sequence[tuple[Fraction, int]], *, raised: Fraction | None, label: str) -> Html:
    """Stated confidence from 0 to 10 over a cycle; the dotted line is 5, the pennant when a risk was first said."""
    place = [(plain(2 + clamp(t) * 70, 1), plain(Fraction(28 - 2 * value), 1)) for t, value in points]
    parts = ['<line class="even" x1="2" x2="72" y1="18" y2="18"/>']
    if len(place) > 1:
        parts.append(f'<polyline class="line" points="{" ".join(",".join(point) for point in place)}"/>')
    if place:
        parts.append(f'<circle class="dot" cx="{place[-1][0]}" cy="{place[-1][1]}" r="2.2"/>')
    if raised is not None and place:
        level = _between([(t, Fraction(value)) for t, value in points], raised)
        x, y = plain(2 + clamp(raised) * 70, 1), plain(28 - 2 * level, 1)
        parts.append(f'<svg class="loose early-mark" x="{x}" y="{y}"><path d="{_PENNANT}"/></svg>')
    return _picture("sparkline", label, "".join(parts), 'width="74" height="30"', figure="confidence")


def guardrail(
    points: Sequence[tuple[Fraction, Fraction, bool]],
    low: Fraction | None,
    high: Fraction | None,
    edges: Edges,
    label: str,
) -> Html:
    """Readings (time, value, inside) against the limits within which they are to stay; one outside is a ring."""
    values = [value for _, value, _ in points] + [limit for limit in (low, high) if limit is not None]
    bottom, top = min(values), max(values)
    margin = (top - bottom) / 4 or abs(top) / 10 or ONE
    at = _Plane(bottom - margin, top + margin)
    upper, lower = at.height(high if high is not None else at.high), at.height(low if low is not None else at.low)
    size = f'width="{_RIGHT - _LEFT}" height="{plain(lower - upper, 1)}"'
    parts = [f'<rect class="landing" x="{_LEFT}" y="{plain(upper, 1)}" {size}/>']
    for limit, text in ((high, edges.goal), (low, edges.start)):
        if limit is not None:
            parts.append(f'<line class="limit" x1="{_LEFT}" x2="{_RIGHT}" y1="{at.y(limit)}" y2="{at.y(limit)}"/>')
            parts.append(_text(_RIGHT + 6, at.height(limit) + 4, text, kind="strong"))
    for t, value, inside in points:
        kind = "dot" if inside else "outside"
        parts.append(f'<circle class="{kind}" cx="{at.x(t)}" cy="{at.y(value)}" r="{"2.5" if inside else "4"}"/>')
    parts.append(_text(_LEFT, Fraction(_HIGH - 4), edges.first_day))
    parts.append(_text(_RIGHT, Fraction(_HIGH - 4), edges.last_day, anchor="end"))
    return _picture("guardrail", label, "".join(parts), _DRAWN, figure="kept")


# --- the whole company ----------------------------------------------------------------------------------------------

Said = tuple[int, Fraction]
"""A confidence from 0 to 10, and the share of what was given it that came true."""


def forecast(first: Iterable[Said], midway: Iterable[Said], ends: tuple[str, str, str], label: str) -> Html:
    """What was said against what came of it; on the dotted line both are the same.

    The `first` are dots and those `midway` rings, each on a thread from where it would lie on the line; `ends` are the
    words for none of it, half of it and all of it.
    """
    left, right, top, bottom = 84, 404, 12, 212

    def across(said: int) -> int:
        return left + said * (right - left) // 10

    def height(share: Fraction) -> str:
        return plain(bottom - share * (bottom - top), 1)

    middle = (top + bottom) // 2
    parts = [f'<line class="axis" x1="{left}" x2="{right}" y1="{y}" y2="{y}"/>' for y in (top, middle, bottom)]
    parts.append(f'<line class="even" x1="{left}" x2="{right}" y1="{bottom}" y2="{top}"/>')
    parts += (_text(across(n), Fraction(bottom + 16), str(n), anchor="middle") for n in range(11))
    for y, text in zip((bottom, middle, top), ends, strict=True):
        parts.append(_text(left - 10, Fraction(y + 4), text, anchor="end"))
    for kind, beside, steps in (("dot", -5, first), ("ring", 5, midway)):
        for said, share in steps:
            x, came = across(said) + beside, height(share)
            parts.append(f'<line class="thread" x1="{x}" x2="{x}" y1="{height(Fraction(said, 10))}" y2="{came}"/>')
            parts.append(f'<circle class="{kind}" cx="{x}" cy="{came}" r="4"/>')
    return _picture("forecast", label, "".join(parts), 'viewBox="0 0 420 236" width="420" height="236"')


def spread(ends: Sequence[tuple[str, int]], *, landing: bool, label: str) -> Html:
    """How many ended at each tenth from nothing to all, with its words, as columns of which the highest is full."""
    high, wide, bottom = max(1, *(count for _, count in ends)), 28, 84
    parts = []
    if landing:
        parts.append(f'<rect class="landing" x="{6 * wide}" y="8" width="{2 * wide}" height="{bottom - 8}"/>')
    for number, (words, count) in enumerate(ends):
        height = Fraction(count * (bottom - 12), high)
        size = f'width="{wide - 8}" height="{plain(height, 1)}"'
        parts.append(f'<rect class="fill" x="{number * wide + 4}" y="{plain(bottom - height, 1)}" {size}/>')
        middle = Fraction(number * wide + wide // 2)
        parts.append(_text(middle, Fraction(bottom + 14), words, anchor="middle"))
    parts.append(f'<line class="axis" x1="0" x2="{11 * wide}" y1="{bottom}" y2="{bottom}"/>')
    return _picture("spread", label, "".join(parts), f'viewBox="0 0 {11 * wide} 102" width="{11 * wide}" height="102"')


def shares(parts: Sequence[int], label: str) -> Html:
    """A whole in its parts, side by side from the darkest to the lightest."""
    whole, before, drawn = sum(parts), 0, []
    for number, part in enumerate(parts, 1):
        if part:
            x, width = _percent(Fraction(before, whole)), _percent(Fraction(part, whole))
            drawn.append(f'<rect class="part part-{number}" x="{x}" width="{width}" height="12"/>')
        before += part
    return _picture("shares", label, "".join(drawn), 'width="100%" height="12"')


# --- inside ---------------------------------------------------------------------------------------------------------


class _Plane:
    """Where shares of time and of the way lie on a chart over time; what is beyond its edges lies on them.

    There are many points: so places are counted in whole numbers, whose ratio is exact too.
    """

    def __init__(self, low: Fraction, high: Fraction) -> None:
        self.low, self.high = low, high
        self._span = high - low

    def width(self, time: Fraction) -> Fraction:
        return Fraction(*self._across(time))

    def height(self, way: Fraction) -> Fraction:
        return Fraction(*self._down(way))

    def x(self, time: Fraction) -> str:
        return plain_ratio(*self._across(time), 1)

    def y(self, way: Fraction) -> str:
        return plain_ratio(*self._down(way), 1)

    def _across(self, time: Fraction) -> tuple[int, int]:
        whole = time.denominator
        gone = min(whole, max(0, time.numerator))
        return _LEFT * whole + gone * (_RIGHT - _LEFT), whole

    def _down(self, way: Fraction) -> tuple[int, int]:
        low, span = self.low, self._span
        whole = way.denominator * low.denominator * span.numerator
        gone = (way.numerator * low.denominator - low.numerator * way.denominator) * span.denominator
        return _BOTTOM * whole - min(whole, max(0, gone)) * (_BOTTOM - _TOP), whole


def _percent(share: Fraction) -> str:
    return f"{plain(share * 100, 1)}%"


def _text(x: Fraction | int, y: Fraction, words: str, *, anchor: str = "start", kind: str = "") -> str:
    if not words:
        return ""
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    name = f' class="{kind}"' if kind else ""
    return f'<text x="{plain(Fraction(x), 1)}" y="{plain(y, 1)}"{side}{name}>{escape(words)}</text>'


def _picture(kind: str, label: str, inside: str, size: str, *, figure: str = "") -> Html:
    """The whole SVG, whose sentence stands for it where it cannot be seen."""
    marked = f' data-figure="{figure}"' if figure else ""
    return Html(f'<svg class="chart {kind}" role="img" aria-label="{escape(label)}" {size}{marked}>{inside}</svg>')
