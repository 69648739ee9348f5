"""YAML as a tree of characters: nothing is typed, nothing is followed, everything is bounded and has its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsite.core.yaml_tree import (
    MAX_DEPTH,
    MAX_EVENTS,
    Finding,
    Mapping,
    Node,
    Scalar,
    Sequence,
    YamlRefusedError,
    compose,
)

from .timing import under_five_seconds


def tree(text: str) -> Node:
    root, findings = compose(text)
    assert not findings, findings
    assert root is not None
    return root


def plain(node: Node) -> object:
    """A tree as mappings, lists and texts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.pairs}


def findings(text: str) -> list[tuple[str, str]]:
    """What was noticed: the code and the stretch of the text."""
    return [(found.code, text[found.start : found.end]) for found in compose(text)[1]]


def refused(text: str) -> YamlRefusedError:
    with pytest.raises(YamlRefusedError) as caught:
        compose(text)
    return caught.value


# --- characters ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        *("no", "yes", "on", "off", "Y", "null", "~", "true", "NULL"),
        *("12:30", "190:20:30", "1e3", "1E+3", "0o14", "014", "0x1F", "0b11", "1_000", "+1", ".5", "5."),
        *(".nan", ".inf", "-.INF", "2026-10-31", "2026-13-45", "2026-10-31 10:00:00", "9" * 500, "=", "<<"),
    ],
)
def test_a_plain_value_keeps_the_characters_that_were_typed(typed: str) -> None:
    assert plain(tree(f"value: {typed}\n")) == {"value": typed}
    assert plain(tree(f"values: [{typed}, {typed}]\n")) == {"values": [typed, typed]}
    assert plain(tree(f"{typed}: key\n")) == {typed: "key"}


def test_lists_and_mappings_keep_their_order() -> None:
    text = "b: [1, {c: d}]\na:\n  - x\n  - y: z\n"
    assert plain(tree(text)) == {"b": ["1", {"c": "d"}], "a": ["x", {"y": "z"}]}


def test_quoted_and_block_texts_are_understood() -> None:
    text = "one: 'it''s'\ntwo: \"a \\u00e9 b\"\nthree: |\n  x\n  y\nfour: >-\n  x\n  y\n"
    assert plain(tree(text)) == {"one": "it's", "two": "a é b", "three": "x\ny\n", "four": "x y"}


def test_nothing_is_told_from_the_word_null() -> None:
    root = tree("nothing:\nword: null\nsign: ~\nquoted: ''\n")
    assert isinstance(root, Mapping)
    assert [value.empty for _, value in root.pairs if isinstance(value, Scalar)] == [True, False, False, False]


def test_every_node_knows_its_place() -> None:
    text = "schlüssel: 😀 wert\nliste: [eins, 'zwei']\n"
    root = tree(text)
    assert isinstance(root, Mapping)
    (first, value), (_, items) = root.pairs
    assert isinstance(items, Sequence)
    assert [text[node.start : node.end] for node in (first, value, items, *items.items)] == [
        "schlüssel",
        "😀 wert",
        "[eins, 'zwei']",
        "eins",
        "'zwei'",
    ]


def test_an_empty_text_has_no_tree() -> None:
    assert compose("") == (None, [])
    assert compose("# only a comment\n") == (None, [])


# --- findings -----------------------------------------------------------------------------------------------------


def test_a_key_written_twice_is_found_and_the_first_one_stands() -> None:
    text = "a: 1\nb: 2\na: 3\n"
    root, found = compose(text)
    assert root is not None
    assert plain(root) == {"a": "1", "b": "2"}
    assert [(f.code, f.start) for f in found] == [("duplicate-key", text.rindex("a"))]
    assert "line 1" in found[0].message


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("a:\n  b: 1\n", "a:\n  c: 2\n", True),
        ("a:\n- 1\n", "a:\n- 2\n", True),
        ("a:\n  b: 1\n", "a:\n    c: 2\n", False),
        ("a:\n  b: 1\n", "a:\n  - c\n", False),
        ("a:\n  b: 1\n", "a: {c: 2}\n", False),
        ("a: 1\n", "a:\n  c: 2\n", False),
    ],
)
def test_lines_below_a_key_written_twice_are_told_to_join(first: str, second: str, joined: bool) -> None:
    (found,) = compose(f"{first}z: 0\n{second}")[1]
    hint = "put the lines below it to the end of those below line 1, and take this line away"
    assert found.hint == (hint if joined else "remove or rename one of the two")
    if joined:
        assert compose(first + second.removeprefix("a:\n"))[1] == []


def test_a_key_written_twice_is_found_inside_braces() -> None:
    assert findings("x: {a: 1, a: 2}\n") == [("duplicate-key", "a")]


