"""Prose as values: versions by language, and bodies that hold nothing."""

from okrsite.core.source import Span
from okrsite.core.text import EMPTY_BODY, Html, Prose, Text, plain_text


def prose(words: str) -> Prose:
    return Prose(words, (words,), words)


def test_a_reader_gets_a_text_in_their_language_or_in_the_first() -> None:
    text = Text((("en", prose("Fast")), ("zh", prose("快"))))
    assert text.prose("zh") == ("zh", prose("快"))
    assert text.prose("de") == ("en", prose("Fast"))
    assert (text.source, text.plain) == ("Fast", "Fast")


def test_a_folder_name_is_a_text_without_markup() -> None:
    text = plain_text("a<b>*c*")
    assert text.prose("en")[1].pieces == ("a&lt;b&gt;*c*",)
    assert text.source == "a<b>*c*"


def test_an_empty_body_is_empty() -> None:
    assert EMPTY_BODY.empty


def test_html_prints_as_it_stands() -> None:
    assert Html("<b>").__html__() == "<b>"


def test_a_place_begins_at_the_first_character() -> None:
    assert Span("a.md") == ("a.md", 1, 1, 1)
