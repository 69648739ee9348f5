"""How a key result is measured: six kinds, told by the fields it has, and each of their mistakes."""

from datetime import date
from decimal import Decimal

import pytest

from okrsite.core.diagnostics import Diagnostic, Severity
from okrsite.core.model import (
    DeliverBy,
    FindBaseline,
    Guardrail,
    Judged,
    KeyResultEntry,
    Measure,
    Metric,
    Milestones,
    OkrsFile,
    Unreadable,
)
from okrsite.core.quantity import Quantity

from ..company import codes, compiled, parsed


def key_result(text: str) -> tuple[KeyResultEntry, tuple[Diagnostic, ...]]:
    """A key result, in line 6, whose fields but its title stand from line 8 on and begin in column 9."""
    lines = "".join(f"        {line}\n" for line in text.strip("\n").split("\n"))
    head = "objectives:\n  o:\n    title: T\n    key_results:\n      k:\n        title: K\n"
    found = parsed("teams/a/2026-Q4/okrs.md", f"---\n{head}{lines}---\n")
    assert isinstance(found.file, OkrsFile)
    return found.file.objectives[0].key_results[0], found.problems


def measure(text: str) -> Measure:
    entry, problems = key_result(text)
    assert problems == ()
    return entry.measure


def mistake(text: str) -> tuple[Measure, Diagnostic]:
    entry, problems = key_result(text)
    assert len(problems) == 1, problems
    return entry.measure, problems[0]


def said_of(text: str) -> list[str]:
    """What is said of a key result when its whole company is read."""
    lines = "".join(f"        {line}\n" for line in text.strip("\n").split("\n"))
    head = "objectives:\n  o:\n    title: T\n    key_results:\n      k:\n        title: K\n"
    return codes(compiled({"teams/a/2026-Q4/okrs.md": f"---\n{head}{lines}---\n"}).problems)


def amounts(*numbers: Quantity | None) -> list[str | None]:
    return [f"{number.amount.normalize():f} {number.unit}".strip() if number else None for number in numbers]


# --- six kinds ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("baseline: 2100 ms\ntarget: 800 ms", ["2100 ms", "800 ms", None]),
        ("baseline: 38%\ntarget: 60%", ["38 %", "60 %", None]),
        ("baseline: -4%\ntarget: 3%", ["-4 %", "3 %", None]),
        ("baseline: 1 step\ntarget: 10 steps", ["1 step", "10 steps", None]),
        ("baseline: $2.5M\ntarget: $3M", ["2500000 $", "3000000 $", None]),
        ("baseline: 1.5万\ntarget: 2万", ["15000", "20000", None]),
        ("baseline: 10 steps\nchange: -20%", ["10 steps", None, "-20 %"]),
        ("baseline: 10 steps\nchange: +15 %", ["10 steps", None, "15 %"]),
        ("change: -20%", [None, None, "-20 %"]),
    ],
)
def test_a_metric_goes_from_baseline_to_target(text: str, expected: list[str | None]) -> None:
    found = measure(text)
    assert isinstance(found, Metric)
    assert amounts(found.baseline, found.target, found.change) == expected


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("keep_above: 99.95%", "99.95 %", None),
        ("keep_below: 5 h", None, "5 h"),
        ("keep_between: [2%, 5%]", "2 %", "5 %"),
        ("keep_between: [-5, 5]", "-5", "5"),
        ("keep_between:\n  - 2 ms\n  - 5 ms", "2 ms", "5 ms"),
    ],
)
def test_a_guardrail_has_limits(text: str, low: str | None, high: str | None) -> None:
    found = measure(text)
    assert isinstance(found, Guardrail)
    assert amounts(found.low, found.high) == [low, high]


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("milestones: [contract, four markets]", [("contract", "contract", 1), ("four-markets", "four markets", 1)]),
        ("milestones:\n  - The *pilot*\n  - 首屏", [("the-pilot", "The *pilot*", 1), ("首屏", "首屏", 1)]),
        ("milestones: {p: {title: Pilot, weight: 2}, q: Quiet}", [("p", "Pilot", 2), ("q", "Quiet", 1)]),
        ("milestones:\n  p:\n    weight: 0\n  q:", [("p", "p", 0), ("q", "q", 1)]),
        ("milestones: pilot", [("pilot", "pilot", 1)]),
    ],
)
def test_milestones_are_titles_or_ids(text: str, steps: list[tuple[str, str, int]]) -> None:
    found = measure(text)
    assert isinstance(found, Milestones)
    assert [(step.id, step.title.source, int(step.weight)) for step in found.steps] == steps


