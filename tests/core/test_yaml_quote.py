"""One line of YAML as its author meant it: where its value begins, whether it needs quotes, how it looks with them."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsite.core.yaml_quote import is_one_bracket, needs_quotes, quoted, requoted, split_line

from .timing import under_five_seconds


@pytest.mark.parametrize(
    ("line", "lead", "value"),
    [
        ("title: Fast: now  ", "title: ", "Fast: now"),
        ("    title:   *Fast*", "    title:   ", "*Fast*"),
        ("title :\tx", "title :\t", "x"),
        ('"a b": c', '"a b": ', "c"),
        ("  - @leads", "  - ", "@leads"),
        ("- - a", "- - ", "a"),
        ("- title: a", "- title: ", "a"),
        ("  - *Fast*: now", "  - ", "*Fast*: now"),
        ("  - @leads: now", "  - ", "@leads: now"),
        ("title: \u00a0Fast", "title: ", "\u00a0Fast"),
        ("  # words", "  ", "# words"),
    ],
)
def test_a_line_is_a_lead_and_a_value(line: str, lead: str, value: str) -> None:
    assert split_line(line) == (lead, value)


@pytest.mark.parametrize("line", ["", "   ", "title:", "just words", "  - ", "http://x.example"])
def test_a_line_without_a_value_has_none(line: str) -> None:
    assert split_line(line) is None


@pytest.mark.parametrize(
    "value",
    [
        *("#x", "*x*", "&x", "!x", "|x", ">x", "%x", "@x", "`x`", "[x", "]x", "{x", "}x", ",x", "?x", "-x"),
        *("a: b", "a:", "a:\tb", "a #b", "a\t#b", '"a" b', "'a' b", '"a', "'a"),
    ],
)
def test_some_values_need_quotes(value: str) -> None:
    assert needs_quotes(value)


@pytest.mark.parametrize(
    "value", ["", "a", "it's", "a:b", "a#b", '"a: b"', "'it''s: b'", "1,200 ms", "50% off", "a - b"]
)
def test_other_values_need_none(value: str) -> None:
    assert not needs_quotes(value)


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("a: b", '"a: b"'),
        ("[#a, b]", '["#a", b]'),
        ("{a1: #b, c1: d}", '{a1: "#b", c1: d}'),
        ("[[a]] and [b]", '"[[a]] and [b]"'),
        ("[a] and [b]", '"[a] and [b]"'),
        ("{a} and {b}", '"{a} and {b}"'),
        ("'it's'", '"it\'s"'),
        ('"#pay', '"#pay"'),
        ('"Checkout time', '"Checkout time"'),
        ('"Checkout time",', '"Checkout time"'),
        ("'It''s: time',", "'It''s: time'"),
        ("\"#pay'", '"#pay"'),
        ("'#pay", '"#pay"'),
        ("\"The riders'", '"The riders\'"'),
        ("'tis the season", '"\'tis the season"'),
        ("'90s: music", '"\'90s: music"'),
        ('"Fast" and "cheap"', '\'"Fast" and "cheap"\''),
        ('"Fast", we say', "'\"Fast\", we say'"),
        ('"C:\\new', "'\"C:\\new'"),
        ('"', "'\"'"),
    ],
)
def test_a_value_in_quotes_keeps_the_brackets_of_a_list_or_mapping(value: str, form: str) -> None:
    assert requoted(value) == form


@pytest.mark.parametrize(
    ("value", "one"), [("[a]", True), ("{a: [b]}", True), ("[a] [b]", False), ("[a", False), ("", False)]
)
def test_what_opens_first_closes_last(value: str, one: bool) -> None:
    assert is_one_bracket(value) is one


@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.text(alphabet="ab \\\"':#,[]{}*&!|>%@`~?-é😀", min_size=1, max_size=20))
def test_a_quoted_text_means_itself_in_yaml(text: str) -> None:
    assert yaml.safe_load(f"value: {quoted(text)}") == {"value": text}
    assert yaml.safe_load(f"- {quoted(text)}") == [text]
    assert yaml.safe_load(f"[{quoted(text)}]") == [text]


@pytest.mark.parametrize(
    "line",
    ["a" + " " * 60_000 + "b", "- " * 30_000, "a: @" + " " * 60_000 + "b", "'" * 60_000, "[" * 60_000, "a:" * 30_000],
)
def test_long_lines_are_split_and_quoted_in_proportion_to_their_length(line: str) -> None:
    with under_five_seconds():
        found = split_line(line)
        assert requoted(found.value if found else line)
        assert needs_quotes(line) in (True, False)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("{a: b, c: [x, y: z], d: e: f}", '{a: b, c: [x, "y: z"], d: "e: f"}'),
        ("{a: {one: b: c}, d: e}", '{a: {one: "b: c"}, d: e}'),
        ("{a: They wait, and leave, b: c}", '{a: "They wait, and leave", b: c}'),
        ("{a: 1,500 ms, b: c: d}", '{a: "1,500 ms", b: "c: d"}'),
        ('{a: "x, y", b: c: d}', '{a: "x, y", b: "c: d"}'),
        ("[{a: [b, c: d]}, #e]", '[{a: [b, "c: d"]}, "#e"]'),
        ("[a [b, c], d: e]", '["a [b, c]", "d: e"]'),
        ("{a, b: c}", '"{a, b: c}"'),
    ],
)
def test_brackets_in_brackets_stay(typed: str, shown: str) -> None:
    assert requoted(typed) == shown


def test_brackets_without_end_are_one_text() -> None:
    deep = "{a: " * 2_000 + "}" * 2_000
    with under_five_seconds():
        assert '"{a: ' in requoted(deep)
