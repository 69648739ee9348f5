"""The interface's words: parts in their place, forms of number, days, and what a missing translation becomes."""

from collections.abc import Mapping
from datetime import date

import pytest

from okrsite.core.text import Html
from okrsite.pages.words import ENGLISH, BrokenCatalogueError, Vocabulary, Words, parse_catalogue
from tests.catalogues import mo

DAY = date(2026, 11, 2)
FORMS = "nplurals=3; plural=n%10==1 ? 0 : n==0 ? 2 : 1;"


def _words(messages: Mapping[str, str], language: str = "xx") -> Words:
    return Vocabulary({language: mo(messages, FORMS)}).words(language)


# --- sentences --------------------------------------------------------------------------------------------------------


def test_a_sentence_is_said_in_the_language_with_its_parts_where_they_belong_there() -> None:
    words = _words({"%(team)s waits for %(other)s": "%(other)s ← %(team)s"})
    assert words.gettext("%(team)s waits for %(other)s", team="A", other="B") == "B ← A"
    assert words.plain.gettext("%(team)s waits for %(other)s", team="A", other="B") == "B ← A"


def test_parts_that_are_text_are_escaped_and_those_that_are_html_are_not() -> None:
    link = Html('<a href="x">B</a>')
    said = ENGLISH.gettext("%(team)s waits for %(other)s", team="<i>'&", other=link)
    assert said == '&lt;i&gt;&#x27;&amp; waits for <a href="x">B</a>'
    assert isinstance(said, Html)
    assert ENGLISH.plain.gettext("%(team)s", team="<i>") == "<i>"


def test_what_a_catalogue_says_is_text_and_never_markup() -> None:
    words = _words({"Home": "<script>alert(1)</script>"})
    assert words.gettext("Home") == "&lt;script&gt;alert(1)&lt;/script&gt;"
    assert words.plain.gettext("Home") == "<script>alert(1)</script>"


def test_a_sign_of_percent_in_a_part_is_only_a_sign() -> None:
    assert ENGLISH.gettext("%(value)s of it", value="100%(x)s") == "100%(x)s of it"
    assert ENGLISH.gettext("100%% of it") == "100% of it"


def test_a_word_means_what_it_means_where_it_stands() -> None:
    words = _words({"call\4open": "auf", "open": "offen"})
    assert (words.pgettext("call", "open"), words.gettext("open")) == ("auf", "offen")


@pytest.mark.parametrize(
    ("team", "other", "said"),
    [
        ("Frames", "Keep", "Frames 向 Keep 求助"),
        ("苏州工厂", "Keep", "苏州工厂向 Keep 求助"),
        ("Keep", Html('<a href="x">苏州工厂</a>'), 'Keep 向<a href="x">苏州工厂</a>求助'),
        ("Keep（北）", "第 3 line", "Keep（北）向第 3 line 求助"),
        ("", "", " 向  求助"),
    ],
)
def test_chinese_has_no_blank_between_its_own_words_and_a_part_that_is_chinese(
    team: str, other: str, said: str
) -> None:
    words = _words({"%(team)s asks %(other)s": "%(team)s 向 %(other)s 求助"}, "zh-CN")
    assert words.gettext("%(team)s asks %(other)s", team=team, other=other) == said
    assert words.plain.gettext("%(team)s asks %(other)s", team=team, other="Keep").endswith("Keep 求助")


def test_other_languages_keep_their_blanks() -> None:
    words = _words({"%(team)s asks": "%(team)s 向"})
    assert words.gettext("%(team)s asks", team="苏州工厂") == "苏州工厂 向"


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "said"), [(1, "1 one"), (21, "21 one"), (2, "2 many"), (0, "0 none")])
def test_a_language_has_its_own_forms_of_number(number: int, said: str) -> None:
    words = _words({"%(num)s risk\0%(num)s risks": "%(num)s one\0%(num)s many\0%(num)s none"})
    assert words.ngettext("%(num)s risk", "%(num)s risks", number) == said


