"""Problems as values: known codes, severities a company may set, reading order, and hints at the nearest word."""

import pytest

from okrsite.core.diagnostics import RULES, Severity, closest, did_you_mean, graded, problem
from okrsite.core.source import Span


def test_every_code_is_a_word_with_a_sentence() -> None:
    assert len(RULES) > 40
    for code, rule in RULES.items():
        assert code.replace("-", "").isalpha(), code
        assert code == code.lower()
        assert rule.summary.endswith("."), code
        assert rule.summary[0].isupper() or rule.summary[0] == "`", code


def test_a_problem_has_the_usual_severity_of_its_code() -> None:
    found = problem("no-baseline", Span("a.md", 2, 3), "no way to go", "add `baseline:`")
    assert found.severity is Severity.WARNING
    assert (found.code, found.message, found.hint) == ("no-baseline", "no way to go", "add `baseline:`")


def test_an_unknown_code_cannot_be_reported() -> None:
    with pytest.raises(KeyError):
        problem("no-such-code", Span("a.md"), "?")


@pytest.mark.parametrize(
    ("word", "near"),
    [("stale", "stale-checkin"), ("alarm", ""), ("checkin", "stale-checkin"), ("st", ""), ("stary-file", "stray-file")],
)
def test_a_beginning_or_a_part_tells_more_than_a_word_that_looks_alike(word: str, near: str) -> None:
    assert closest(word, ("stray-file", "stale-checkin", "bad-id")) == near


def test_a_beginning_of_several_words_tells_nothing() -> None:
    assert closest("late", ("late-checkin", "later-one", "latex")) == "latex"
    assert closest("end", ("depends_on", "amendments")) == ""


def test_problems_come_in_the_order_of_paths_and_lines() -> None:
    places = [
        Span("content/teams/b/team.md", 1),
        Span("content/teams/a-b/team.md", 1),
        Span("content/teams/a/team.md", 10, 1),
        Span("content/teams/a/team.md", 2, 9),
        Span("content/teams/a/team.md", 2, 3),
        Span("content/index.md", 7),
    ]
    found = graded([problem("bad-date", place, "m") for place in places], {})
    assert [item.span for item in found] == [places[5], places[4], places[3], places[2], places[1], places[0]]


def test_a_problem_is_said_once() -> None:
    twice = [problem("bad-date", Span("a.md", 2), "m"), problem("bad-date", Span("a.md", 2), "m")]
    assert len(graded(twice, {})) == 1


@pytest.mark.parametrize(
    ("level", "severities"), [(None, []), (Severity.HINT, [Severity.HINT]), (Severity.ERROR, [Severity.ERROR])]
)
def test_a_company_sets_its_own_severities(level: Severity | None, severities: list[Severity]) -> None:
    found = graded([problem("no-baseline", Span("a.md"), "m")], {"no-baseline": level})
    assert [item.severity for item in found] == severities


def test_other_codes_keep_their_severity() -> None:
    found = graded([problem("no-baseline", Span("a.md"), "m")], {"bad-date": None})
    assert [item.severity for item in found] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("basline", "did you mean `baseline`?"),
        ("Target", "did you mean `target`?"),
        ("TARGETS", "did you mean `target`?"),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_the_nearest_known_word_is_named(word: str, hint: str) -> None:
    assert did_you_mean(word, ["baseline", "target", "title"]) == hint


def test_nothing_known_gives_no_hint() -> None:
    assert did_you_mean("word", []) == ""
