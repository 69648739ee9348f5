"""The vectors of the numbers: each a small company, seen in its export and on its objective's page."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from okrsite.cli import main
from tests.conftest import Project
from tests.site.walker import Page, chosen, figures, inside, read_page, text_of

Exported = Callable[..., dict[str, Any]]

PATH: Final = "content/teams/acme"


class Seen(NamedTuple):
    """An objective as the export has it, its page, and that of its team's cycle."""

    objective: dict[str, Any]
    page: Page
    part: Page


See = Callable[..., Seen]


@pytest.fixture
def see(project: Project, exported: Exported, tmp_path: Path) -> See:
    """Exports and builds a company of one objective `o` with some key results and readings."""

    def call(
        key_results: Mapping[str, str],
        readings: Mapping[str, Mapping[str, str]],
        *,
        retro: str = "",
        kind: str = "aspirational",
        cycle: str = "2026-Q4",
        cycle_file: str = "",
        today: str = "2026-11-22",
    ) -> Seen:
        lines = "".join(f"      {name}: {{title: {name}, {fields}}}\n" for name, fields in key_results.items())
        okrs = f"---\nobjectives:\n  o:\n    title: Better\n    type: {kind}\n    key_results:\n{lines}---\n"
        files = {f"{PATH}/team.md": "---\nname: Acme\n---\n", f"{PATH}/{cycle}/okrs.md": okrs}
        for day, values in readings.items():
            said = "".join(f"  o#{name}: {value}\n" for name, value in values.items())
            files[f"{PATH}/{cycle}/checkins/{day}.md"] = f"---\nprogress:\n{said}---\n"
        if retro:
            files[f"{PATH}/{cycle}/retro.md"] = retro
        if cycle_file:
            files[f"content/cycles/{cycle}.md"] = cycle_file
        folder = project(files)
        (objective,) = exported(folder, today)["objectives"]
        target = tmp_path / "site"
        assert main(["build", "-q", "-C", str(folder), "--today", today, "-o", str(target)]) == 0
        own, part = (
            read_page(path, (target / path).read_text(encoding="utf-8"))
            for path in (f"teams/acme/{cycle}/o.html", f"teams/acme/{cycle}/index.html")
        )
        return Seen(objective, own, part)

    return call


def _key_result(seen: Seen, name: str = "k") -> dict[str, Any]:
    """One key result of the export."""
    (found,) = (kr for kr in seen.objective["key_results"] if kr["ref"].endswith(f"#{name}"))
    return dict(found)


def _figures(seen: Seen, which: str, name: str = "k") -> list[str]:
    """The words of one kind of figure in a key result's section, but for those folded away."""
    (section,) = chosen(seen.page, id=f"kr-{name}")
    folded = list(chosen(seen.page, "details"))
    return [
        text_of(seen.page, element) or element.attributes.get("aria-label", "")
        for element in chosen(seen.page, data_figure=which)
        if inside(element, section) and not any(inside(element, other) for other in folded)
    ]


def _own_figures(seen: Seen, which: str) -> list[str]:
    """The words of one kind of figure of the objective itself, charts apart."""
    sections = [e for e in seen.page.elements if e.attributes.get("id", "").startswith("kr-")]
    apart = [*sections, *chosen(seen.page, "details"), *chosen(seen.page, aria_labelledby="checkins")]
    return [
        text_of(seen.page, element)
        for element in chosen(seen.page, data_figure=which)
        if element.tag != "svg" and not any(inside(element, other) for other in apart)
    ]


# --- one key result -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("baseline", "target", "now", "raw", "progress", "shown"),
    [
        pytest.param("10", "20", "15", "0.5", "0.5", "0.5", id="rising"),
        pytest.param("200", "0", "100", "0.5", "0.5", "0.5", id="falling"),
        pytest.param("50", "10", "60", "-0.25", "0", "0.0", id="falling, worse"),
        pytest.param("0", "100", "130", "1.3", "1", "1.0", id="overshoot"),
        pytest.param("-5", "5", "0", "0.5", "0.5", "0.5", id="negative"),
        pytest.param("0.1", "0.3", "0.2", "0.5", "0.5", "0.5", id="tenths"),
        pytest.param("0", "3", "1", "0.333333", "0.333333", "0.3", id="thirds"),
        pytest.param("0", "100", "25", "0.25", "0.25", "0.3", id="half up"),
    ],
)
def test_a_metric_goes_from_its_baseline_to_its_target(
    see: See, baseline: str, target: str, now: str, raw: str, progress: str, shown: str
) -> None:
    seen = see({"k": f"baseline: {baseline}, target: {target}"}, {"2026-11-06": {"k": now}})
    found = _key_result(seen)
    assert (found["kind"], found["raw"], found["progress"]) == ("metric", raw, progress)
    assert (found["baseline"], found["target"], found["value"]) == (baseline, target, now)
    assert found["value_on"] == "2026-11-06"
    assert _figures(seen, "value") == [now]
    assert _figures(seen, "progress")[0] == shown
    assert seen.objective["progress"] == progress
    assert _own_figures(seen, "progress") == [shown]


