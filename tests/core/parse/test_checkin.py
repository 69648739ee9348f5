"""checkins/<date>.md: values, confidence, risks and assumptions of one day."""

from datetime import date

import pytest

from okrsite.core.diagnostics import Diagnostic
from okrsite.core.model import AssumptionState, CheckInFile, RiskKind, RiskState

from ..company import matter, parsed


def checkin(text: str, body: str = "") -> tuple[CheckInFile, tuple[Diagnostic, ...]]:
    found = parsed("teams/payments/2026-Q4/checkins/2026-10-12.md", matter(text, body))
    assert isinstance(found.file, CheckInFile)
    return found.file, found.problems


def test_values_are_read_as_typed() -> None:
    text = """
        progress:
          fast#p95: 1400 ms
          fast#wallets: [contract, pilot]
          fast#contract: yes
          fast#offline: 40%
          fast#clock: 12:30
          fast#habit:
            value: 31%
            confidence: 8
            note: First number *ever*.
            source: https://dash.example/habit
          fast:
            confidence: 6
          guardrails#refunds: 96.1%
        review: mid-cycle
        """
    file, problems = checkin(text, "A good week.\n")
    assert problems == ()
    assert (file.on, file.review, file.body.lead.plain) == (date(2026, 10, 12), "mid-cycle", "A good week.")
    assert [(reading.about.text, reading.value, reading.confidence) for reading in file.readings] == [
        ("fast#p95", "1400 ms", None),
        ("fast#wallets", ("contract", "pilot"), None),
        ("fast#contract", "yes", None),
        ("fast#offline", "40%", None),
        ("fast#clock", "12:30", None),
        ("fast#habit", "31%", 8),
        ("fast", None, 6),
        ("guardrails#refunds", "96.1%", None),
    ]
    habit = file.readings[5]
    assert habit.note and habit.note.plain == "First number ever."
    assert habit.source == "https://dash.example/habit"
    assert (file.readings[0].value_span.line, file.readings[0].value_span.column) == (3, 13)


@pytest.mark.parametrize(
    ("typed", "review"),
    [
        ("mid-cycle", "mid-cycle"),
        ("Mid-Cycle", "mid-cycle"),
        ("' MID-CYCLE '", "mid-cycle"),
        ("Quarterly", "Quarterly"),
        ("Mid-Cycle 2", "Mid-Cycle 2"),
        ("", ""),
    ],
)
def test_the_review_in_the_middle_of_a_cycle_is_told_from_others_however_it_is_written(typed: str, review: str) -> None:
    file, problems = checkin(f"review: {typed}")
    assert (file.review, problems) == (review, ())


@pytest.mark.parametrize("confidence", [*range(11)])
def test_confidence_goes_from_nothing_to_certainty(confidence: int) -> None:
    file, problems = checkin(f"progress: {{o: {{confidence: {confidence}}}}}")
    assert (file.readings[0].confidence, problems) == (confidence, ())


@pytest.mark.parametrize("typed", ["11", "-1", "6.5", "70%", "high", "6/10", "1e1", "yes"])
def test_another_confidence_is_reported(typed: str) -> None:
    file, problems = checkin(f"progress:\n  o:\n    confidence: {typed}")
    assert file.readings[0].confidence is None
    assert [(problem.code, problem.span.line, problem.span.column) for problem in problems] == [("bad-value", 4, 17)]


def test_a_line_without_a_value_says_nothing() -> None:
    file, problems = checkin("progress:\n  o#k:\n  o: {note: Waiting.}")
    assert [reading.about.text for reading in file.readings] == ["o"]
    assert problems == ()


def test_a_risk_is_a_thread() -> None:
    text = """
        risks:
          limit:
            about: fast#p95
            what: The acquirer cannot raise its limit.
            needs: "@finance"
            kind: dependency
            state: helped
            helped_by: ["@finance", "@risk"]
          bare: {what: Short}
        """
    file, problems = checkin(text)
    assert problems == ()
    limit, bare = file.risks
    assert limit.about and limit.what
    assert (limit.id, limit.about.text, limit.what.source) == (
        "limit",
        "fast#p95",
        "The acquirer cannot raise its limit.",
    )
    assert [ref.team for ref in limit.needs] == ["finance"]
    assert [ref.team for ref in limit.helped_by] == ["finance", "risk"]
    assert (limit.kind, limit.state) == (RiskKind.DEPENDENCY, RiskState.HELPED)
    assert (bare.about, bare.needs, bare.kind, bare.state) == (None, (), None, RiskState.OPEN)


@pytest.mark.parametrize("kind", [*RiskKind])
def test_risks_are_of_five_kinds(kind: RiskKind) -> None:
    assert checkin(f"risks: {{r: {{what: w, kind: {kind}}}}}")[0].risks[0].kind is kind


@pytest.mark.parametrize("state", [*RiskState])
def test_a_risk_is_open_helped_resolved_or_has_happened(state: RiskState) -> None:
    assert checkin(f"risks: {{r: {{what: w, state: {state}}}}}")[0].risks[0].state is state


def test_assumptions_hold_or_do_not() -> None:
    text = """
        assumptions:
          acquirers: {state: shaky, note: One of three has said no.}
          weather: holds
          city: broken
        """
    file, problems = checkin(text)
    assert problems == ()
    assert [(entry.id, entry.state) for entry in file.assumptions] == [
        ("acquirers", AssumptionState.SHAKY),
        ("weather", AssumptionState.HOLDS),
        ("city", AssumptionState.BROKEN),
    ]
    assert file.assumptions[0].note and file.assumptions[0].note.source == "One of three has said no."


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("progress: 5", "wrong-kind", 2),
        ("progress: [a]", "wrong-kind", 2),
        ("progress:\n  stores/o#k: 5", "bad-ref", 3),
        ("progress:\n  payments/o#k: 5", "bad-ref", 3),
        ("progress:\n  two words: 5", "bad-ref", 3),
        ('progress:\n  "@payments": 5', "bad-ref", 3),
        ("progress:\n  o#k: {vale: 5}", "unknown-key", 3),
        ("progress:\n  o#k: {value: {a1: b}}", "swallowed-text", 3),
        ("progres: {}", "unknown-key", 2),
        ("risks: [a]", "wrong-kind", 2),
        ("risks:\n  r: words", "wrong-kind", 3),
        ("risks:\n  two words: {what: x}", "bad-id", 3),
        ("risks:\n  r: {what: x, kind: money}", "bad-value", 3),
        ("risks:\n  r: {what: x, state: closed}", "bad-value", 3),
        ("risks:\n  r: {what: x, needs: finance}", "wrong-target", 3),
        ('risks:\n  r: {what: x, about: "@b"}', "bad-ref", 3),
        ("risks:\n  r: {what: x, about: b/o}", "bad-ref", 3),
        ("assumptions:\n  a: {note: x}", "missing-field", 3),
        ("assumptions:\n  a: {state: wobbly}", "bad-value", 3),
        ("assumptions:\n  a: wobbly", "wrong-kind", 3),
    ],
)
def test_each_mistake_is_reported_at_its_line(text: str, code: str, line: int) -> None:
    problems = checkin(text)[1]
    assert (code, line) in [(problem.code, problem.span.line) for problem in problems]
    assert all(problem.span.line == line for problem in problems)
