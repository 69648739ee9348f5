"""A remedy that is written as shown mends the file, and says what its author meant."""

import re
from collections.abc import Sequence
from typing import Final

import pytest

from okrsite.core.diagnostics import Diagnostic
from okrsite.core.yaml_slips import find_slip

from .company import codes, compiled
from .timing import under_a_second

OKRS: Final = """---
objectives:
  instant:
    title: Paying feels instant
    why: Every second costs us a cart.
    key_results:
      p95:
        title: Checkout time
        baseline: 2100 ms
        target: 800 ms
      share:
        title: Share of orders
        baseline: 20%
        target: 35%
---
"""
FIRST: Final = "    title: Paying feels instant\n"


def okrs(line: str) -> str:
    """The promises with one more line, of the objective."""
    return OKRS.replace(FIRST, f"{FIRST}    {line}\n")


def problems(okrs: str = OKRS, progress: str = "") -> tuple[Diagnostic, ...]:
    """What is reported of two teams, one of which has a check-in."""
    files = {
        "teams/acme/team.md": "---\nname: Acme\n---\n",
        "teams/acme/2026-Q4/okrs.md": "---\nobjectives:\n  effortless:\n    title: It is\n---\n",
        "teams/pay/team.md": "---\nname: Pay\nparent: acme\n---\n",
        "teams/pay/2026-Q4/okrs.md": okrs,
    }
    if progress:
        files["teams/pay/2026-Q4/checkins/2026-10-12.md"] = f"---\nprogress:\n  {progress}\n---\n"
    return compiled(files).problems


def remedy(found: Sequence[Diagnostic]) -> str:
    """The line that the one error shows."""
    errors = [problem for problem in found if problem.code in codes(found)]
    assert len(errors) == 1, errors
    shown = re.fullmatch(r"write `(.+)`", errors[0].hint)
    assert shown, errors[0]
    return shown[1]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("depends_on: [{from: @acme, need: x}]", 'depends_on: [{from: "@acme", need: x}]'),
        (
            "depends_on: [{from: @acme, need: x}, {from: acme/effortless, need: y: z}]",
            'depends_on: [{from: "@acme", need: x}, {from: acme/effortless, need: "y: z"}]',
        ),
        ("supports: [acme/effortless", "supports: [acme/effortless]"),
        ("depends_on: [{from: acme/effortless, need: x]", "depends_on: [{from: acme/effortless, need: x}]"),
        ("serves: [Stores, Markets", "serves: [Stores, Markets]"),
        ("depends_on: [{from: @acme, need: x}", 'depends_on: [{from: "@acme", need: x}]'),
        ("depends_on: [{from: acme/effortless，need: x}]", "depends_on: [{from: acme/effortless, need: x}]"),
    ],
)
def test_a_line_of_promises_is_shown_as_it_is_to_be_written(typed: str, shown: str) -> None:
    assert remedy(problems(okrs(typed))) == shown

    assert codes(problems(okrs(shown))) == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("instant#p95: {value: 1200 ms, confidence: 6", "instant#p95: {value: 1200 ms, confidence: 6}"),
        ("instant#p95: {value: 1200 ms，confidence: 6}", "instant#p95: {value: 1200 ms, confidence: 6}"),
        ("instant#p95: {value: 1200 ms， confidence：6", "instant#p95: {value: 1200 ms, confidence: 6}"),
        ('instant#p95: {value: 1200 ms, note: "a } b"', 'instant#p95: {value: 1200 ms, note: "a } b"}'),
        ("instant #p95: 2000 ms", "instant#p95: 2000 ms"),
        ("instant # p95: 2000 ms", "instant#p95: 2000 ms"),
        ("instant #p95: {value: 2000 ms}", "instant#p95: {value: 2000 ms}"),
        ("instant#p95: @7", "instant#p95: {confidence: 7}"),
        ("instant: @10", "instant: {confidence: 10}"),
    ],
)
@pytest.mark.parametrize("others", ["", "\n  instant#share: 22%", "\n  instant#share: {value: 22%, note: Fine.}"])
def test_a_line_of_progress_is_shown_as_it_is_to_be_written(typed: str, shown: str, others: str) -> None:
    assert remedy(problems(progress=typed + others)) == shown
    assert codes(problems(progress=shown + others)) == []