def test_a_value_behind_the_baseline_says_so_with_the_value_and_an_empty_bar(see: See) -> None:
    seen = see({"k": "baseline: 50, target: 10"}, {"2026-11-06": {"k": "60"}})
    assert _figures(seen, "raw") == ["below baseline"]
    assert _figures(seen, "value") == ["60"]
    assert _fill(seen) == "0%"


def test_a_value_beyond_the_target_says_how_far_and_fills_the_bar(see: See) -> None:
    seen = see({"k": "baseline: 0, target: 100"}, {"2026-11-06": {"k": "130"}})
    (words,) = _figures(seen, "raw")
    assert "1.3" in words
    assert _fill(seen) == "100%"


def _fill(seen: Seen) -> str:
    (section,) = chosen(seen.part, class_="kr")
    (fill,) = (e for e in chosen(seen.part, "rect", class_="fill") if inside(e, section))
    return fill.attributes["width"]


def test_a_relative_target_lies_in_percent_of_the_baseline(see: See) -> None:
    seen = see({"k": "baseline: 10, change: -20%"}, {"2026-11-06": {"k": "9"}})
    assert (_key_result(seen)["target"], _key_result(seen)["progress"]) == ("8", "0.5")
    assert _figures(seen, "progress")[0] == "0.5"
    (section,) = chosen(seen.page, id="kr-k")
    assert "which is 8" in text_of(seen.page, section)


def test_a_relative_target_without_a_baseline_lies_in_percent_of_the_first_reading(see: See) -> None:
    seen = see({"k": "change: -20%"}, {"2026-10-09": {"k": "10"}, "2026-11-06": {"k": "9"}})
    assert (_key_result(seen)["target"], _key_result(seen)["progress"]) == ("8", "0.5")


def test_milestones_count_by_weight(see: See) -> None:
    steps = "{a: {title: A, weight: 1}, b: {title: B, weight: 1}, c: {title: C, weight: 2}}"
    seen = see({"k": f"milestones: {steps}"}, {"2026-11-06": {"k": "[a, c]"}})
    found = _key_result(seen)
    assert (found["kind"], found["progress"]) == ("milestones", "0.75")
    assert "0.8" in _figures(seen, "progress")


def test_a_guardrail_is_kept_by_its_periods_and_left_out_of_progress(see: See) -> None:
    days = ["2026-10-02", "2026-10-09", "2026-10-16", "2026-10-23", "2026-10-30", "2026-11-06"]
    days += ["2026-11-13", "2026-11-20", "2026-11-27", "2026-12-04", "2026-12-11", "2026-12-18"]
    readings = {day: {"k": "94%" if day == "2026-10-30" else "96%"} for day in days}
    seen = see({"k": "keep_above: 95%"}, readings, today="2026-12-23")
    found = _key_result(seen)
    assert found["kind"] == "guardrail"
    assert found["kept"] == "0.916667"
    assert found["periods"] == {"kept": 11, "outside": 1, "not_heard": 0}
    assert found["progress"] is None
    assert seen.objective["progress"] is None
    assert "0.9" in _figures(seen, "kept")
    assert "kept 11, outside 1, not heard 0" in _figures(seen, "kept")
    assert _figures(seen, "progress") == []


@pytest.mark.parametrize(
    ("confidence_day", "pace", "even"),
    [
        ("2026-02-15", "in step", ["0.4"]),
        ("2026-01-10", "too early", []),
        ("2026-03-12", "behind", ["0.5"]),
        ("2026-04-01", "well behind", ["0.7"]),
    ],
)
def test_pace_compares_with_an_even_way_to_seven_tenths(
    see: See, confidence_day: str, pace: str, even: list[str]
) -> None:
    """A page says where an even pace would be, without a word for what that means: a guide is no grade."""
    seen = see(
        {"k": "baseline: 0, target: 100"},
        {confidence_day: {"k": "30"}},
        cycle="ninety",
        cycle_file="---\nstart: 2026-01-01\nend: 2026-04-01\n---\n",
        today="2026-04-02",
    )
    assert _key_result(seen)["progress"] == "0.3"
    assert _key_result(seen)["pace"] == pace
    assert _figures(seen, "pace") == even


