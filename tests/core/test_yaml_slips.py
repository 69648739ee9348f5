"""A remedy that is written as shown mends the file, and says what its author meant."""

import re
from collections.abc import Sequence
from typing import Final

import pytest

from okrsite.core.diagnostics import Diagnostic
from okrsite.core.yaml_place import places
from okrsite.core.yaml_prose import compose_prose
from okrsite.core.yaml_slips import FIELDS, Slip, find_slip

from .company import codes, compiled
from .timing import under_five_seconds

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
        ("instant#p95 2000 ms", "instant#p95: 2000 ms"),
        ("instant#p95\t2000 ms", "instant#p95: 2000 ms"),
        ("instant#p95 = 2000 ms", "instant#p95: 2000 ms"),
        ("instant#p95 {value: 2000 ms}", "instant#p95: {value: 2000 ms}"),
        ("instant#p95 {value:2000 ms}", "instant#p95: {value: 2000 ms}"),
        ("instant#p95：2000 ms", "instant#p95: 2000 ms"),
        ("instant#p95：{value：2000 ms，confidence：6}", "instant#p95: {value: 2000 ms, confidence: 6}"),
        ("instant#p95: {value:2000 ms, confidence:6}", "instant#p95: {value: 2000 ms, confidence: 6}"),
        ("instant#p95: {value: 2000 ms; confidence: 6}", "instant#p95: {value: 2000 ms, confidence: 6}"),
        ("instant#p95: {value: 2000 ms, note：See}", "instant#p95: {value: 2000 ms, note: See}"),
        ("instant#p95: 2000 ms, confidence: 6", "instant#p95: {value: 2000 ms, confidence: 6}"),
        ("instant#p95: 2,000 ms, confidence: 6", 'instant#p95: {value: "2,000 ms", confidence: 6}'),
        ("instant#p95: value: 2000 ms, confidence: 6", "instant#p95: {value: 2000 ms, confidence: 6}"),
        ("instant#p95: (value: 2000 ms, confidence: 6)", "instant#p95: {value: 2000 ms, confidence: 6}"),
        ("instant#p95: ｛value：2000 ms，confidence：6｝", "instant#p95: {value: 2000 ms, confidence: 6}"),
        ("instant: confidence: 6", "instant: {confidence: 6}"),
        ("instant: (confidence: 6, note: Well, it holds)", 'instant: {confidence: 6, note: "Well, it holds"}'),
    ],
)
@pytest.mark.parametrize("others", ["", "\n  instant#share: 22%", "\n  instant#share: {value: 22%, note: Fine.}"])
def test_a_line_of_progress_is_shown_as_it_is_to_be_written(typed: str, shown: str, others: str) -> None:
    assert remedy(problems(progress=typed + others)) == shown
    assert codes(problems(progress=shown + others)) == []


@pytest.mark.parametrize(
    "note",
    [
        '"So, value:3 dB"',
        "'So，note：x'",
        "So (see：x)",
        "早：我们问了，他们知道",
        "http://x.example",
        "|\n      a#b c\n      value：3\n      {value:3}",
        "Well,\n      a#b c\n      value：3",
        "10:30; we left",
    ],
)
def test_signs_in_a_sentence_are_left_alone(note: str) -> None:
    assert codes(problems(progress=f"instant:\n    note: {note}")) == []
    if "\n" not in note:
        assert codes(problems(progress=f"instant: {{note: {note}}}")) == []


@pytest.mark.parametrize("line", ["instant: Well, note: x", "instant#p95: {note: We asked; value: 3}"])
def test_a_sentence_in_a_check_in_is_put_into_quotes_only(line: str) -> None:
    hints = [problem.hint for problem in problems(progress=line) if problem.code == "swallowed-text"]
    assert len(hints) == 1
    assert '"' in hints[0]


def test_of_many_full_width_colons_the_first_is_reported_with_the_number_of_the_others() -> None:
    typed = compose_prose("a.md", "lessons：\n  early：Ask: soon\n  late：Do\n")
    assert [problem.hint for problem in typed.problems] == [
        "write `lessons:`, and a plain colon and a space in 2 more lines too"
    ]
    assert typed.text == 'lessons: \n  early: "Ask: soon"\n  late: Do\n'
    (found,) = compose_prose("a.md", "lessons：\n  early：Ask\n").problems
    assert found.hint == "write `lessons:`, and a plain colon and a space in line 2 too"


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


