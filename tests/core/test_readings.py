"""From a value as typed to what it means for its key result's measure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from okrsite.core.diagnostics import Diagnostic, Severity
from okrsite.core.figures import Reading
from okrsite.core.model import (
    DeliverBy,
    FindBaseline,
    Guardrail,
    Judged,
    Measure,
    Metric,
    Milestone,
    Milestones,
    ReadingEntry,
    Unreadable,
)
from okrsite.core.quantity import Quantity, parse_quantity
from okrsite.core.readings import read_value, unit_of
from okrsite.core.refs import Ref
from okrsite.core.source import Span
from okrsite.core.text import plain_text
from tests.bombs.stopwatch import CAP, seconds

DAY = date(2026, 11, 6)
PLACE = Span("content/teams/a/2026-Q4/checkins/2026-11-06.md", 3, 10, 4)


def number(text: str) -> Quantity:
    found = parse_quantity(text)
    assert found is not None
    return found


METRIC = Metric(number("2100 ms"), number("800 ms"), None)
STEPS = Milestones(
    (
        Milestone("contract", plain_text("The contract"), Decimal(1)),
        Milestone("pilot", plain_text("Pilot, with riders"), Decimal(1)),
        Milestone("all-markets", plain_text("All markets"), Decimal(2)),
    )
)
MEASURES: tuple[Measure, ...] = (
    METRIC,
    Guardrail(number("99%"), None),
    STEPS,
    DeliverBy(date(2026, 11, 30)),
    FindBaseline(),
    Judged(None),
)


def read(value: str | tuple[str, ...] | None, measure: Measure) -> tuple[Reading, Diagnostic | None]:
    entry = ReadingEntry(
        Ref("", "", "o", "k", "o#k", PLACE), value, PLACE, 6, plain_text("why"), "https://dash.example"
    )
    return read_value(entry, measure, unit_of(measure), DAY, PLACE.path)


def understood(value: str | tuple[str, ...], measure: Measure) -> Reading:
    reading, problem = read(value, measure)
    assert problem is None, problem
    assert reading.has_value
    return reading


def refused(value: str | tuple[str, ...], measure: Measure, code: str) -> Diagnostic:
    reading, problem = read(value, measure)
    assert problem is not None
    assert (problem.code, problem.span) == (code, PLACE)
    assert not reading.has_value
    assert reading.typed == ""
    assert (reading.confidence, reading.note) == (6, plain_text("why")), "confidence and note stay"
    return problem


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.kind)
def test_a_reading_may_have_no_value(measure: Measure) -> None:
    reading, problem = read(None, measure)
    assert problem is None
    assert not reading.has_value
    assert (reading.on, reading.confidence, reading.source) == (DAY, 6, "https://dash.example")


@pytest.mark.parametrize("value", ["1400 ms", "1,400 ms", "1.4k ms", "1400ms", "１４００ ms"])
def test_a_metric_is_read_in_its_unit(value: str) -> None:
    reading = understood(value, METRIC)
    assert reading.quantity is not None
    assert (reading.quantity.amount, reading.typed) == (Decimal(1400), value)


@pytest.mark.parametrize("measure", [METRIC, Guardrail(number("99%"), None), Guardrail(None, number("5 h"))])
def test_another_unit_does_not_count(measure: Measure) -> None:
    problem = refused("12 apples", measure, "unit-mismatch")
    assert "`12 apples`" in problem.message


def test_a_number_without_a_unit_is_read_in_that_of_its_key_result() -> None:
    reading, problem = read("1400", METRIC)
    assert problem is not None
    assert (problem.code, problem.severity) == ("missing-unit", Severity.WARNING)
    assert "`1400 ms`" in problem.message
    assert reading.quantity is not None
    assert reading.quantity.exact == 1400


@pytest.mark.parametrize("value", ["no", "12:30", "1e3", "0o14", "2026-10-31", "1_000", "1.200,5 ms", "fast", "yes"])
@pytest.mark.parametrize("measure", [METRIC, Guardrail(number("99%"), None), FindBaseline()], ids=lambda m: m.kind)
def test_what_is_no_number_is_reported(value: str, measure: Measure) -> None:
    refused(value, measure, "bad-number")


def test_a_baseline_that_is_found_has_any_unit() -> None:
    reading = understood("31%", FindBaseline())
    assert reading.quantity == number("31%")


@pytest.mark.parametrize(
    ("value", "share"),
    [("40%", "0.4"), ("0%", "0"), ("100 %", "1"), ("12.5%", "0.125"), ("yes", "1"), ("No", "0"), ("是", "1")],
)
def test_a_judged_result_is_a_share_or_yes_or_no(value: str, share: str) -> None:
    assert understood(value, Judged(None)).share == Fraction(share)


@pytest.mark.parametrize("value", ["0.4", "101%", "-1%", "half", "40", "4/10", ""])
def test_other_values_are_no_share(value: str) -> None:
    problem = refused(value, Judged(None), "bad-number")
    assert "`40%`" in problem.hint


@pytest.mark.parametrize(("value", "share"), [("yes", 1), ("no", 0), ("true", 1), ("否", 0)])
def test_a_delivery_is_done_or_not(value: str, share: int) -> None:
    assert understood(value, DeliverBy(DAY)).share == share


@pytest.mark.parametrize("value", ["done", "50%", "2026-11-30", ""])
def test_a_delivery_has_no_half_way(value: str) -> None:
    refused(value, DeliverBy(DAY), "bad-value")


@pytest.mark.parametrize(
    ("value", "reached", "share"),
    [
        (("contract",), ("contract",), "0.25"),
        (("The contract", "ALL MARKETS"), ("contract", "all-markets"), "0.75"),
        (("contract", "contract", "The contract"), ("contract",), "0.25"),
        ("pilot", ("pilot",), "0.25"),
        ("contract, all-markets", ("contract", "all-markets"), "0.75"),
        ("Pilot, with riders", ("pilot",), "0.25"),
        (("contract", "pilot", "all-markets"), ("contract", "pilot", "all-markets"), "1"),
        ((), (), "0"),
        ("none", (), "0"),
        ("no", (), "0"),
    ],
)
def test_milestones_are_named_by_title_or_id(
    value: str | tuple[str, ...], reached: tuple[str, ...], share: str
) -> None:
    reading = understood(value, STEPS)
    assert (reading.reached, reading.share) == (reached, Fraction(share))
    assert reading.typed == ", ".join(step.title.source for step in STEPS.steps if step.id in reached)


@pytest.mark.parametrize(("value", "hint"), [("contrct", "`"), (("contract", "moon"), "`All markets`")])
def test_a_milestone_that_does_not_exist_is_reported(value: str | tuple[str, ...], hint: str) -> None:
    assert hint in refused(value, STEPS, "bad-value").hint


@pytest.mark.parametrize("measure", [m for m in MEASURES if m is not STEPS], ids=lambda measure: measure.kind)
def test_a_list_is_for_milestones_only(measure: Measure) -> None:
    refused(("a", "b"), measure, "wrong-kind")


@pytest.mark.parametrize("value", ["5%", "yes", ("a", "b")])
def test_a_measure_that_cannot_be_read_takes_words_but_no_values(value: str | tuple[str, ...]) -> None:
    reading, problem = read(value, Unreadable("guardrail"))
    assert problem is None
    assert (reading.has_value, reading.confidence) == (False, 6)


def test_units_come_from_baseline_target_or_limits() -> None:
    assert unit_of(METRIC) == METRIC.baseline
    assert unit_of(Metric(None, number("5%"), None)) == number("5%")
    assert unit_of(Guardrail(None, number("5 h"))) == number("5 h")
    assert [unit_of(measure) for measure in (STEPS, FindBaseline(), Judged(None), DeliverBy(DAY))] == [None] * 4


def test_a_long_text_is_no_value_at_once() -> None:
    text = f"1<{' ' * CAP}b"
    assert seconds(lambda: read(text, METRIC), 0.05) <= 0.05


def test_milestones_with_a_confidence_are_shown_as_fields() -> None:
    key, place = PLACE._replace(column=1), PLACE._replace(column=7)
    entry = ReadingEntry(Ref("", "", "o", "k", "o#k", key), "contract, all-markets @7", place, None, None, "")
    _, problem = read_value(entry, STEPS, None, DAY, PLACE.path)
    assert problem and problem.hint == 'write `{value: "contract, all-markets", confidence: 7}`'
    _, problem = read_value(replace(entry, value=("contract", "pilot @7")), STEPS, None, DAY, PLACE.path)
    assert problem and "confidence" not in problem.hint