def test_a_delivery_has_a_day() -> None:
    assert measure("deliver_by: 2026-11-30") == DeliverBy(date(2026, 11, 30))


@pytest.mark.parametrize("typed", ["true", "yes"])
def test_a_baseline_may_have_to_be_found(typed: str) -> None:
    assert measure(f"find_baseline: {typed}") == FindBaseline()


def test_without_a_measure_a_key_result_is_judged() -> None:
    assert measure("note: by hand") == Judged(None)


def test_a_target_in_words_is_judged_and_its_author_coached() -> None:
    found, problem = mistake("target: a signed contract")
    assert isinstance(found, Judged)
    assert found.target and found.target.source == "a signed contract"
    assert (problem.code, problem.severity, problem.span.line) == ("unmeasured-target", Severity.HINT, 8)


def test_a_target_without_a_baseline_is_a_metric_that_cannot_move_yet() -> None:
    found, problem = mistake("target: 5%")
    assert isinstance(found, Metric)
    assert amounts(found.baseline, found.target) == [None, "5 %"]
    assert (problem.code, problem.severity) == ("no-baseline", Severity.WARNING)


# --- other fields -------------------------------------------------------------------------------------------------


def test_a_key_result_has_weight_due_day_source_and_cadence() -> None:
    text = "baseline: 1\ntarget: 2\nweight: 2.5\ndue: 2026-12-18\nsource: https://dash.example/p95\ncadence: monthly"
    entry, problems = key_result(text)
    assert problems == ()
    assert (entry.weight, entry.due, entry.cadence) == (Decimal("2.5"), date(2026, 12, 18), "monthly")
    assert entry.source == "https://dash.example/p95"


def test_a_key_result_weighs_one_unless_it_says_otherwise() -> None:
    assert key_result("note: x")[0].weight == 1
    assert key_result("weight: 0")[0].weight == 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("keep_above: high", "guardrail"),
        ("keep_between: [2%]", "guardrail"),
        ("milestones: []", "milestones"),
        ("deliver_by: soon", "deliver_by"),
    ],
)
def test_a_measure_that_cannot_be_read_keeps_its_kind_and_is_not_judged(text: str, kind: str) -> None:
    found, _ = mistake(text)
    assert found == Unreadable(kind)


