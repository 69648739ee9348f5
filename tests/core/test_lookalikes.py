"""Text that is not what it seems is said; text of other scripts that seems nothing else is not."""

import pytest

from okrsite.core.lookalikes import _LIKE_LATIN, MAX_HIDDEN, check_hidden, check_lookalikes, look
from okrsite.core.markdown import parse_block, parse_inline
from okrsite.core.source import Span
from okrsite.core.text import Home

PLACE = Span("content/a.md", 3)
HOME = Home("content/a.md")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("payments", "p\u0430yments"),
        ("scope", "\u0455\u0441\u043e\u0440\u0435"),
        ("Payments", "p\u0430yments"),
        ("nu", "\u03b7\u03c5"),
    ],
)
def test_letters_of_other_scripts_look_like_latin_ones(one: str, two: str) -> None:
    assert look(one) == look(two)
    assert [p.code for p in check_lookalikes([("team", one, PLACE), ("team", two, PLACE)])] == ["confusable-id"]


@pytest.mark.parametrize(("one", "two"), [("платежи", "payments"), ("支付", "支援"), ("a-1", "a-l"), ("team", "teams")])
def test_names_that_can_be_told_apart_are_not_reported(one: str, two: str) -> None:
    assert check_lookalikes([("team", one, PLACE), ("team", two, PLACE)]) == []


def test_names_that_differ_by_case_or_form_alone_are_another_problem() -> None:
    assert check_lookalikes([("team", "Payments", PLACE), ("team", "payments", PLACE)]) == []


def test_every_letter_of_the_table_stands_for_one_latin_letter() -> None:
    assert len(_LIKE_LATIN) > 30
    assert all(chr(like).isascii() and not chr(letter).isascii() for letter, like in _LIKE_LATIN.items())


@pytest.mark.parametrize(
    "character", ["\u202e", "\u2066", "\u200b", "\u00ad", "\u2060", "\ufeff", "\U000e0041", "\u3164"]
)
def test_what_cannot_be_seen_is_reported_with_its_name_and_place(character: str) -> None:
    (found,) = check_hidden("content/a.md", f"One line.\nPay{character}ment\n")
    assert (found.code, found.span) == ("hidden-character", Span("content/a.md", 2, 4, 1))
    assert f"U+{ord(character):04X}" in found.message


@pytest.mark.parametrize("text", ["café", "می\u200cخواهم", "👩\u200d🚀", "क\u094dष", "שלום", "支付", "❤\ufe0f"])
def test_what_a_script_or_picture_needs_is_not_reported(text: str) -> None:
    assert check_hidden("content/a.md", text) == []


def test_a_line_is_reported_once_and_a_file_not_without_end() -> None:
    assert len(check_hidden("content/a.md", "a\u200bb\u200bc\n" * 3)) == 3
    assert len(check_hidden("content/a.md", "a\u200b\n" * 5_000)) == MAX_HIDDEN


def test_what_turns_the_direction_of_a_title_ends_with_it() -> None:
    prose = parse_inline("safe \u202eelif", HOME, PLACE)
    assert "".join(map(str, prose.pieces)) == "<bdi>safe \u202eelif</bdi>"
    assert prose.plain == "safe elif"
    assert parse_inline("*safe*", HOME, PLACE).pieces == ("<em>safe</em>",)


def test_in_longer_text_it_ends_with_its_paragraph() -> None:
    assert "".join(map(str, parse_block("safe \u202eelif", HOME, PLACE).pieces)) == "<p>safe \u202eelif</p>\n"