@pytest.mark.parametrize(
    "line",
    [
        "supports: [acme/effortless] # the big one",
        "supports: [acme/effortless] #the big one",
        "supports: acme/effortless # the big one",
        "depends_on: [{from: acme/effortless, need: x}] # the big one",
        "since: 2026-10-05 # as agreed",
        "type: committed # we said so",
        "extra: {a: Aa} # inline",
        "extra: {\n      a: Aa, # inline\n      b: Bb}",
    ],
)
def test_a_comment_behind_a_list_a_date_or_a_word_is_a_comment(line: str) -> None:
    assert codes(problems(okrs(line))) == []


@pytest.mark.parametrize("typed", ["2000 ms # from the log", "2000 ms #log", "{value: 2000 ms} # from the log"])
def test_a_comment_behind_a_value_is_a_comment(typed: str) -> None:
    assert codes(problems(progress=f"instant#p95: {typed}")) == []
    assert codes(problems(OKRS.replace("2100 ms", "2100 ms # from the log"))) == []
    assert codes(problems(OKRS.replace("800 ms", "800 ms # bold"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "note: Fast # in town",
        "assumes:\n      date: We open # in time",
        "initiatives:\n      - Mend # all",
        "extra:\n      since: It # is",
    ],
)
def test_a_comment_behind_a_sentence_is_asked_about(line: str) -> None:
    assert codes(problems(okrs(line))) == ["comment-after-text"]


@pytest.mark.parametrize(
    "line",
    [
        "title: Paying feels instant",
        "why: Every second costs us a cart.",
        "title: Checkout time",
        "baseline: 2100 ms",
        "target: 35%",
    ],
)
def test_a_missing_colon_is_missed_where_it_belongs(line: str) -> None:
    found = problems(OKRS.replace(line, line.replace(":", "")), "instant#p95: 2000 ms")
    assert remedy(found) == line
    place = next(problem.span for problem in found if problem.code == "yaml-syntax")
    assert OKRS.split("\n")[place.line - 1].strip() == line


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("instant#p95: {value: 1,5 ms, confidence: 7}", "value: 1.5 ms"),
        ("instant#p95: {value: $1,25, confidence: 7}", "value: $1.25"),
        ("instant#p95: {value: 1,200 ms, confidence: 7}", 'value: "1,200 ms"'),
        ("instant#p95: {value: 1200 ms, note: 1,5 or so}", 'note: "1,5 or so"'),
    ],
)
def test_a_comma_before_decimals_in_braces_is_shown_as_a_point(typed: str, shown: str) -> None:
    assert f"write `{shown}`" in [problem.hint for problem in problems(progress=typed)]


def test_a_word_in_a_text_lacks_no_colon() -> None:
    found = problems(okrs("note: We have a\n      title to defend\n    since 2026-10-05"))
    assert remedy(found) == "since: 2026-10-05"


@pytest.mark.parametrize(
    "line", ["title: [a, b", "title: {a: b", "note: (tbd", "why: {now", "note: [WIP", "contacts: [WIP"]
)
def test_a_sentence_with_a_bracket_is_closed_by_nobody(line: str) -> None:
    assert find_slip([f"    {line}"], 0) is None


@pytest.mark.parametrize(
    "row", ["progress: [" * 90, "instant#p95: " + "{" * 20_000, "a: " + "[}" * 400, "a" + " " * 30_000 + "#b: c"]
)
def test_hostile_lines_take_no_time(row: str) -> None:
    with under_a_second():
        assert find_slip(["progress:", f"  {row}"], 1) is None
