"""A text over several lines is read as typed, whatever colons and signs stand in it; what it hides is said once."""

import pytest

from okrsite.core.yaml_prose import Typed, compose_prose
from okrsite.core.yaml_tree import Mapping, Node, Scalar, Sequence

OBJECTIVE = "objectives:\n  calm:\n    title: Calm\n"


def values(node: Node | None) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key.text: values(value) for key, value in node.pairs}
    return [values(item) for item in node.items] if isinstance(node, Sequence) else None


def objective(rows: str) -> tuple[Typed, dict[str, object]]:
    """An objective that has a type below the rows, and what is read of it."""
    typed = compose_prose("a.md", f"{OBJECTIVE}{rows}\n    type: committed\n")
    assert not typed.broken, typed.problems
    read = values(typed.root)
    assert isinstance(read, dict)
    found = read["objectives"]["calm"]
    assert found.pop("title") == "Calm"
    assert found.pop("type") == "committed"
    return typed, found


@pytest.mark.parametrize(
    ("rows", "read", "line"),
    [
        ("    why: They wait: and\n      leave", "They wait: and leave", 4),
        ("    why: They wait\n      and leave: often\n      and soon", "They wait and leave: often and soon", 5),
        ("    why: They wait and then:\n      they leave", "They wait and then: they leave", 4),
        ("    why:\n      They wait and\n      leave: often", "They wait and leave: often", 6),
        ("    why: [Soon] they wait\n      and leave", "[Soon] they wait and leave", 4),
        ("    why: @all they wait\n      and leave", "@all they wait and leave", 4),
        ('    why: "Wait" they say\n      and leave', '"Wait" they say and leave', 4),
        ('    why: They "wait": and\n      don\'t leave', 'They "wait": and don\'t leave', 4),
        ("    why: They wait: a\\n\n      and leave", "They wait: a\\n and leave", 4),
        ("    why: They wait: and\n\n      leave", "They wait: and\nleave", 4),
        ("    why: They wait: and\n      leave: soon\n        often: so", "They wait: and leave: soon often: so", 4),
    ],
)
def test_a_text_over_several_lines_is_read_as_typed(rows: str, read: str, line: int) -> None:
    typed, found = objective(rows)
    assert found == {"why": read}
    (problem,) = typed.problems
    assert (problem.code, problem.span.line) == ("swallowed-text", line)
    assert problem.hint == "write `why: >-` and the whole text in the lines below it"
    assert "as typed" in problem.message


def test_the_form_that_is_shown_means_the_same() -> None:
    _, wrong = objective("    why: They wait: and\n      leave: often")
    typed, right = objective("    why: >-\n      They wait: and\n      leave: often")
    assert wrong == right
    assert typed.problems == []


@pytest.mark.parametrize("bullet", ["-", "*", "1."])
def test_a_list_below_a_text_keeps_its_lines_in_the_form_that_is_shown(bullet: str) -> None:
    typed, found = objective(f"    why: Two reasons:\n      {bullet} They wait\n      {bullet} They leave")
    assert found == {"why": f"Two reasons: {bullet} They wait {bullet} They leave"}
    assert [problem.hint for problem in typed.problems] == ["write `why: |` and the whole text in the lines below it"]


def test_a_quotation_that_begins_a_text_may_be_followed_by_rows_that_are_not_set_in() -> None:
    typed, found = objective('    why: "They wait": so they say,\n    and leave.')
    assert found == {"why": '"They wait": so they say, and leave.'}
    assert [problem.span.line for problem in typed.problems] == [5, 4]


def test_an_item_over_several_lines_is_read_as_typed() -> None:
    typed, found = objective("    initiatives:\n      - Ask: them\n        and often\n      - Learn")
    assert found == {"initiatives": ["Ask: them and often", "Learn"]}
    assert [problem.hint for problem in typed.problems] == ["write `- >-` and the whole text in the lines below it"]


def test_one_language_over_several_lines_is_read_as_typed() -> None:
    typed, found = objective("    why:\n      en: They wait: and\n        leave\n      zh: 等")
    assert found == {"why": {"en": "They wait: and leave", "zh": "等"}}
    assert [problem.hint for problem in typed.problems] == ["write `en: >-` and the whole text in the lines below it"]


@pytest.mark.parametrize("mark", ["'", '"'])
def test_a_quotation_over_several_lines_is_closed_where_its_text_ends(mark: str) -> None:
    typed, found = objective(f"    why: {mark}They wait\n      and leave\n    note: So")
    assert found == {"why": "They wait and leave", "note": "So"}
    assert [problem.hint for problem in typed.problems] == [f"put `{mark}` behind the last word of the text"]


def test_what_is_beside_an_item_is_no_part_of_its_text() -> None:
    typed, found = objective('    depends_on:\n      - need: Ask: them\n        from: "@pay"')
    assert found == {"depends_on": [{"need": "Ask: them", "from": "@pay"}]}
    assert [problem.hint for problem in typed.problems] == ['write `- need: "Ask: them"`']


@pytest.mark.parametrize(
    "rows",
    [
        "    why: They wait\n      and leave:often",
        "    why: |\n      They wait: and\n      leave: often",
        "    why: >-  # ours\n      They wait: and",
        '    why: "They wait: and\n      leave: often"',
        "    contacts: [a,\n      b]",
        "    why: {en: They,\n      zh: 等}",
    ],
)
def test_a_text_that_yaml_reads_is_left_alone(rows: str) -> None:
    typed, _ = objective(rows)
    assert typed.problems == []
    assert typed.text.startswith(OBJECTIVE + rows)
