"""All computed data as plain values: the vectors through content files, and the shape that scripts rely on."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from okrsite.core.diagnostics import ADVICE
from okrsite.core.export import export_table, problem_values
from okrsite.core.numbers import fixed

from .company import compiled, exported, matter

# A cycle of 90 days, and one of twelve weeks.
CYCLES = {
    "cycles/spring.md": matter("start: 2026-03-01\nend: 2026-05-30"),
    "cycles/weeks.md": matter("start: 2026-03-01\nend: 2026-05-23"),
}


def objective(
    key_results: Mapping[str, str], checkins: Mapping[str, str], *, cycle: str = "spring", today: str = "2026-05-30"
) -> dict[str, Any]:
    """The exported objective with these key results and lines of progress by day."""
    lines = "".join(f"      {id_}: {{title: K, {text}}}\n" for id_, text in key_results.items())
    files = {
        **CYCLES,
        f"teams/a/{cycle}/okrs.md": matter(f"objectives:\n  o:\n    title: T\n    key_results:\n{lines}"),
    }
    for day, progress in checkins.items():
        said = "".join(f"  {line}\n" for line in progress.split("\n"))
        files[f"teams/a/{cycle}/checkins/{day}.md"] = matter(f"progress:\n{said}")
    found: dict[str, Any] = exported(files, today=today)["objectives"][0]
    return found


# --- the vectors through content files ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "value", "expected"),
    [
        pytest.param("baseline: 10, target: 20", "15", {"raw": "0.5", "progress": "0.5"}, id="rising"),
        pytest.param("baseline: 200, target: 0", "100", {"raw": "0.5", "progress": "0.5"}, id="falling"),
        pytest.param("baseline: 50, target: 10", "60", {"raw": "-0.25", "progress": "0"}, id="falling, worse"),
        pytest.param("baseline: 0, target: 100", "130", {"raw": "1.3", "progress": "1"}, id="overshoot"),
        pytest.param("baseline: -5, target: 5", "0", {"raw": "0.5", "progress": "0.5"}, id="negative"),
        pytest.param("baseline: 0.1, target: 0.3", "0.2", {"raw": "0.5", "progress": "0.5"}, id="tenths"),
        pytest.param(
            "baseline: 10, change: -20%", "9", {"target": "8", "raw": "0.5", "progress": "0.5"}, id="relative"
        ),
        pytest.param("baseline: 10, change: −20 %", "9", {"target": "8", "progress": "0.5"}, id="relative, as printed"),
        pytest.param(
            "milestones: {a: {weight: 1}, b: {weight: 1}, c: {weight: 2}}",
            "[a, c]",
            {"progress": "0.75"},
            id="milestones",
        ),
        pytest.param("baseline: 0, target: 3", "1", {"raw": "0.333333", "progress": "0.333333"}, id="thirds"),
    ],
)
def test_a_vector_of_one_key_result(fields: str, value: str, expected: dict[str, str]) -> None:
    (found,) = objective({"k": fields}, {"2026-04-15": f"o#k: {value}"})["key_results"]
    assert {name: found[name] for name in expected} == expected


def test_the_vector_of_a_guardrail() -> None:
    first = date(2026, 3, 1)
    days = [(first + timedelta(weeks=week)).isoformat() for week in range(12)]
    readings = {day: f"o#k: {90 if day == days[6] else 96}%" for day in days}
    (found,) = objective({"k": "keep_above: 95%"}, readings, cycle="weeks", today="2026-07-01")["key_results"]
    assert (found["kept"], found["score"], found["progress"]) == ("0.916667", "0.916667", None)
    assert found["periods"] == {"kept": 11, "outside": 1, "not_heard": 0}
    assert fixed(Fraction(found["score"]), 1) == "0.9"


@pytest.mark.parametrize(("score", "shown"), [("0.34", "0.3"), ("0.35", "0.4"), ("0.64", "0.6"), ("0.65", "0.7")])
def test_the_vector_of_bands(score: str, shown: str) -> None:
    found = objective({"k": "baseline: 0, target: 100"}, {"2026-05-30": f"o#k: {score[2:]}"}, today="2026-07-01")
    assert found["score"] == found["key_results"][0]["score"] == score
    assert fixed(Fraction(found["score"]), 1) == shown


def test_the_vector_of_pace() -> None:
    key_results = {"k": "baseline: 0, target: 100", "slow": "baseline: 0, target: 100"}
    found = objective(key_results, {"2026-04-15": "o#k: 30\no#slow: 9"})
    assert [kr["pace"] for kr in found["key_results"]] == ["in step", "well behind"]
    text = "objectives: {o: {title: T, key_results: {k: {title: K, baseline: 0, target: 100}}}}"
    files = {
        **CYCLES,
        "teams/a/spring/okrs.md": matter(text),
        "teams/a/spring/checkins/2026-04-15.md": matter("progress: {o#k: 30}"),
    }
    pace = compiled(files, today="2026-05-30").figures.key_results["a/spring/o#k"].pace
    assert pace
    assert (pace.expected, pace.gap) == (Fraction("0.35"), Fraction("0.05"))


@pytest.mark.parametrize(
    ("fields", "pace"),
    [
        ("baseline: 0, target: 100", "too early"),
        ("milestones: [a, b]", "too early"),
        ("keep_above: 1", None),
        ("find_baseline: true", None),
        ("note: by hand", None),
        ("deliver_by: 2026-05-01", None),
    ],
)
def test_without_a_reading_it_is_too_early_for_a_pace(fields: str, pace: str | None) -> None:
    assert objective({"k": fields}, {})["key_results"][0]["pace"] == pace


@pytest.mark.parametrize(
    ("key_results", "values", "progress"),
    [
        pytest.param(("", "", ""), ("100", "0", "0"), "0.333333", id="objective"),
        pytest.param((", weight: 3", ", weight: 1", ", weight: 0"), ("50", "100", "20"), "0.625", id="weights"),
        pytest.param(("", ""), ("5", "15"), "0.1", id="mean before rounding"),
    ],
)
def test_a_vector_of_several_key_results(key_results: tuple[str, ...], values: tuple[str, ...], progress: str) -> None:
    fields = {f"k{n}": f"baseline: 0, target: 100{more}" for n, more in enumerate(key_results)}
    said = "\n".join(f"o#k{n}: {value}" for n, value in enumerate(values))
    found = objective(fields, {"2026-05-30": said}, today="2026-07-01")
    assert (found["progress"], found["score"]) == (progress, progress)


# --- shape --------------------------------------------------------------------------------------------------------

FILES = {
    "index.md": matter("mission: M"),
    "teams/acme/team.md": matter("name: Acme\nmission: All of it"),
    "teams/pay/team.md": matter("name: Payments\nparent: acme"),
    "teams/acme/2026/okrs.md": matter("objectives: {big: {title: B}}"),
    "teams/pay/2026-Q3/okrs.md": matter("objectives: {old: {title: O}}"),
    "teams/pay/2026-Q3/retro.md": matter(
        "scores: {old: {score: 0.60, because: Rain., next: change}}\nlessons: {ask: Ask *early*.}"
    ),
    "teams/pay/2026-Q4/okrs.md": matter(
        """
        objectives:
          fast:
            title: Paying feels *instant*
            type: committed
            proposed_by: team
            supports: acme/big
            depends_on: acme/big
            learned_from: pay/2026-Q3/ask
            extra: {cost: 1e3, list: [a, b]}
            key_results:
              p95: {title: Time, baseline: "2,100 ms", target: 800 ms, weight: 1.50}
              up: {title: Up, keep_between: [99%, 100%]}
              steps: {title: Steps, milestones: [contract, pilot]}
              done: {title: Done, deliver_by: 2026-11-30}
              new: {title: New, find_baseline: true}
              hand: {title: Hand, target: a contract, status: draft}
        guardrails:
          refunds: {title: R, keep_above: 95%}
        """
    ),
    "teams/pay/2026-Q4/checkins/2026-10-09.md": matter(
        """
        progress:
          fast#p95: {value: 1450 ms, confidence: 7, note: Good., source: https://dash.example}
          fast#up: 99.5%
          fast#steps: [pilot]
          fast#done: yes
          fast#new: 31%
          fast#hand: 40%
          fast: {note: Waiting.}
          guardrails#refunds: 96.10%
        review: mid-cycle
        """
    ),
    "teams/pay/2026-Q4/questions/why.md": matter("about: fast#p95\nasked_on: 2026-10-20"),
}


def test_an_export_is_json_with_the_keys_of_its_schema() -> None:
    found = json.loads(json.dumps(exported(FILES)))
    assert list(found)[:2] == ["schema", "today"]
    assert (found["schema"], found["today"]) == (1, "2026-11-22")
    assert [problem["code"] for problem in found["problems"] if problem["code"] not in ADVICE] == ["unmeasured-target"]
    assert {
        *("site", "cycles", "teams", "objectives", "checkins", "risks", "retros", "lessons", "questions", "goalposts")
    } <= set(found)
    assert set(found["objectives"][0]) >= {
        *("ref", "team", "cycle", "title", "type", "proposed_by", "status", "progress", "progress_from", "score"),
        *("score_by_promise", "confidence", "supports", "supported_by", "depends_on", "key_results"),
    }
    assert set(found["objectives"][2]["key_results"][0]) >= {
        *("ref", "title", "kind", "baseline", "target", "unit", "value", "value_on", "raw", "progress", "kept"),
        *("periods", "score", "confidence", "pace", "weight", "status"),
    }


def test_cycles_and_teams_are_in_order() -> None:
    found = exported(FILES)
    assert found["cycles"] == [
        {"id": "2026", "start": "2026-01-01", "end": "2026-12-31", "parent": None},
        {"id": "2026-Q3", "start": "2026-07-01", "end": "2026-09-30", "parent": "2026"},
        {"id": "2026-Q4", "start": "2026-10-01", "end": "2026-12-31", "parent": "2026"},
    ]
    assert found["teams"] == [
        {"id": "acme", "name": "Acme", "parent": None, "mission": "All of it"},
        {"id": "pay", "name": "Payments", "parent": "acme", "mission": None},
    ]


def test_an_objective_is_exported_as_it_was_written() -> None:
    found = {one["ref"]: one for one in exported(FILES)["objectives"]}
    assert list(found) == ["acme/2026/big", "pay/2026-Q3/old", "pay/2026-Q4/fast"]
    fast = found["pay/2026-Q4/fast"]
    assert (fast["team"], fast["cycle"], fast["title"]) == ("pay", "2026-Q4", "Paying feels *instant*")
    assert (fast["type"], fast["proposed_by"], fast["status"]) == ("committed", "team", "active")
    assert (fast["supports"], fast["depends_on"], fast["supported_by"]) == (["acme/2026/big"], ["acme/2026/big"], [])
    assert (fast["progress"], fast["progress_from"], fast["confidence"]) == ("0.642857", [3, 3], 7)
    assert (fast["score"], fast["score_by_promise"]) == (None, None)
    assert found["acme/2026/big"]["supported_by"] == ["pay/2026-Q4/fast"]
    assert found["acme/2026/big"]["key_results"] == []


def test_a_key_result_is_exported_without_its_unit_and_with_decimals_as_text() -> None:
    p95 = exported(FILES)["objectives"][2]["key_results"][0]
    expected = {
        "ref": "pay/2026-Q4/fast#p95",
        "title": "Time",
        "kind": "metric",
        "baseline": "2100",
        "target": "800",
        "unit": "ms",
        "value": "1450",
        "value_on": "2026-10-09",
        "raw": "0.5",
        "progress": "0.5",
        "kept": None,
        "periods": None,
        "score": None,
        "confidence": 7,
        "pace": "too early",
        "weight": "1.5",
        "status": "active",
    }
    assert {name: p95[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("number", "kind", "value", "progress"),
    [
        (0, "metric", "1450", "0.5"),
        (1, "guardrail", "99.5", None),
        (3, "deliver_by", "1", "1"),
        (4, "find_baseline", "31", None),
        (5, "judged", "0.4", "0.4"),
    ],
)
def test_every_kind_has_its_value(number: int, kind: str, value: str, progress: str | None) -> None:
    found = exported(FILES)["objectives"][2]["key_results"][number]
    assert (found["kind"], found["value"], found["progress"]) == (kind, value, progress)


def test_milestones_are_a_kind_too() -> None:
    found = exported(FILES)["objectives"][2]["key_results"][2]
    assert (found["kind"], found["progress"], found["raw"]) == ("milestones", "0.5", None)


def test_check_ins_are_exported_by_reference() -> None:
    (checkin,) = exported(FILES)["checkins"]
    assert (checkin["team"], checkin["cycle"], checkin["date"]) == ("pay", "2026-Q4", "2026-10-09")
    assert checkin["review"] == "mid-cycle"
    said = checkin["progress"]
    assert said["pay/2026-Q4/fast#p95"] == {
        "value": "1450",
        "confidence": 7,
        "note": "Good.",
        "source": "https://dash.example",
    }
    assert said["pay/2026-Q4/fast"] == {"value": None, "confidence": None, "note": "Waiting.", "source": None}
    assert said["pay/2026-Q4/guardrails#refunds"]["value"] == "96.1"
    assert said["pay/2026-Q4/fast#done"]["value"] == "1"


def test_retrospectives_lessons_and_questions_are_exported() -> None:
    found = exported(FILES)
    assert found["retros"] == [
        {
            "team": "pay",
            "cycle": "2026-Q3",
            "scores": {"pay/2026-Q3/old": {"score": "0.6", "because": "Rain.", "next": "change"}},
        }
    ]
    assert found["lessons"] == [{"ref": "pay/2026-Q3/ask", "text": "Ask *early*.", "used_by": ["pay/2026-Q4/fast"]}]
    assert found["questions"] == [
        {"ref": "pay/2026-Q4/why", "about": "pay/2026-Q4/fast#p95", "asked_on": "2026-10-20", "answered_on": None}
    ]


def test_a_company_s_own_fields_are_exported_untouched() -> None:
    assert exported(FILES)["objectives"][2]["extra"] == {"cost": "1e3", "list": ["a", "b"]}


def test_problems_are_exported_with_their_places() -> None:
    files = {"teams/acme/2026/okrs.md": matter("objectives: {big: {title: B, supports: acme/bgi}}")}
    found = [problem for problem in exported(files)["problems"] if problem["code"] == "unresolved-ref"]
    assert found == [
        {
            "code": "unresolved-ref",
            "severity": "error",
            "path": "content/teams/acme/2026/okrs.md",
            "line": 2,
            "column": 40,
            "message": "no objective is called `acme/bgi`",
            "hint": "did you mean `acme/big`? It is in content/teams/acme/2026/okrs.md:2",
        }
    ]


def test_a_missing_hint_is_absent() -> None:
    found = compiled({"teams/a/2026-Q4/checkins/2027-06-01.md": "Text\n"}, today="2027-06-02")
    late = [values for values in problem_values(found.problems) if values["code"] == "late-checkin"]
    assert [values["hint"] for values in late] == [None]


def test_absent_values_are_null() -> None:
    found = exported({"teams/a/2026-Q4/okrs.md": matter("objectives: {o: {title: T, key_results: {k: {title: K}}}}")})
    (objective,) = found["objectives"]
    assert objective["progress"] is objective["score"] is objective["confidence"] is objective["proposed_by"] is None
    (kr,) = objective["key_results"]
    assert {kr[name] for name in ("baseline", "unit", "value", "value_on", "raw", "progress", "kept", "pace")} == {None}


# --- the table ----------------------------------------------------------------------------------------------------


def test_a_table_has_a_row_for_each_key_result() -> None:
    head, *rows = export_table(compiled(FILES))
    assert head[0] == "ref"
    assert [row[0].rsplit("#", 1)[1] for row in rows] == ["p95", "up", "steps", "done", "new", "hand"]
    assert {len(row) for row in rows} == {len(head)}
    assert dict(zip(head, rows[0], strict=True))["raw"] == "0.5"


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1+cmd", "@SUM(A1)", "=HYPERLINK(1)", "-a"])
def test_no_cell_can_be_taken_for_a_formula(title: str) -> None:
    files = {
        "teams/a/2026-Q4/okrs.md": matter(f"objectives: {{o: {{title: T, key_results: {{k: {{title: '{title}'}}}}}}}}")
    }
    _, row = export_table(compiled(files))
    assert row[1] == f"'{title}"


def test_negative_numbers_stay_numbers_in_a_table() -> None:
    text = "objectives: {o: {title: T, key_results: {k: {title: K, baseline: -5, target: 5}}}}"
    files = {
        "teams/a/2026-Q4/okrs.md": matter(text),
        "teams/a/2026-Q4/checkins/2026-11-06.md": matter("progress: {o#k: -7.5}"),
    }
    head, row = export_table(compiled(files))
    cells = dict(zip(head, row, strict=True))
    assert (cells["baseline"], cells["value"], cells["raw"]) == ("-5", "-7.5", "-0.25")