@pytest.mark.parametrize("text", ["? [a, b]\n: c\n", "? {a: b}\n: c\n", "[a]: b\n"])
def test_a_key_that_is_no_word_is_found(text: str) -> None:
    assert [code for code, _ in findings(text)] == ["yaml-key"]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("a: *b\n", "*b"),
        ("a: &b c\n", "&b c"),
        ("a: !b c\n", "!b c"),
        ("a: !!python/object/apply:os.system [x]\n", "!!python/object/apply:os.system "),
        ("<<: *base\n", "*base"),
    ],
)
def test_anchors_aliases_and_tags_are_found_and_not_followed(text: str, lost: str) -> None:
    assert [(code, stretch.split("[")[0]) for code, stretch in findings(text)] == [("swallowed-text", lost)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("r: {value: 1,200}\n", "1,200"),
        ("r: {value: 1,200 ms, note: fast}\n", "1,200 ms"),
        ("r: {note: cheap, fast, value: 3}\n", "cheap, fast"),
        ("r: {note: a, b, c}\n", "a, b, c"),
    ],
)
def test_a_comma_inside_braces_splits_no_value(text: str, value: str) -> None:
    root, found = compose(text)
    assert root is not None
    values = plain(root)
    assert isinstance(values, dict)
    assert value in values["r"].values()
    assert {f.code for f in found} == {"comma-split"}
    assert any(f'"{value}"' in f.hint for f in found)


def test_a_comma_inside_a_number_in_a_list_is_found() -> None:
    text = "keep_between: [1,000 ms, 2,000 ms]\n"
    assert findings(text) == [("comma-split", "1,000 ms"), ("comma-split", "2,000 ms")]


@pytest.mark.parametrize(
    "text", ["a: [1, 200]\n", "a: [1,20]\n", "a: [x,200]\n", 'a: ["1",200]\n', "a: [pilot,rest]\n"]
)
def test_lists_of_short_items_are_lists(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize("escape", [r"\n", r"\t", r"\a", r"\e", r"\0", r"\L", r"\P"])
def test_an_escape_that_makes_a_control_character_or_a_line_break_is_found(escape: str) -> None:
    assert [code for code, _ in findings(f'a: "C:{escape}ogs"\n')] == ["yaml-escape"]


def test_harmless_escapes_are_understood() -> None:
    assert plain(tree(r'a: "say \"yes\" to C:\\new"')) == {"a": r'say "yes" to C:\new'}


@pytest.mark.parametrize("head", [">25% faster", "|2", ">3+"])
def test_a_text_taken_for_the_head_of_a_block_is_found_or_refused(head: str) -> None:
    try:
        _, found = compose(f"a: {head}\nb: c\n")
    except YamlRefusedError as error:
        assert error.code == "yaml-syntax"
        assert error.line in (0, 1)
    else:
        assert [f.code for f in found] == ["swallowed-text"]


def test_a_text_in_quotes_may_go_on_in_deeper_lines() -> None:
    assert plain(tree("title: 'Paying feels\n  instant'\nwhy: x\n")) == {"title": "Paying feels instant", "why": "x"}


# --- bounds -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "[{a: "])
def test_bottomless_nesting_is_refused_at_once(opening: str) -> None:
    with under_five_seconds():
        error = refused(opening * 25_000)
    assert error.code == "yaml-depth"
    assert error.line == 0


def test_depth_is_allowed_up_to_its_limit() -> None:
    assert compose("[" * MAX_DEPTH + "]" * MAX_DEPTH)[1] == []
    assert refused("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).code == "yaml-depth"


def test_an_alias_bomb_stays_as_small_as_it_was_written() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    with under_five_seconds():
        root, found = compose("\n".join(lines))
    assert root is not None
    assert len(str(plain(root))) < 2_000
    assert len(found) == 10 + 81


def test_a_merge_key_bomb_stays_as_small_as_it_was_written() -> None:
    lines = ["a0: &a0 {k: v}"] + [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 20)}]}}" for n in range(1, 40)]
    with under_five_seconds():
        root, found = compose("\n".join(lines))
    assert root is not None
    assert len(found) == 40 + 39 * 20


def test_items_are_allowed_up_to_their_limit() -> None:
    within = "- a\n" * (MAX_EVENTS - 10)
    assert compose(within)[1] == []
    with under_five_seconds():
        error = refused("- a\n" * MAX_EVENTS)
    assert error.code == "yaml-size"
    assert error.line > MAX_EVENTS - 20


@pytest.mark.parametrize("text", ["a: b\0c", "a: \x07", "\x1b[0m: a", "a: \ufffe", 'a: "\\ud800"', "a: b\x00"])
def test_characters_that_yaml_forbids_are_refused_with_a_place(text: str) -> None:
    error = refused(text)
    assert error.code == "yaml-syntax"
    assert error.line == 0


def test_a_forbidden_character_is_found_where_it_stands() -> None:
    error = refused("a: b\nsecond: x\x07y\n")
    assert (error.line, error.column) == (1, 9)


@pytest.mark.parametrize(
    "text", ["a: [", "a: {b: c", "a: 'b", "a: b: c", "a: @b", "\ta: b", "a: b\n c: d", "a: %b", "- a\nb: c", "a: ]"]
)
def test_what_is_not_yaml_is_refused_in_words(text: str) -> None:
    error = refused(text)
    assert (error.code, error.message[:29]) == ("yaml-syntax", "YAML does not understand this")


@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.text(alphabet="ab1 :-,#&*!|>'\"%@`[]{}?\n\t\\\u00a0é😀\x00\u2028", max_size=40))
def test_any_text_is_composed_or_refused(text: str) -> None:
    try:
        root, found = compose(text)
    except YamlRefusedError as error:
        assert error.message
        assert 0 <= error.line <= text.count("\n") + 2
    else:
        assert all(isinstance(f, Finding) and 0 <= f.start <= f.end <= len(text) for f in found)
        assert root is None or 0 <= root.start <= root.end <= len(text)
