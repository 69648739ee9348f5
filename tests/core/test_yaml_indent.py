"""Rows that stand further in or less far in than they were meant to are read where they belong, and said to be."""

import pytest

from okrsite.core.yaml_indent import MAX_LONG
from okrsite.core.yaml_prose import Typed, compose_prose

from .timing import under_five_seconds

OBJECTIVE = "objectives:\n  calm:\n    title: Calm\n"


def read(text: str) -> Typed:
    typed = compose_prose("a.md", text)
    assert not typed.broken
    return typed


def same(wrong: str, right: str) -> list[str]:
    """What is said of a text that is read like another, in which nothing is wrong."""
    typed, meant = read(wrong), read(right)
    assert meant.problems == []
    assert _values(typed.text) == _values(meant.text)
    return [problem.hint for problem in typed.problems]


def _values(text: str) -> str:
    """The text without what does not matter to YAML: how many blanks stand behind a colon."""
    return "\n".join(line.rstrip() for line in text.replace(":  ", ": ").split("\n"))


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        ("     why: They wait", "put `why` exactly below `title`"),
        ("      why: They wait", "put `why` exactly below `title`"),
        ("   why: They wait", "put `why` exactly below `title`"),
        ("    - why: They wait", "put `why` exactly below `title`, without the dash"),
    ],
)
def test_a_field_that_stands_elsewhere_is_one_of_those_beside_it(row: str, hint: str) -> None:
    hints = same(f"{OBJECTIVE}{row}\n    type: committed\n", f"{OBJECTIVE}    why: They wait\n    type: committed\n")
    assert hints == [hint]


def test_fields_that_stand_elsewhere_together_are_each_named() -> None:
    wrong = f"{OBJECTIVE}     why: They wait\n     type: committed\n    since: 2026-10-05\n"
    assert same(wrong, wrong.replace("     ", "    ")) == [
        "put `why` exactly below `title`",
        "put `type` exactly below `why`",
    ]


@pytest.mark.parametrize("row", ["   calm#p50: 9 ms", " calm#p50: 9 ms", "  - calm#p50: 9 ms"])
def test_a_reference_that_stands_elsewhere_is_one_of_those_beside_it(row: str) -> None:
    (hint,) = same(f"progress:\n  calm#p95: 9 ms\n{row}\n", "progress:\n  calm#p95: 9 ms\n  calm#p50: 9 ms\n")
    assert hint.startswith("put `calm#p50` exactly below `calm#p95`")


@pytest.mark.parametrize("indent", ["       ", "         "])
def test_a_field_of_an_item_is_put_below_the_one_behind_its_dash(indent: str) -> None:
    items = f'{OBJECTIVE}    depends_on:\n      - from: "@pay"\n'
    assert same(f"{items}{indent}need: Time\n", f"{items}        need: Time\n") == ["put `need` exactly below `from`"]


def test_what_hangs_below_a_field_goes_with_it() -> None:
    wrong = f"{OBJECTIVE}   key_results:\n      p95:\n        title: Time\n"
    assert same(wrong, wrong.replace("   key", "    key")) == ["put `key_results` exactly below `title`"]


def test_what_would_hang_elsewhere_then_is_left_alone() -> None:
    assert compose_prose("a.md", f"{OBJECTIVE}  key_results:\n    p95:\n        title: Time\n").problems == []
    assert compose_prose("a.md", f"{OBJECTIVE}   key_results:\n    p95:\n     title: Time\n").broken


@pytest.mark.parametrize("indent", ["   ", " "])
def test_a_name_that_stands_elsewhere_is_one_of_those_beside_it(indent: str) -> None:
    wrong = f"{OBJECTIVE}{indent}second-one:\n      title: Bold\n"
    assert same(wrong, wrong.replace(f"{indent}second", "  second")) == ["put `second-one` exactly below `calm`"]


def test_key_results_further_in_than_the_first_are_beside_it() -> None:
    wrong = f"{OBJECTIVE}    key_results:\n      p95:\n        title: A\n       p50:\n         title: B\n"
    assert same(wrong, wrong.replace("       p50", "      p50")) == ["put `p50` exactly below `p95`"]


def test_items_in_place_of_names_are_told_that_each_needs_one() -> None:
    rows = "    key_results:\n      p95:\n        title: A\n      - title: B\n        target: 5\n"
    typed = compose_prose("a.md", OBJECTIVE + rows)
    assert typed.broken
    assert "`a-name:`" in typed.problems[-1].hint


@pytest.mark.parametrize("row", ["     speed: 7", "     They: wait", "      why we wait: they"])
def test_what_is_no_field_of_the_format_is_text(row: str) -> None:
    (problem,) = read(f"{OBJECTIVE}{row}\n").problems
    assert problem.code == "swallowed-text"


@pytest.mark.parametrize("indent", ["    ", "   ", ""])
def test_a_text_that_is_not_set_in_goes_on_all_the_same(indent: str) -> None:
    wrong = f"{OBJECTIVE}    why: They wait\n{indent}and leave.\n{indent}They do: not\n".replace("do: ", "do ")
    right = f"{OBJECTIVE}    why: They wait\n      and leave.\n      They do not\n"
    assert same(wrong, right) == ["begin lines 5 to 6 with 6 spaces"]


def test_one_row_that_is_not_set_in_is_named_alone() -> None:
    wrong = f"{OBJECTIVE}    why: They wait\n      and wait\n    and leave.\n    type: committed\n"
    assert same(wrong, wrong.replace("    and leave", "      and leave")) == ["begin this line with 6 spaces"]


@pytest.mark.parametrize(
    "text",
    [
        f'{OBJECTIVE}    why: "They wait"\n    and leave.\n',
        f"{OBJECTIVE}    type: committed\n    and leave.\n",
        f"{OBJECTIVE}    why: They wait\n\tand leave.\n    type: committed\n",
        f"{OBJECTIVE}\ttype: committed\n",
    ],
)
def test_what_may_be_something_else_is_not_guessed_at(text: str) -> None:
    assert not any("begin" in problem.message for problem in compose_prose("a.md", text).problems)


@pytest.mark.parametrize(
    "rows", ["    title: A\n     why: B\n", "    why: B\n    more of it\n", "     x y\n   why: c\n"]
)
def test_many_rows_are_looked_at_in_no_time(rows: str) -> None:
    with under_five_seconds():
        compose_prose("a.md", OBJECTIVE + rows * (MAX_LONG // 3))