@pytest.mark.parametrize("colon", ["", "："])
@pytest.mark.parametrize("key", ["objectives", "instant", "p95", "share", "key_results"])
def test_a_key_without_its_colon_is_found_on_its_own_line(key: str, colon: str) -> None:
    text = re.sub(rf"\b{key}:", f"{key}{colon}", OKRS)
    found = problems(text, "instant#p95: 2000 ms")
    assert remedy(found) == f"{key}:"
    place = next(problem.span for problem in found if problem.code == "yaml-syntax")
    assert text.split("\n")[place.line - 1].strip() == f"{key}{colon}"


@pytest.mark.parametrize(
    "wrapped", ["instant\n", "instant\n      everywhere\n", "instant\n      title at last\n", "why\n      So: it is\n"]
)
def test_a_word_that_fell_out_of_a_text_lacks_no_colon(wrapped: str) -> None:
    found = problems(OKRS.replace(FIRST, f"{FIRST}    {wrapped}"))
    assert not any("colon is missing" in problem.message for problem in found)


@pytest.mark.parametrize(
    ("typed", "key"), [("name = Pay", "name"), ("parent=acme", "parent"), ('name = "Pay"', "name")]
)
def test_an_equals_sign_is_shown_as_a_colon(typed: str, key: str) -> None:
    lines = {"name": "name: A", "parent": "parent: a"} | {key: typed}
    found = compose_prose("a.md", "\n".join([*lines.values(), "contact: pay\n"]))
    value = typed.partition("=")[2].strip()
    assert [problem.hint for problem in found.problems] == [f"write `{key}: {value}`"]
    assert found.problems[0].span.line == [*lines].index(key) + 1


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


TEXTS: Final = (
    "why: |\n      We did this\n      {} that [it holds\n      {}: [x\n      {}:x\n      {} #p95: {{15 ms",
    "why: >-  # ours\n      {} {{it holds\n\n      # {}\n      {}: @7\n      supports: [acme/effortless",
    "why: We did\n      this [and\n      {} matters\n      {}:x",
    "why:\n      We did this\n      {} matters [now\n      {}:x, too",
    "why: [{} matters, '{}: so']",
    "why: {} [matters\n    # {} [x\n    proposed_by: team  # {} [x",
    "initiatives:\n      - {} review\n      - {}:review [now",
    "initiatives:\n      - {} review\n        {} (more\n      - other\n        {}:x",
    "initiatives:\n      - |\n        {} review\n        {}: [now\n      - other",
    "assumes:\n      first: |\n        {} [holds\n        {}:x\n      {}: It\n        {} holds",
    "note: |\n      progress:\n        {} #p95: 1500 ms\n        {}: @7\n        {} holds",
)
WRONG: Final = (
    *('note: "Fast" is the word', "note: @x", "note: a: b", "note: [WIP] b", "note: %x", "note: 'Tis", "note: {x"),
    *(
        "supports: [acme/effortless",
        "since:2026-10-05",
        "since 2026-10-05",
        "- x",
        "} x",
        '"x" y',
        "x # y",
        "\tnote: a",
    ),
)


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_a_text_whatever_is_wrong_below_it(text: str, wrong: str) -> None:
    for field in sorted(FIELDS):
        correct = "objectives:\n  calm:\n    " + text.replace("{}", field).replace("{{", "{") + "\n"
        assert compose_prose("a.md", correct).problems == []
        typed = compose_prose("a.md", f"{correct}    {wrong}\n")
        assert {problem.span.line for problem in typed.problems} == {correct.count("\n") + 1}, typed.problems
        assert typed.text.startswith(correct)