@pytest.mark.parametrize(("number", "said"), [(0, "0 risks"), (1, "1 risk"), (2, "2 risks")])
def test_english_has_two(number: int, said: str) -> None:
    assert ENGLISH.ngettext("%(num)s risk", "%(num)s risks", number) == said
    assert ENGLISH.plain.ngettext("%(num)s risk", "%(num)s risks", number) == said


def test_computed_figures_have_the_languages_decimal_mark() -> None:
    assert _words({"decimal mark\4.": ","}).decimal("0.6") == "0,6"
    assert ENGLISH.decimal("0.6") == "0.6"


# --- days -------------------------------------------------------------------------------------------------------------


def test_a_day_has_the_pattern_and_the_months_of_the_language() -> None:
    words = _words(
        {"day\4%(day)s %(month)s %(year)s": "%(day)s. %(month)s %(year)s", "month of a day\4November": "nov"}
    )
    assert words.day(DAY) == "2. nov 2026"
    assert ENGLISH.day(DAY) == "2 November 2026"
    assert ENGLISH.plain.day_of_year(DAY) == "2 November"


# --- what is missing --------------------------------------------------------------------------------------------------


def test_a_missing_translation_is_english_and_marked_as_such_where_it_is_text() -> None:
    words = _words({"Home": "Heim"})
    assert words.gettext("%(team)s < Home", team="<A>") == '<span lang="en">&lt;A&gt; &lt; Home</span>'
    assert words.ngettext("%(num)s risk", "%(num)s risks", 2) == '<span lang="en">2 risks</span>'
    assert words.pgettext("call", "at risk") == '<span lang="en">at risk</span>'
    assert words.plain.gettext("Teams") == "Teams"


@pytest.mark.parametrize("wrong", ["%(nobody)s", "%(team)", "100%", "%(team)d", "%s and %s"])
def test_a_translation_that_does_not_fit_its_parts_counts_as_missing(wrong: str) -> None:
    words = _words({"of %(team)s": wrong})
    assert words.gettext("of %(team)s", team="A") == '<span lang="en">of A</span>'
    assert words.plain.gettext("of %(team)s", team="A") == "of A"


def test_a_language_that_no_catalogue_speaks_is_english_throughout() -> None:
    words = Vocabulary({"zh": mo({})}).words("fr")
    assert (words.language, words.gettext("Home")) == ("en", "Home")
    assert Vocabulary().name("fr") == "fr"


@pytest.mark.parametrize(
    ("language", "said", "tag"),
    [
        ("zh", "短", "zh"),
        ("zh-CN", "短", "zh-CN"),
        ("zh-Hans-SG", "短", "zh-Hans-SG"),
        ("zh-TW", "長", "zh-TW"),
        ("zh-Hant-HK", "Short", "en"),
        ("en-GB", "Short", "en-GB"),
    ],
)
def test_a_kind_of_a_language_speaks_as_the_language_does_but_for_other_letters(
    language: str, said: str, tag: str
) -> None:
    words = Vocabulary({"zh": mo({"Short": "短"}), "zh-TW": mo({"Short": "長"})}).words(language)
    assert (words.gettext("Short"), words.language) == (said, tag)


def test_a_themes_own_words_come_first_and_the_others_stay() -> None:
    both = {"zh": mo({"Home": "起点"}), "default/zh": mo({"Home": "首页", "Map": "图"}), "en": mo({"Home": "Start"})}
    chinese, english = (Vocabulary(both).words(language) for language in ("zh", "en"))
    assert [chinese.gettext("Home"), chinese.gettext("Map")] == ["起点", "图"]
    assert [english.gettext("Home"), english.gettext("Map")] == ["Start", "Map"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PO",
        b"\xde\x12\x04\x95",
        mo({})[:40],
        mo({"a": "b"})[:-3] + b"\xff\xff\xff",
        mo({}, "nplurals=1; plural=os.x;"),
    ],
)
def test_bytes_that_are_no_catalogue_are_told_from_one(data: bytes) -> None:
    with pytest.raises(BrokenCatalogueError):
        parse_catalogue(data)
