"""The catalogues hold what code and templates say, all of it, and are compiled as they are written."""

import re
from functools import cache
from typing import Final

import pytest
from babel.messages.catalog import Catalog

from tests.catalogues import LOCALES, compiled, messages, path_of, read_catalogue, said, template, written
from tests.companies import ROOT

LANGUAGES: Final = sorted(path.name for path in LOCALES.iterdir())
TEMPLATES: Final = ROOT / "themes" / "default" / "templates"
CALLS: Final = r"(?:_|gettext|ngettext|pgettext)\("


@cache
def _catalogue(language: str) -> Catalog:
    return read_catalogue(language)


def _ids(catalogue: Catalog) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in catalogue if message.id}


def test_there_is_more_than_english() -> None:
    assert "zh" in LANGUAGES
    assert len(_ids(template())) > 350


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_exactly_what_code_and_templates_say(language: str) -> None:
    """Where this fails, `python -m tests.catalogues` brings the catalogues up to date."""
    assert _ids(_catalogue(language)) == _ids(template())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_written_in_order_and_compiled(language: str) -> None:
    assert path_of(language).read_bytes() == written(_catalogue(language))
    assert path_of(language).with_suffix(".mo").read_bytes() == compiled(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_doubtful_and_every_part_of_a_sentence_is_in_its_translation(language: str) -> None:
    catalogue = _catalogue(language)
    assert [message.id for message in catalogue if message.fuzzy and message.id] == []
    assert [(message.id, errors) for message, errors in catalogue.check()] == []
    for message in catalogue:
        if message.id and said(message):
            forms = [text for text in (message.string, message.id) if isinstance(text, str)]
            parts = [set(re.findall(r"%\((\w+)\)s", text)) for text in forms]
            assert parts == parts[:1] * len(parts), message.id


def test_chinese_says_everything() -> None:
    assert [message.id for message in _catalogue("zh") if message.id and not said(message)] == []


def test_a_chinese_sentence_has_no_marks_of_a_latin_one() -> None:
    """Han letters are followed by full-width marks; figures and formulas keep their own."""
    for message in _catalogue("zh"):
        for text in (message.string,) if isinstance(message.string, str) else message.string:
            if message.id:
                assert not re.search(r"[\u4e00-\u9fff）”][,.:;?!()](?!\w)|[,:;?!][\u4e00-\u9fff]", text), text


def test_what_is_said_is_text_without_markup() -> None:
    for message, _ in messages():
        for text in (message,) if isinstance(message, str) else message:
            assert not re.search(r"[<>&\"'\n]|  |^\s|\s$(?<!, )(?<!; )(?<!: )", text), text


def test_in_an_attribute_a_sentence_stands_without_the_mark_of_its_language() -> None:
    """Only text can be marked as English; in an attribute the mark would end it."""
    seen = 0
    for path in sorted(TEMPLATES.rglob("*.html")):
        for found in re.finditer(rf'[\w-]+="\{{\{{ *{CALLS}[^\n]*?\}}\}}', path.read_text(encoding="utf-8")):
            assert re.search(r"\) \| striptags \}\}$", found[0]), (path.name, found[0])
            seen += 1
    assert seen > 8


def test_no_words_stand_in_templates_beside_what_is_said() -> None:
    """Whatever letters are left of a template without tags, expressions and translated blocks."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"\{% trans.*?endtrans %\}|\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", text, flags=re.DOTALL)
        text = re.sub(r"<code>.*?</code>|<[^>]*>", "", text)
        assert not re.search(r"[^\W\d_]{2,}", text), (path.name, text.strip())
