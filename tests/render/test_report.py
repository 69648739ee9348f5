"""Problem reports as text: one line for each problem, a frame with a mark under the place, nothing that misleads."""

import re
import unicodedata

import pytest

from okrsite.core.diagnostics import Diagnostic, Severity, problem
from okrsite.core.source import Span
from okrsite.render.report import printable, render_report, summary

PATH = "content/teams/acme/team.md"
ESCAPES = ["\033[31m", "\a", "\b", "\r", "\x7f", "\x9b31m", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\u2029"]


def _report(text: str, line: int, column: int, width: int, *, message: str = "wrong", hint: str = "") -> str:
    item = problem("bad-value", Span(PATH, line, column, width), message, hint)
    return render_report([item], {PATH: text}, colour=False)


# --- the form of a report -------------------------------------------------------------------------------------------


def test_a_report_says_place_severity_code_and_message_then_frame_and_hint() -> None:
    assert _report("one\n  two: three\n", 2, 8, 5, message="`three` is no number", hint="write `3`") == (
        "content/teams/acme/team.md:2:8: error[bad-value]: `three` is no number\n"
        "    2 |   two: three\n"
        "      |        ^^^^^\n"
        "   hint: write `3`\n"
    )


def test_without_a_hint_there_is_no_line_for_it() -> None:
    assert "hint" not in _report("two: three\n", 1, 6, 5)


@pytest.mark.parametrize(
    ("code", "label"),
    [("bad-value", "error[bad-value]"), ("stray-file", "warning[stray-file]"), ("no-team-file", "hint[no-team-file]")],
)
def test_the_severity_stands_before_the_code(code: str, label: str) -> None:
    assert f":1:1: {label}: said\n" in render_report([problem(code, Span(PATH), "said")], {}, colour=False)


def test_problems_follow_each_other_in_the_order_given() -> None:
    items = [problem("bad-value", Span(PATH, 1), "first"), problem("bad-date", Span(PATH, 2), "second")]
    said = render_report(items, {PATH: "one\ntwo\n"}, colour=False)
    assert re.findall(r"^content.*: (\w+)$", said, re.MULTILINE) == ["first", "second"]


def test_nothing_wrong_is_nothing_said() -> None:
    assert render_report([], {PATH: "text"}, colour=False) == ""


@pytest.mark.parametrize("line", [3, 99])
def test_a_place_outside_the_text_or_on_an_empty_line_has_no_frame(line: int) -> None:
    assert _report("one\n\n\n", line, 1, 1) == f"{PATH}:{line}:1: error[bad-value]: wrong\n"


def test_a_file_whose_text_is_unknown_has_no_frame() -> None:
    assert render_report([problem("bad-value", Span("other.md", 2), "wrong")], {PATH: "a\nb"}, colour=False) == (
        "other.md:2:1: error[bad-value]: wrong\n"
    )


@pytest.mark.parametrize("number", [1, 10, 100, 1_000])
def test_the_bar_of_the_frame_stands_at_the_same_place_for_every_line(number: int) -> None:
    frame = _report("x\n" * number, number, 1, 1).splitlines()[1:]
    assert [line.index("|") for line in frame] == [6, 6]


@pytest.mark.parametrize(
    ("severity", "colour"), [(Severity.ERROR, "31"), (Severity.WARNING, "33"), (Severity.HINT, "36")]
)
def test_colour_marks_only_severity_and_code(severity: Severity, colour: str) -> None:
    item = Diagnostic("bad-value", severity, Span(PATH, 1, 1, 3), "wrong", "mend it")
    coloured = render_report([item], {PATH: "one"}, colour=True)
    assert f"\033[1;{colour}m{severity}[bad-value]\033[0m" in coloured
    assert re.sub(r"\033\[[\d;]*m", "", coloured) == render_report([item], {PATH: "one"}, colour=False)


# --- the mark -------------------------------------------------------------------------------------------------------


def _cells(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("supports: [acme/efortless]", "acme/efortless"),
        ("title: 苏州工厂 efortless", "efortless"),
        ("title: efortless 苏州", "苏州"),
        ("title: ｆｕｌｌ wrong", "wrong"),
        ("title: cafe\u0301 wrong", "wrong"),
        ("title: naïve wrong", "wrong"),
        ("title: 速度 ✓ 快 wrong", "wrong"),
        ("　　wide: wrong", "wrong"),
    ],
)
def test_the_mark_stands_under_the_place_also_behind_wide_and_combining_letters(line: str, marked: str) -> None:
    said = _report(f"{line}\n", 1, line.index(marked) + 1, len(marked))
    _, shown, mark = said.splitlines()
    before = shown[: shown.index(marked)]
    assert _cells(mark[: mark.index("^")]) == _cells(before)
    assert mark.count("^") == _cells(marked)