@pytest.mark.parametrize("wrong", ["- @x", '- "quoted" text', "- a: b: c", "- [WIP] x", "x", "- 'Tis"])
@pytest.mark.parametrize("indent", ["", "  "])
def test_a_list_of_sentences_is_one_whatever_is_wrong_in_it(indent: str, wrong: str) -> None:
    for field in sorted(FIELDS):
        correct = f"not_doing:\n{indent}- {field} inflation\n{indent}- {field}:x (so\n{indent}  {field} matters\n"
        typed = compose_prose("a.md", f"{correct}{indent}{wrong}\n")
        assert {problem.span.line for problem in typed.problems} <= {5}
        assert typed.text.startswith(correct)


@pytest.mark.parametrize("wrong", ['"x" y', "] x", '"x": "y" z'])
def test_a_comment_above_a_wrong_line_stays_one(wrong: str) -> None:
    correct = "objectives:\n  calm:\n    type: committed  # was\n    # ours\n"
    typed = compose_prose("a.md", f"{correct}    {wrong}\n")
    assert {problem.span.line for problem in typed.problems} == {5}
    assert typed.text.startswith(correct)


def test_the_end_of_a_text_that_lost_its_indent_lacks_no_colon() -> None:
    found = problems(okrs("note: We have a\n    title to defend"))
    assert not any("colon is missing" in problem.message for problem in found)


def test_a_reference_is_mended_below_a_key_with_a_comment() -> None:
    typed = compose_prose("a.md", "progress:  # today\n  instant #p95: 1500 ms\n")
    assert [problem.hint for problem in typed.problems] == ["write `instant#p95: 1500 ms`"]


def test_a_bracket_left_open_leaves_the_next_line_alone() -> None:
    typed = compose_prose("a.md", "title: [WIP\nbaseline: 2100 ms  # was\n")
    assert [problem.hint for problem in typed.problems] == ['write `title: "[WIP"`']


def test_a_word_in_a_text_lacks_no_colon() -> None:
    found = problems(okrs("note: We have a\n      title to defend\n    since 2026-10-05"))
    assert remedy(found) == "since: 2026-10-05"


def _slip(*rows: str) -> Slip | None:
    """The slip in the last of some lines."""
    return find_slip(rows, len(rows) - 1, places(rows))


@pytest.mark.parametrize(
    "line", ["title: [a, b", "title: {a: b", "note: (tbd", "why: {now", "note: [WIP", "contacts: [WIP"]
)
def test_a_sentence_with_a_bracket_is_closed_by_nobody(line: str) -> None:
    assert _slip(f"    {line}") is None


@pytest.mark.parametrize(
    "row", ["progress: [" * 90, "instant#p95: " + "{" * 20_000, "a: " + "[}" * 400, "a" + " " * 30_000 + "#b: c"]
)
def test_hostile_lines_take_no_time(row: str) -> None:
    with under_five_seconds():
        assert _slip("progress:", f"  {row}") is None


@pytest.mark.parametrize(
    "row",
    [
        *("  instant #p95: 1500 ms", "  a #b: @", "  a: [@x", "  title a"),
        *("  a#b c", "  a：", "  a: {x:1", "  a\n   b:"),
    ],
)
def test_many_lines_with_a_slip_take_no_time(row: str) -> None:
    with under_five_seconds():
        compose_prose("a.md", "progress:\n" + f"{row}\n" * (60_000 // (len(row) + 1)))


def test_a_missing_space_before_a_block_of_text_is_read_as_one() -> None:
    typed = compose_prose("a.md", "objectives:\n  o:\n    note:|\n      They wait.\n      Soon: more.\n    why: x\n")
    assert not typed.broken
    assert [problem.hint for problem in typed.problems] == ["write `note: |`"]


def test_a_missing_space_leaves_a_comment_one() -> None:
    typed = compose_prose("a.md", "objectives:\n  o:\n    title: A\n    since:2026-10-05 # was 1 October\n")
    assert [problem.hint for problem in typed.problems] == ["write `since: 2026-10-05 # was 1 October`"]


@pytest.mark.parametrize("typed", ["{2025-Q1：shops, 2026-Q3：digital}", "{2025-Q1:shops，2026-Q3: digital}"])
def test_the_teams_above_by_cycle_are_read_whatever_their_signs(typed: str) -> None:
    found = compose_prose("a.md", f"name: A\nparent: {typed}\n")
    assert [problem.hint for problem in found.problems] == ["write `parent: {2025-Q1: shops, 2026-Q3: digital}`"]