def test_halfway_through_an_even_way_to_seven_tenths_is_at_thirty_five_hundredths(see: See) -> None:
    seen = see(
        {"k": "baseline: 0, target: 100"},
        {"2026-02-15": {"k": "30"}},
        cycle="ninety",
        cycle_file="---\nstart: 2026-01-01\nend: 2026-04-01\n---\n",
        today="2026-02-16",
    )
    (section,) = chosen(seen.page, id="kr-k")
    said = text_of(seen.page, section)
    assert "0.35 of the way" in said
    assert "this is 0.05 short of it" in said


@pytest.mark.parametrize(("kind", "pace", "even"), [("committed", "behind", ["0.5"]), ("learning", None, [])])
def test_the_even_way_depends_on_the_type(see: See, kind: str, pace: str | None, even: list[str]) -> None:
    seen = see(
        {"k": "baseline: 0, target: 100"},
        {"2026-02-15": {"k": "30"}},
        kind=kind,
        cycle="ninety",
        cycle_file="---\nstart: 2026-01-01\nend: 2026-04-01\n---\n",
        today="2026-02-16",
    )
    assert _key_result(seen)["pace"] == pace
    assert _figures(seen, "pace") == even


# --- objectives and scores ------------------------------------------------------------------------------------------

SHARE: Final = "baseline: 0, target: 100"


@pytest.mark.parametrize(
    ("key_results", "values", "progress", "shown"),
    [
        pytest.param([SHARE] * 3, ["100", "0", "0"], "0.333333", "0.3", id="objective"),
        pytest.param(
            [f"{SHARE}, weight: 3", f"{SHARE}, weight: 1", f"{SHARE}, weight: 0"],
            ["50", "100", "20"],
            "0.625",
            "0.6",
            id="weights",
        ),
        pytest.param([SHARE] * 2, ["5", "15"], "0.1", "0.1", id="mean before rounding"),
        pytest.param([SHARE] * 2, ["4", "5"], "0.045", "0.0", id="mean of what would round apart"),
        pytest.param(["find_baseline: true", SHARE], ["7", "50"], "0.5", "0.5", id="a number to find counts nowhere"),
        pytest.param(["keep_above: 95", SHARE], ["96", "50"], "0.5", "0.5", id="a guardrail counts nowhere"),
        pytest.param(
            [f"{SHARE}, status: dropped, because: Done with.", SHARE],
            ["0", "50"],
            "0.5",
            "0.5",
            id="dropped ones count nowhere",
        ),
        pytest.param(["deliver_by: 2026-12-01", SHARE], ["yes", "50"], "0.75", "0.8", id="done or not"),
        pytest.param(["target: a contract", SHARE], ["40%", "50"], "0.45", "0.5", id="judged by hand"),
    ],
)
def test_an_objective_is_the_mean_of_its_key_results_by_weight(
    see: See, key_results: list[str], values: list[str], progress: str, shown: str
) -> None:
    named = {f"k{n}": fields for n, fields in enumerate(key_results)}
    seen = see(named, {"2026-11-06": {f"k{n}": value for n, value in enumerate(values)}})
    assert seen.objective["progress"] == progress
    assert _own_figures(seen, "progress") == [shown]


def test_key_results_without_a_reading_are_told_and_not_counted_as_nothing(see: See) -> None:
    seen = see(dict.fromkeys(("a", "b", "c", "d"), SHARE), {"2026-11-06": {"b": "50"}})
    assert seen.objective["progress"] == "0.5"
    assert seen.objective["progress_from"] == [1, 4]
    assert _key_result(seen, "a")["progress"] is None
    (main_part,) = chosen(seen.page, "main")
    assert "from 1 of 4" in text_of(seen.page, main_part)
    assert _figures(seen, "progress", "a") == []


@pytest.mark.parametrize(
    ("score", "shown", "band"),
    [
        ("0.34", "0.3", "little movement"),
        ("0.35", "0.4", "real progress"),
        ("0.64", "0.6", "real progress"),
        ("0.65", "0.7", "delivered"),
    ],
)
def test_a_score_reads_by_the_one_decimal_that_is_shown(see: See, score: str, shown: str, band: str) -> None:
    retro = f"---\nscores:\n  o: {{score: {score}, because: We looked at it together., next: keep}}\n---\n"
    seen = see({"k": SHARE}, {"2026-12-18": {"k": "50"}}, retro=retro, today="2027-02-01")
    assert seen.objective["score"] == score
    assert _own_figures(seen, "score")[0] == shown
    (section,) = chosen(seen.page, "section", aria_labelledby="score")
    assert band in text_of(seen.page, section)
    assert "We looked at it together." in text_of(seen.page, section)