def test_a_tab_takes_one_column_so_that_the_mark_fits() -> None:
    assert _report("\ttitle: wrong\n", 1, 9, 5).splitlines()[1:] == [
        "    1 |  title: wrong",
        "      |         ^^^^^",
    ]


def test_a_place_behind_the_end_of_its_line_has_one_mark() -> None:
    assert _report("title:\n", 1, 7, 1).splitlines()[2] == "      |       ^"


@pytest.mark.parametrize("column", [1, 50, 500, 4_990])
def test_a_long_line_is_cut_around_the_place(column: int) -> None:
    line = f"{'a' * (column - 1)}WRONG{'b' * 5_000}"
    _, shown, mark = _report(line, 1, column, 5).splitlines()
    assert len(shown) < 200
    assert shown[mark.index("^") : mark.rindex("^") + 1] == "WRONG"


def test_a_mark_never_runs_past_a_line_that_was_cut() -> None:
    _, shown, mark = _report("x" * 5_000, 1, 1, 5_000).splitlines()
    assert len(mark) <= len(shown)


# --- what could mislead ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("escape", ESCAPES)
def test_characters_that_move_hide_or_turn_round_are_spelled_out(escape: str) -> None:
    text = f"a{escape}b"
    item = problem("bad-value", Span(f"content/{text}.md", 1, 4, 1), f"`{text}`", f"not `{text}`")
    said = render_report([item], {item.span.path: f"x: {text} wrong\n"}, colour=False)
    assert all(line.isprintable() for line in said.split("\n"))
    assert said.count("\n") == 4
    spelled = printable(text)
    assert spelled.startswith("a\\")
    assert said.count(spelled) == 4


@pytest.mark.parametrize(
    ("character", "spelled"),
    [("\x1b", "\\x1b"), ("\x00", "\\x00"), ("\u202e", "\\u202e"), ("\U000e0001", "\\U000e0001"), ("\n", "\\x0a")],
)
def test_a_character_is_spelled_by_its_number(character: str, spelled: str) -> None:
    assert printable(character) == spelled


@pytest.mark.parametrize("text", ["plain", "苏州工厂", "naïve", "👍🏽", "", "a b"])
def test_what_can_be_printed_is_left_alone(text: str) -> None:
    assert printable(text) == text


def test_the_mark_stands_right_behind_a_character_that_is_spelled_out() -> None:
    _, shown, mark = _report("a\x07b wrong\n", 1, 5, 5).splitlines()
    assert shown == "    1 | a\\x07b wrong"
    assert shown[mark.index("^") : mark.rindex("^") + 1] == "wrong"


@pytest.mark.parametrize("message", ["two\nlines", "::error file=x::gotcha\n::error::", "a\r\nb", "a\u2028b"])
def test_one_problem_is_one_line_whatever_it_quotes(message: str) -> None:
    said = render_report([problem("bad-value", Span(PATH), message)], {}, colour=False)
    assert len(said.splitlines()) == 1
    assert said.startswith(f"{PATH}:1:1: error[bad-value]: ")


# --- the sum --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ((), "no problems"),
        (("bad-value",), "1 error"),
        (("bad-value", "bad-date"), "2 errors"),
        (("stray-file",), "1 warning"),
        (("no-team-file", "stray-file", "bad-value", "no-team-file"), "1 error, 1 warning, 2 hints"),
    ],
)
def test_problems_are_counted_in_words_the_gravest_first(codes: tuple[str, ...], words: str) -> None:
    assert summary([problem(code, Span(PATH), "wrong") for code in codes]) == words