# --- mistakes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "said"),
    [
        ("baseline: 5%\ntarget: 5%", "target-is-baseline", 9, 17, "`keep_above`"),
        ("baseline: 1k\ntarget: 1,000", "target-is-baseline", 9, 17, "`keep_above`"),
        ("baseline: 5%\ntarget: a signed contract", "target-not-number", 9, 17, "a signed contract"),
        ("baseline: 5 ms\ntarget: 3 s", "unit-mismatch", 9, 17, "`ms`"),
        ("baseline: $5\ntarget: €3", "unit-mismatch", 9, 17, "`$`"),
        ("baseline: 5%\ntarget: 3", "missing-unit", 9, 17, "unit"),
        ("baseline: 10 steps\ntarget: -20%", "unit-mismatch", 9, 17, "`change: -20%`"),
        ("baseline: 10 steps", "no-baseline", 8, 19, "`target:`"),
        ("baseline: 1.200,5\ntarget: 3", "bad-number", 8, 19, "`1200.5`"),
        ("baseline: 12:30\ntarget: 3", "bad-number", 8, 19, "12:30"),
        ("baseline: 1e3\ntarget: 3", "bad-number", 8, 19, "1e3"),
        ("baseline: 1_000\ntarget: 3", "bad-number", 8, 19, "1_000"),
        ("baseline: no\ntarget: 3", "bad-number", 8, 19, "no"),
        ("baseline: 2026-10-01\ntarget: 3", "bad-number", 8, 19, "2026-10-01"),
        ("baseline: 0o14\ntarget: 3", "bad-number", 8, 19, "0o14"),
        ("baseline: 3\ntarget: 1.200,5", "bad-number", 9, 17, "`1200.5`"),
        ("target: 1.200,5", "bad-number", 8, 17, "`1200.5`"),
        ("baseline: 10\nchange: 20", "bad-number", 9, 17, "such as `-20%`"),
        ("baseline: 10\nchange: 0%", "bad-number", 9, 17, "zero"),
        ("baseline: 10\nchange: less", "bad-number", 9, 17, "less"),
        ("baseline: 10\ntarget: 8\nchange: -20%", "two-measures", 10, 17, "`change`"),
        ("baseline: 1\ntarget: 2\nkeep_above: 1", "two-measures", 6, 7, "`keep_above`"),
        ("keep_above: 1\nkeep_below: 2", "two-measures", 6, 7, "`keep_below`"),
        ("milestones: [a]\ndeliver_by: 2026-11-30", "two-measures", 6, 7, "`deliver_by`"),
        ("find_baseline: true\nbaseline: 1\ntarget: 2", "two-measures", 6, 7, "`find_baseline`"),
        ("target: 5%\nmilestones: [a]", "two-measures", 6, 7, "`milestones`"),
        ("keep_above: high", "bad-number", 8, 21, "high"),
        ("keep_between: [2%]", "bad-value", 8, 23, "such as `[2%, 5%]`"),
        ("keep_between: [1, 2, 3]", "bad-value", 8, 23, "two"),
        ("keep_between: 2%", "bad-value", 8, 23, "two"),
        ("keep_between: [5%, 2%]", "bad-value", 8, 23, "above"),
        ("keep_between: [2%, 5 ms]", "unit-mismatch", 8, 23, "`%`"),
        ("keep_between: [2%, lots]", "bad-number", 8, 28, "lots"),
        ("milestones: []", "bad-value", 8, 21, "step"),
        ("milestones: {a: {weight: 0}}", "bad-value", 8, 21, "step"),
        ("milestones: {a: {wieght: 2}}", "unknown-key", 8, 26, "`weight`"),
        ("milestones: {a: {weight: -2}}", "bad-number", 8, 34, "negative"),
        ("milestones:\n  two words: x", "bad-id", 9, 11, "`two-words`"),
        ("deliver_by: soon", "bad-date", 8, 21, "2026-10-31"),
        ("deliver_by: 2026-13-01", "bad-date", 8, 21, "2026-10-31"),
        ("find_baseline: maybe", "bad-value", 8, 24, "`true`"),
        ("weight: -1", "bad-number", 8, 17, "negative"),
        ("weight: 2x", "bad-number", 8, 17, "bare"),
        ("due: end of year", "bad-date", 8, 14, "2026-10-31"),
        ("cadence: daily", "bad-value", 8, 18, "`weekly`"),
        ("tagret: 5", "unknown-key", 8, 9, "`target`"),
    ],
)
def test_each_mistake_is_reported_at_its_place(text: str, code: str, line: int, column: int, said: str) -> None:
    problems = key_result(text)[1]
    found = [problem for problem in problems if problem.code == code]
    assert len(found) == 1, problems
    assert (found[0].span.line, found[0].span.column) == (line, column)
    assert said in f"{found[0].message} {found[0].hint}"


@pytest.mark.parametrize("text", ["milestones: {pilot: A, Pilot: B}", "milestones: {ﬁx: A, fix: B}"])
def test_milestones_whose_ids_differ_only_by_case_or_unicode_form_collide(text: str) -> None:
    assert said_of(text) == ["id-collision"]


@pytest.mark.parametrize("text", ["milestones: [Pilot!, Pilot?]", "milestones: [pilot, pilot]"])
def test_two_milestones_are_never_taken_for_one(text: str) -> None:
    """Reaching one of two must not count for both: they differ by id, or somebody is told."""
    entry, _ = key_result(text)
    assert isinstance(entry.measure, Milestones)
    assert said_of(text) or len({step.id for step in entry.measure.steps}) == 2


@pytest.mark.parametrize("text", ["baseline: 0 steps\nchange: -20%", "baseline: 0\nchange: +5%"])
def test_a_share_of_nothing_is_no_way_to_go(text: str) -> None:
    """The target would equal the baseline."""
    assert said_of(text) == ["target-is-baseline"]


def test_a_mistake_in_one_key_result_leaves_the_others() -> None:
    text = """\
---
objectives:
  o:
    title: T
    key_results:
      a: {title: A, baseline: 1 ms, target: 2 s}
      b: {title: B, baseline: 1, target: 2}
---
"""
    found = parsed("teams/a/2026-Q4/okrs.md", text)
    assert isinstance(found.file, OkrsFile)
    a, b = found.file.objectives[0].key_results
    assert isinstance(a.measure, Metric)
    assert isinstance(b.measure, Metric)
    assert (amounts(a.measure.baseline, a.measure.target), amounts(b.measure.target)) == (["1 ms", None], ["2"])
