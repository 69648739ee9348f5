"""Typed reading of front matter: a field decides its type from the characters written, and says what is wrong."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from okrsite.core.cycles import parse_date
from okrsite.core.diagnostics import Diagnostic
from okrsite.core.fields import Fields, Reader, number_hint, parse_yes, slug
from okrsite.core.format import Field, Kind
from okrsite.core.frontmatter import read_document
from okrsite.core.numbers import Cadence
from okrsite.core.source import SourceFile
from okrsite.core.text import Home

from .company import matter

PATH = "content/teams/a/team.md"


def read(text: str, *known: str) -> tuple[Fields, list[Diagnostic]]:
    """The fields of a front matter; those named are known, `field` always is."""
    document, problems = read_document(SourceFile(PATH, "teams/a/team.md", matter(text)))
    reader = Reader(document, Home(PATH, "a"), problems)
    return reader.fields(document.root, "a thing", dict.fromkeys(("field", *known), Field(Kind.TEXT, ""))), problems


def said(problems: list[Diagnostic]) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.span.line, problem.span.column) for problem in problems]


# --- days, yes and no ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2026-10-31", date(2026, 10, 31)), (" 2028-02-29 ", date(2028, 2, 29)), ("1900-01-01", date(1900, 1, 1))],
)
def test_a_day_is_written_year_month_day(typed: str, day: date) -> None:
    assert parse_date(typed) == day


@pytest.mark.parametrize(
    "typed",
    [
        *("2026-13-01", "2026-02-29", "2026-2-9", "26-10-31", "31.10.2026", "2026/10/31", "20261031", "today", ""),
        *("2026-10-31 10:00:00", "2026-10-31T10:00Z", "２０２６-10-31", "0000-01-01", "2026-W44-6", "2026-10"),
    ],
)
def test_other_texts_are_no_days(typed: str) -> None:
    assert parse_date(typed) is None
    if typed.strip():
        fields, problems = read(f'field: "{typed}"')
        assert fields.date("field") is None
        assert said(problems) == [("bad-date", 2, 8)]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        *((word, True) for word in ("yes", "Yes", "YES", "true", "True", "是")),
        *((word, False) for word in ("no", "No", "false", "FALSE", "否")),
        *((word, None) for word in ("on", "off", "y", "n", "1", "0", "done", "", "yes!")),
    ],
)
def test_yes_and_no_are_words(typed: str, answer: bool | None) -> None:
    assert parse_yes(typed) is answer


# --- one field ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["no", "null", "12:30", "1e3", "0o14", "2026-10-31", "1_000", "~", "yes", ".5"])
def test_a_text_is_what_was_typed(typed: str) -> None:
    fields, problems = read(f"field: {typed}")
    assert fields.string("field") == typed
    text = fields.inline("field")
    assert text is not None
    assert (text.source, problems) == (typed, [])


def test_a_missing_field_reads_as_nothing() -> None:
    fields, problems = read("extra: {}", "extra", "empty")
    empty = read("field:\nempty: ''", "empty")[0]
    for one, name in ((fields, "field"), (empty, "field")):
        assert not one.has(name)
        texts: list[object] = [one.inline(name), one.block(name), one.date(name), one.quantity(name), one.ref(name)]
        assert texts == [None] * 5
        lists: list[object] = [one.inlines(name), one.refs(name), one.items(name), tuple(one.entries(name))]
        assert lists == [()] * 4
        assert one.string(name) == ""
        assert one.choice(name, Cadence) is None
        assert one.decimal(name) is None
        assert one.yes(name) is False
    assert problems == []
    assert empty.has("empty")


@pytest.mark.parametrize(("typed", "shape"), [("[a, b]", "a list"), ("{a1: b}", "a mapping")])
def test_a_list_or_a_mapping_where_a_text_is_meant_is_read_as_typed(typed: str, shape: str) -> None:
    fields, problems = read(f"field: {typed}")
    assert fields.string("field") == typed
    assert said(problems) == [("swallowed-text", 2, 8)]
    assert shape in problems[0].message
    assert f'"{typed}"' in problems[0].hint


@pytest.mark.parametrize(
    ("typed", "amount"), [("0", "0"), ("1", "1"), ("2.5", "2.5"), ("1,000", "1000"), ("010", "10"), ("0.10", "0.1")]
)
def test_a_bare_number_is_decimal(typed: str, amount: str) -> None:
    fields, problems = read(f"field: {typed}")
    assert (fields.decimal("field"), problems) == (Decimal(amount), [])


@pytest.mark.parametrize("typed", ["-1", "2x", "50%", "$1", "two", "1e3", "1_000", "no", "[1]", ".inf", "1.200,5"])
def test_other_values_are_no_bare_numbers(typed: str) -> None:
    fields, problems = read(f"field: {typed}")
    assert fields.decimal("field") is None
    assert "bad-number" in {problem.code for problem in problems}


def test_a_number_that_cannot_be_read_comes_with_a_hint_that_fits() -> None:
    assert number_hint("1.200,5") == "write `1200.5`"
    assert "`1,200.5`" in number_hint("1.200.5")
    assert "`800 ms`" in number_hint("a lot")
    fields, problems = read("field: 1.200,5 ms")
    assert fields.quantity("field") is None
    assert said(problems) == [("bad-number", 2, 8)]


def test_one_of_a_few_words() -> None:
    fields, problems = read("field: monthly")
    assert (fields.choice("field", Cadence), problems) == (Cadence.MONTHLY, [])


@pytest.mark.parametrize(("typed", "hint"), [("montly", "did you mean `monthly`?"), ("daily", "`weekly`")])
def test_another_word_is_reported_with_the_nearest_one(typed: str, hint: str) -> None:
    fields, problems = read(f"field: {typed}")
    assert fields.choice("field", Cadence) is None
    assert said(problems) == [("bad-value", 2, 8)]
    assert hint in problems[0].hint


@pytest.mark.parametrize(("typed", "answer"), [("true", True), ("yes", True), ("no", False), ("false", False)])
def test_a_switch_is_yes_or_no(typed: str, answer: bool) -> None:
    fields, problems = read(f"field: {typed}")
    assert (fields.yes("field"), problems) == (answer, [])


def test_a_switch_that_is_neither_is_reported() -> None:
    fields, problems = read("field: maybe")
    assert fields.yes("field") is False
    assert said(problems) == [("bad-value", 2, 8)]


def test_a_reference_that_cannot_be_one_is_reported() -> None:
    fields, problems = read("field: [a/b, not a ref, c]")
    assert [ref.text for ref in fields.refs("field")] == ["a/b", "c"]
    assert said(problems) == [("bad-ref", 2, 14)]


# --- texts --------------------------------------------------------------------------------------------------------


def test_a_single_value_counts_as_a_list_of_one() -> None:
    fields, problems = read("field: one\nother: [one, two]", "other")
    assert [text.source for text in fields.inlines("field")] == ["one"]
    assert [text.source for text in fields.inlines("other")] == ["one", "two"]
    assert problems == []


def test_a_text_may_have_several_languages() -> None:
    fields, problems = read("field: {en: Fast, zh: 快, zh-TW: 快速}")
    text = fields.inline("field")
    assert text is not None
    assert [(language, prose.source) for language, prose in text.versions] == [
        ("en", "Fast"),
        ("zh", "快"),
        ("zh-TW", "快速"),
    ]
    assert list(fields.reader.languages) == ["en", "zh", "zh-TW"]
    assert problems == []


def test_an_empty_language_is_left_out() -> None:
    fields, _ = read("field:\n  en: Fast\n  zh:")
    text = fields.inline("field")
    assert text is not None
    assert [language for language, _ in text.versions] == ["en"]


def test_a_mapping_that_is_not_of_languages_is_a_sentence() -> None:
    fields, problems = read("field: {Checkout: instant}")
    text = fields.inline("field")
    assert text is not None
    assert text.source == "{Checkout: instant}"
    assert said(problems) == [("swallowed-text", 2, 8)]


@pytest.mark.parametrize(("kind", "shown"), [("inline", "- a"), ("block", "<ul>\n<li>a</li>\n</ul>\n")])
def test_titles_are_inline_and_longer_fields_are_blocks(kind: str, shown: str) -> None:
    fields, _ = read('field: "- a"')
    read_text: Callable[[str], object] = getattr(fields, kind)
    text = read_text("field")
    assert text is not None
    assert text.versions[0][1].pieces == (shown,)  # type: ignore[attr-defined]


def test_links_of_a_text_are_collected() -> None:
    fields, _ = read('field: "see [[a/b]] and [this](https://x.example)"')
    fields.block("field")
    assert [(type(mark).__name__, mark.span.line) for mark in fields.reader.marks] == [("RefMark", 2), ("LinkOpen", 2)]


# --- mappings -----------------------------------------------------------------------------------------------------


def test_an_unknown_key_is_reported_with_a_suggestion() -> None:
    _, problems = read("feild: 1\nzzz: 2\nfield: 3")
    assert said(problems) == [("unknown-key", 2, 1), ("unknown-key", 3, 1)]
    assert problems[0].hint == "did you mean `field`?"
    assert "`extra:`" in problems[1].hint


def test_fields_that_are_none_are_reported() -> None:
    fields, problems = read("field: just words")
    fields.reader.fields(fields.node("field"), "an objective", {"title": Field(Kind.TEXT, "")})
    assert said(problems) == [("wrong-kind", 2, 8)]


def test_entries_have_ids() -> None:
    fields, problems = read("field:\n  p95: 1\n  支付: 2\n  two words: 3\n  a.b: 4\n  '': 5")
    assert [id_ for id_, _, _ in fields.entries("field")] == ["p95", "支付"]
    assert said(problems) == [("bad-id", 5, 3), ("bad-id", 6, 3), ("bad-id", 7, 3)]
    assert "`two-words`" in problems[0].hint
    assert "`a-b`" in problems[1].hint


def test_ids_are_read_in_one_unicode_form() -> None:
    fields, problems = read("field:\n  cafe\u0301: 1")
    assert [id_ for id_, _, _ in fields.entries("field")] == ["café"]
    assert problems == []


@pytest.mark.parametrize("typed", ["[a, b]", "words"])
def test_entries_that_are_no_mapping_are_reported(typed: str) -> None:
    fields, problems = read(f"field: {typed}")
    assert list(fields.entries("field")) == []
    assert said(problems) == [("wrong-kind", 2, 8)]


def test_extra_fields_stay_untouched() -> None:
    text = "extra:\n  cost: 1e3\n  open: no\n  on: [2026-10-31, {a: b}]\n  '#': x"
    fields, problems = read(text, "extra")
    assert fields.extra() == {"cost": "1e3", "open": "no", "on": ("2026-10-31", {"a": "b"}), "#": "x"}
    assert problems == []


def test_extra_fields_are_a_mapping() -> None:
    fields, problems = read("extra: [a]", "extra")
    assert fields.extra() == {}
    assert said(problems) == [("wrong-kind", 2, 8)]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Four markets", "four-markets"),
        ("  50 % — done! ", "50-done"),
        ("首屏 快", "首屏-快"),
        ("?!", ""),
        ("a" * 80, "a" * 60),
    ],
)
def test_a_title_can_become_an_id(text: str, id_: str) -> None:
    assert slug(text) == id_