@pytest.mark.parametrize(
    ("kind", "said"),
    [("aspirational", "1.0 delivered"), ("learning", "1.0 delivered"), ("committed", "1.0 delivered, as promised")],
)
def test_a_guardrail_that_was_kept_is_not_asked_whether_it_was_bold(see: See, kind: str, said: str) -> None:
    fields = {"k": SHARE, "g": "keep_below: 5%"}
    retro = "---\nscores:\n  o#g: {score: 1.0, because: It held.}\n---\n"
    seen = see(fields, {"2026-10-09": {"g": "4%", "k": "100"}}, retro=retro, kind=kind, today="2027-02-01")
    (section,) = chosen(seen.page, id="kr-g")
    (told,) = (p for p in chosen(seen.page, "p") if inside(p, section) and "delivered" in text_of(seen.page, p))
    assert text_of(seen.page, told) == said
    landing = [e for e in chosen(seen.page, class_="landing") if inside(e, section)]
    rulers = [e for e in chosen(seen.page, class_="score-ruler") if inside(e, section)]
    assert [e for e in landing for ruler in rulers if inside(e, ruler)] == []


def test_without_the_teams_own_score_the_computed_one_stands(see: See) -> None:
    seen = see({"a": SHARE, "b": SHARE}, {"2026-12-18": {"a": "5", "b": "15"}}, today="2027-02-01")
    assert _key_result(seen, "a")["score"] == "0.05"
    assert seen.objective["score"] == "0.1"
    assert _own_figures(seen, "score")[0] == "0.1"


def test_a_score_that_differs_from_the_computed_one_shows_both(see: See) -> None:
    retro = "---\nscores:\n  o: {score: 0.8, because: The rest came in January.}\n---\n"
    seen = see({"k": SHARE}, {"2026-12-18": {"k": "50"}}, retro=retro, today="2027-02-01")
    assert _own_figures(seen, "score") == ["0.8", "0.5"]


def test_a_closed_cycle_speaks_in_the_past(see: See) -> None:
    """What a team said while it lasted is no news any more: no call, no pace; the last confidence is called so."""
    readings = {"2026-11-18": {"k": "{value: 20, confidence: 3}"}}
    live, closed = (see({"k": SHARE}, readings, today=today) for today in ("2026-12-01", "2027-02-01"))
    said, afterwards = (text_of(seen.page, next(chosen(seen.page, id="main"))) for seen in (live, closed))
    assert ("off track" in said, "Last confidence" in said, "short of it" in said) == (True, False, True)
    assert ("off track" in afterwards, "Last confidence" in afterwards, "short of it" in afterwards) == (
        False,
        True,
        False,
    )
    assert (_figures(live, "pace"), _figures(closed, "pace")) == (["0.4"], [])


@pytest.mark.parametrize(("value", "shown", "at"), [("57", "0.6", "60%"), ("73", "0.7", "70%")])
def test_a_score_is_drawn_where_it_is_said_to_be(see: See, value: str, shown: str, at: str) -> None:
    seen = see({"k": SHARE}, {"2026-12-18": {"k": value}}, today="2027-02-01")
    assert _own_figures(seen, "score")[0] == shown
    pointer = next(chosen(seen.page, tag="svg", y="9"))
    assert pointer.attributes["x"] == at


def test_before_a_cycle_has_closed_nothing_is_scored(see: See) -> None:
    readings = {"2026-12-18": {"k": "50"}}
    assert see({"k": SHARE}, readings, today="2027-01-21").objective["score"] is None
    assert see({"k": SHARE}, readings, today="2027-01-22").objective["score"] == "0.5"


def test_no_reading_is_no_figure_and_not_nothing(see: See) -> None:
    seen = see({"k": SHARE}, {})
    found = _key_result(seen)
    assert [found[name] for name in ("value", "value_on", "raw", "progress", "confidence")] == [None] * 5
    assert found["pace"] == "too early"
    assert {element.attributes["data-figure"] for element in figures(seen.page)} <= {"pace"}
    assert "Nobody has written about it yet." in text_of(seen.page, next(chosen(seen.page, id="main")))
