"""Charts: what is drawn where, in XML that a page can hold, with a sentence, and for every value there can be."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final
from xml.etree import ElementTree

import pytest

from okrsite.core.text import Html
from okrsite.pages.charts import (
    Edges,
    bullet,
    burn_up,
    forecast,
    guardrail,
    score_ruler,
    shares,
    sparkline,
    spread,
    weeks_ruler,
)

HALF: Final = Fraction(1, 2)
NAMED: Final = ("1 October", "week 8 of 13", "31 December")
EDGES: Final = Edges("10", "20", "15", "1 October", "31 December", "today", "0.6–0.7")


def _drawn(chart: Html) -> ElementTree.Element:
    """A chart as elements; it names itself and brings no style of its own."""
    root = ElementTree.fromstring(chart)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"]
    for element in root.iter():
        assert not {"style", "href", "onclick", "fill", "stroke"} & set(element.attrib)
    return root


def _of(root: ElementTree.Element, kind: str) -> list[Mapping[str, str]]:
    return [element.attrib for element in root.iter() if kind in element.attrib.get("class", "").split()]


def _words(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter("text")]


# --- bullet -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("progress", "width"),
    [("0", "0%"), ("1/2", "50%"), ("1", "100%"), ("13/10", "100%"), ("-1/4", "0%"), ("1/3", "33.3%")],
)
def test_a_bar_shows_the_way_gone_and_no_more_than_all_of_it(progress: str, width: str) -> None:
    root = _drawn(bullet(Fraction(progress), landing=True, pace=None, label="half of the way"))
    assert [fill["width"] for fill in _of(root, "fill")] == [width]
    assert root.attrib["data-figure"] == "progress"


@pytest.mark.parametrize(("landing", "blocks"), [(True, [("60%", "10%")]), (False, [])])
def test_the_place_to_land_is_drawn_where_there_is_one(landing: bool, blocks: list[tuple[str, str]]) -> None:
    root = _drawn(bullet(HALF, landing=landing, pace=None, label="half"))
    assert [(block["x"], block["width"]) for block in _of(root, "landing")] == blocks


def test_an_even_pace_is_a_mark_below_the_bar() -> None:
    root = _drawn(bullet(HALF, landing=False, pace=Fraction(1, 4), label="half"))
    assert [mark["x"] for mark in _of(root, "loose")] == ["25%"]
    assert not _of(_drawn(bullet(HALF, landing=False, pace=None, label="half")), "loose")


@pytest.mark.parametrize(("landing", "words"), [("0.6–0.7", ["0", "1", "0.6–0.7"]), ("", ["0", "1"])])
def test_a_score_stands_between_ends_that_are_named(landing: str, words: list[str]) -> None:
    assert _words(_drawn(score_ruler(HALF, landing=landing, label="half"))) == words


@pytest.mark.parametrize(
    ("now", "words", "side"),
    [
        (0, ["1 October", "31 December"], ""),
        (1, ["31 December", "week 8 of 13"], "start"),
        (7, ["1 October", "31 December", "week 8 of 13"], "middle"),
        (13, ["1 October", "week 8 of 13"], "end"),
        (14, ["1 October", "31 December"], ""),
    ],
)
def test_the_weeks_are_named_by_their_ends_and_the_present_one(now: int, words: list[str], side: str) -> None:
    root = _drawn(weeks_ruler(13, now, {}, NAMED, "weeks"))
    assert _words(root) == words
    assert [text["text-anchor"] for text in _of(root, "strong")] == [side] * bool(side)


@pytest.mark.parametrize(
    ("points", "above", "side"),
    [
        ((("0", "0"), ("1/2", "1/2")), False, None),
        ((("0", "0"), ("1/2", "0")), True, None),
        ((("0", "0"), ("9/10", "1/2")), True, "end"),
        ((("0", "1"), ("9/10", "1/2")), False, "end"),
    ],
)
def test_the_latest_value_stands_where_the_line_is_not(
    points: tuple[tuple[str, str], ...], above: bool, side: str | None
) -> None:
    root = _burn(*points)
    (latest,) = (text.attrib for text in root.iter("text") if text.text == "15")
    dot = _of(root, "dot")[-1]
    assert (float(latest["y"]) < float(dot["cy"])) is above
    assert latest.get("text-anchor") == side
    assert float(latest["y"]) < 122


# --- over time --------------------------------------------------------------------------------------------------------


def _burn(*points: tuple[str, str], **more: object) -> ElementTree.Element:
    known = {"even": Fraction(7, 10), "landing": True, "today": HALF, "raised": None, "edges": EDGES, "label": "climbs"}
    return _drawn(burn_up([(Fraction(t), Fraction(way)) for t, way in points], **{**known, **more}))  # type: ignore[arg-type]


def test_a_burn_up_climbs_from_its_start_to_its_target() -> None:
    root = _burn(("0", "0"), ("1/2", "1/2"), ("1", "1"))
    xs = [float(dot["cx"]) for dot in _of(root, "dot")]
    ys = [float(dot["cy"]) for dot in _of(root, "dot")]
    assert xs == sorted(xs)
    assert ys == sorted(ys, reverse=True)
    assert (xs[1], ys[1]) == ((xs[0] + xs[2]) / 2, (ys[0] + ys[2]) / 2)
    assert len(_of(root, "line")) == len(_of(root, "even")) == len(_of(root, "today")) == 1
    assert _words(root) == ["0.6–0.7", "today", "15", "20", "10", "1 October", "31 December"]


@pytest.mark.parametrize("way", ["-40", "-1/4", "0", "1", "5/4", "1000000000000"])
def test_what_is_far_off_stays_on_the_chart(way: str) -> None:
    root = _burn(("0", "0"), ("1/2", way))
    assert all(0 <= float(dot["cy"]) <= 142 and 0 <= float(dot["cx"]) <= 420 for dot in _of(root, "dot"))


def test_one_reading_is_a_dot_and_none_is_nothing() -> None:
    assert (len(_of(_burn(("1/2", "1/2")), "dot")), len(_of(_burn(("1/2", "1/2")), "line"))) == (1, 0)
    assert not _of(_burn(), "dot")


@pytest.mark.parametrize(
    ("raised", "x", "y"), [("0", "6", "120"), ("1/4", "87.5", "93.5"), ("1/2", "169", "67"), ("9/10", "299.4", "24.6")]
)
def test_the_pennant_stands_on_the_line_at_the_day_of_the_warning(raised: str, x: str, y: str) -> None:
    root = _burn(("0", "0"), ("1/2", "1/2"), ("1", "1"), raised=Fraction(raised))
    assert [(mark["x"], mark["y"]) for mark in _of(root, "early-mark")] == [(x, y)]


def test_a_warning_before_the_first_reading_stands_at_its_height() -> None:
    (mark,) = _of(_burn(("1/2", "1"), raised=Fraction(1, 4)), "early-mark")
    assert (mark["x"], mark["y"]) == ("87.5", "14")


def test_without_an_even_pace_a_landing_or_a_today_none_is_drawn() -> None:
    root = _burn(("0", "0"), even=None, landing=False, today=None)
    assert not [kind for kind in ("even", "landing", "today") if _of(root, kind)]


def test_a_sparkline_goes_up_with_confidence() -> None:
    points = [(Fraction(0), 2), (HALF, 5), (Fraction(1), 9)]
    root = _drawn(sparkline(points, raised=HALF, label="confidence 2, 5, 9"))
    ((line,), (mark,)) = _of(root, "line"), _of(root, "early-mark")
    places = [tuple(map(float, place.split(","))) for place in line["points"].split()]
    assert places == [(2, 24), (37, 18), (72, 10)]
    assert (mark["x"], mark["y"]) == ("37", "18")
    assert root.attrib["data-figure"] == "confidence"


@pytest.mark.parametrize(("low", "high", "lines"), [("95", None, 1), (None, "5", 1), ("2", "4", 2)])
def test_a_guardrail_shows_its_limits_and_rings_what_is_outside(low: str | None, high: str | None, lines: int) -> None:
    limits = [None if limit is None else Fraction(limit) for limit in (low, high)]
    points = [(Fraction(0), Fraction(3), True), (HALF, Fraction(97), False)]
    root = _drawn(guardrail(points, *limits, EDGES, "two readings"))
    assert len(_of(root, "limit")) == lines
    assert (len(_of(root, "dot")), len(_of(root, "outside"))) == (1, 1)
    assert all(0 <= float(mark["cy"]) <= 142 for mark in (*_of(root, "dot"), *_of(root, "outside")))


def test_readings_that_never_change_have_a_chart_too() -> None:
    zero = Fraction(0)
    assert len(_of(_drawn(guardrail([(zero, zero, True)] * 3, zero, zero, EDGES, "all zero")), "dot")) == 3


# --- rulers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("score", "at"), [("0", "0%"), ("13/20", "65%"), ("1", "100%")])
def test_a_score_points_at_its_place(score: str, at: str) -> None:
    root = _drawn(score_ruler(Fraction(score), landing="0.6–0.7", label=score))
    assert [mark["x"] for mark in _of(root, "loose") if "x" in mark] == [at]
    (marks,) = _of(root, "edge")
    assert [f"M{tenth} " in marks["d"] for tenth in range(12)] == [True] * 11 + [False]
    assert root.attrib["data-figure"] == "score"


def test_weeks_are_gone_present_or_ahead_and_carry_the_risks_said_in_them() -> None:
    root = _drawn(weeks_ruler(13, 8, {3: 2, 8: 1}, NAMED, "week 8 of 13"))
    assert [len(_of(root, kind)) for kind in ("gone", "now", "ahead")] == [7, 1, 5]
    flags = [len(mark.findall("path")) for mark in root.iter("svg") if mark is not root]
    assert flags == [2, 1]
    assert "data-figure" not in root.attrib


def test_a_mast_holds_only_so_many_pennants() -> None:
    root = _drawn(weeks_ruler(2, 1, {1: 500}, NAMED, "many"))
    assert len(list(root.iter("path"))) == 6
    assert float(root.attrib["height"]) < 100


def test_words_are_text_and_nothing_else() -> None:
    edges = Edges('<b>"1"</b>', "&", "'", "<", ">", "</svg>", "x")
    chart = burn_up([(HALF, HALF)], even=None, landing=True, today=HALF, raised=None, edges=edges, label='<i>"&')
    root = _drawn(chart)
    assert root.attrib["aria-label"] == '<i>"&'
    assert {"</svg>", '<b>"1"</b>', "&"} <= set(_words(root))
    assert {element.tag for element in root.iter()} <= {"svg", "rect", "line", "text", "circle", "polyline", "path"}


# --- the whole company ------------------------------------------------------------------------------------------------


def test_on_the_line_what_was_said_is_what_came() -> None:
    steps = [(2, Fraction(2, 10)), (7, Fraction(7, 10))]
    root = _drawn(forecast(steps, [], ("none", "half", "all"), "as said"))
    assert [thread["y1"] == thread["y2"] for thread in _of(root, "thread")] == [True, True]
    assert len(_of(root, "dot")) == 2
    assert not _of(root, "ring")
    assert _words(root) == [*(str(n) for n in range(11)), "none", "half", "all"]
    assert "data-figure" not in root.attrib


def test_what_came_is_higher_the_more_of_it_came_and_moments_stand_side_by_side() -> None:
    root = _drawn(forecast([(5, Fraction(0)), (6, Fraction(1))], [(5, HALF)], ("none", "half", "all"), "mixed"))
    low, high = (float(dot["cy"]) for dot in _of(root, "dot"))
    (ring,) = _of(root, "ring")
    assert high < float(ring["cy"]) < low
    assert float(_of(root, "dot")[0]["cx"]) < float(ring["cx"]) < float(_of(root, "dot")[1]["cx"])


@pytest.mark.parametrize("counts", [(0,) * 11, (1,) * 11, (0, 0, 0, 0, 0, 0, 30, 20, 10, 0, 5)])
def test_a_column_is_as_high_as_its_share_of_the_highest(counts: tuple[int, ...]) -> None:
    root = _drawn(spread([(str(n), count) for n, count in enumerate(counts)], landing=True, label="spread"))
    heights = [float(column["height"]) for column in _of(root, "fill")]
    full = max(max(heights), 1)
    assert [round(height / full, 2) for height in heights] == [round(count / max(*counts, 1), 2) for count in counts]
    (landing,) = _of(root, "landing")
    columns = _of(root, "fill")
    left, right = float(landing["x"]), float(landing["x"]) + float(landing["width"])
    assert [n for n, column in enumerate(columns) if left <= float(column["x"]) < right] == [6, 7]
    assert not _of(_drawn(spread([("0", 1)], landing=False, label="spread")), "landing")


@pytest.mark.parametrize(
    ("parts", "drawn"),
    [
        ((1, 1, 2), [("0%", "25%"), ("25%", "25%"), ("50%", "50%")]),
        ((0, 3, 0), [("0%", "100%")]),
        ((0, 0, 0), []),
    ],
)
def test_the_parts_of_a_whole_stand_side_by_side(parts: tuple[int, ...], drawn: list[tuple[str, str]]) -> None:
    root = _drawn(shares(parts, "parts"))
    assert [(part["x"], part["width"]) for part in _of(root, "part")] == drawn
