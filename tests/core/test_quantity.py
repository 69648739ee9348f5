"""Numbers as teams write them: which texts are numbers, with which unit, exactly."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsite.core.quantity import (
    MAX_DIGITS,
    Quantity,
    decimal_text,
    doubt,
    likely_number,
    likely_share,
    likely_unit,
    looks_numeric,
    parse_quantity,
    write_number,
)


def quantity(text: str) -> Quantity:
    found = parse_quantity(text)
    assert found is not None, text
    return found


@pytest.mark.parametrize(
    ("typed", "amount", "unit"),
    [
        ("800 ms", "800", "ms"),
        ("38%", "38", "%"),
        ("38 %", "38", "%"),
        ("$2.5M", "2500000", "$"),
        ("1,200", "1200", ""),
        ("1,234,567.25", "1234567.25", ""),
        ("-4", "-4", ""),
        ("+15%", "15", "%"),
        ("12k", "12000", ""),
        ("1.5k steps", "1500", "steps"),
        ("3B", "3000000000", ""),
        ("1.5万", "15000", ""),
        ("2亿", "200000000", ""),
        ("3亿 元", "300000000", "元"),
        ("1.5 M", "1500000", ""),
        ("1.5 万", "15000", ""),
        ("5 km", "5", "km"),
        ("5 MB", "5", "MB"),
        ("¥3亿", "300000000", "¥"),
        ("-$5", "-5", "$"),
        ("$-5", "-5", "$"),
        ("EUR 5", "5", "EUR"),
        ("5 EUR", "5", "EUR"),
        ("12kM", "12", "kM"),
        ("100 t CO2", "100", "t CO2"),
        ("10 steps a day", "10", "steps a day"),
        ("5m²", "5", "m²"),
        ("5 km/h", "5", "km/h"),
        (".5", "0.5", ""),
        ("010", "10", ""),
        ("0", "0", ""),
        ("  7 h ", "7", "h"),
    ],
)
def test_a_number_has_an_amount_and_a_unit(typed: str, amount: str, unit: str) -> None:
    found = quantity(typed)
    assert (found.amount, found.unit, found.text) == (Decimal(amount), unit, typed.strip())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("２０％", "20%"), ("１，２００", "1,200"), ("−4", "-4"), ("－4", "-4"), ("1．5", "1.5"), ("20\u00a0ms", "20 ms")],
)
def test_other_forms_of_digits_and_signs_are_read_as_what_they_mean(typed: str, meant: str) -> None:
    one, two = quantity(typed), quantity(meant)
    assert (one.amount, one.unit) == (two.amount, two.unit)


@pytest.mark.parametrize(
    "typed",
    [
        *("no", "12:30", "1e3", "1E3", "1_000", "0o14", "0x1F", "2026-10-31", "NaN", "inf", "-", "", "%", "ms", "½"),
        *("1.200,5", "1,20", "12,00", "1,2", "1'200", "1 200", "1.5.2", "5.", "--4", "+-4", "5-10", "<5", "~5", "5+"),
        *("1/2", "38% of trips", "a signed contract", "5 % x", "ten steps", "10 steps per cart today now", "٣"),
    ],
)
def test_what_is_no_number_is_not_taken_for_one(typed: str) -> None:
    assert parse_quantity(typed) is None


@pytest.mark.parametrize("typed", ["0o7", "0x1", "0b1"])
def test_a_number_in_another_base_is_not_read_as_zero(typed: str) -> None:
    assert parse_quantity(typed) is None


@pytest.mark.parametrize("typed", ["1.200,5", "1,20", "12,00", "1'200", "1 200", "1.5.2", "5.", "--4", "9" * 30])
def test_what_was_surely_meant_as_a_number_is_recognised(typed: str) -> None:
    assert looks_numeric(typed)


@pytest.mark.parametrize("typed", ["a signed contract", "no", "800 ms", "", "four markets", "x" * 200])
def test_words_and_numbers_do_not_look_like_a_slip(typed: str) -> None:
    assert not looks_numeric(typed)


def test_a_number_has_a_measure_of_digits() -> None:
    assert quantity("9" * MAX_DIGITS).amount == Decimal("9" * MAX_DIGITS)
    assert parse_quantity("9" * (MAX_DIGITS + 1)) is None
    assert parse_quantity("9" * 60_000) is None
    assert quantity("9" * MAX_DIGITS + "亿").amount == Decimal("9" * MAX_DIGITS + "0" * 8), "multiplying stays exact"


def test_tenths_are_exact() -> None:
    assert quantity("0.1").exact + quantity("0.2").exact == quantity("0.3").exact


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("1 step", "10 steps", True),
        ("5%", "10 %", True),
        ("$5", "$2M", True),
        ("5 EUR", "EUR 5", True),
        ("5", "6", True),
        ("5 ms", "5 s", False),
        ("5", "5%", False),
        ("$5", "€5", False),
    ],
)
def test_units_are_the_same_or_not(one: str, two: str, same: bool) -> None:
    assert quantity(one).same_unit(quantity(two)) is same
    assert quantity(two).same_unit(quantity(one)) is same


@pytest.mark.parametrize(
    ("pattern", "amount", "written"),
    [
        ("10 steps", "8", "8 steps"),
        ("$2.5M", "1200000", "$1,200,000"),
        ("38%", "7.25", "7.25%"),
        ("$5", "-5", "-$5"),
        ("1,200", "1000", "1000"),
        ("1,200", "12000", "12,000"),
    ],
)
def test_another_amount_is_written_the_same_way(pattern: str, amount: str, written: str) -> None:
    assert quantity(pattern).like(Fraction(amount)) == written


@pytest.mark.parametrize(
    ("amount", "text"), [("1500.50", "1500.5"), ("1.5E+4", "15000"), ("10", "10"), ("0.000", "0"), ("-2.10", "-2.1")]
)
def test_amounts_are_exported_as_plain_digits(amount: str, text: str) -> None:
    assert decimal_text(Decimal(amount)) == text


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6, allow_nan=False))
def test_what_is_written_reads_back(amount: Decimal) -> None:
    assert quantity(write_number(Fraction(amount))).amount == amount
    assert quantity(decimal_text(amount)).amount == amount


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text(alphabet="0123456789.,+-%$ kMx万％−eE_:\u00a0", max_size=12))
def test_no_text_of_digits_and_signs_is_misread(typed: str) -> None:
    """Either it is no number, or its digits are those that were typed, in the amount or in the unit."""
    found = parse_quantity(typed)
    if found:
        in_unit = sum(c.isdigit() for c in found.unit)
        digits = [c for c in typed if c.isdigit()]
        shown = [c for c in format(abs(found.amount), "f") if c.isdigit()]
        assert "".join(shown).strip("0") == "".join(digits[: len(digits) - in_unit]).strip("0")


def _two(one: str, two: str) -> tuple[Quantity, Quantity]:
    first, second = parse_quantity(one), parse_quantity(two)
    assert first and second
    return first, second


@pytest.mark.parametrize(
    ("typed", "beside", "hint"),
    [
        ("1.600 ms", "2100 ms", "write `1600 ms` for thousands, or `1.6 ms`"),
        ("2.100", "800 ms", "write `2100 ms` for thousands, or `2.1 ms`"),
        ("1.234 ms", "900 ms", "write `1234 ms` for thousands, or `1.2340 ms`"),
        ("-1.500 €", "-2000 €", "write `-1500 €` for thousands, or `-1.5 €`"),
        ("$1.500", "$2000", "write `$1500` for thousands, or `$1.5`"),
        ("12.000 users", "5,000 users", "write `12000 users` for thousands, or `12 users`"),
        ("2,100 s", "0.800 s", "write `2100 s` for thousands, or `2.1 s`"),
        ("2,100", "0.8 s", "write `2100 s` for thousands, or `2.1 s`"),
        ("-2,105 €", "1.5 €", "write `-2105 €` for thousands, or `-2.1050 €`"),
    ],
)
def test_a_mark_that_may_be_meant_otherwise_is_asked_about(typed: str, beside: str, hint: str) -> None:
    doubted = doubt(*_two(typed, beside))
    assert doubted
    assert doubted[1] == hint
    for form in hint.split("`")[1::2]:
        assert doubt(*_two(form, beside)) is None


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ("0.600 s", "2100 s"),
        ("1.250%", "1.1%"),
        ("1.600 s", "2.100 s"),
        ("1.600 s", "99 s"),
        ("1.6 ms", "2100 ms"),
        ("1.6000 ms", "2100 ms"),
        ("1.60 ms", "2100 ms"),
        ("1.600k", "900,000"),
        ("1,234.500 ms", "900,000 ms"),
        ("1.600 s", "0 s"),
        ("2100 s", "1.600 s"),
        ("2,100 s", "1,800 s"),
        ("2,100 s", "180.5 s"),
        ("2,100 bugs", "5 bugs"),
        ("2,100 bugs", "0 bugs"),
        ("900,000", "1.5k"),
        ("2,100.5 s", "0.8 s"),
        ("2,100,000 s", "0.8 s"),
        ("2,100k", "0.8"),
        ("5,000 users", "12.000 users"),
    ],
)
def test_other_marks_are_taken_at_their_word(typed: str, beside: str) -> None:
    assert doubt(*_two(typed, beside)) is None


def test_no_thousand_begins_with_a_zero() -> None:
    assert parse_quantity("0,800 s") is None
    assert looks_numeric("0,800 s")


@pytest.mark.parametrize(
    ("typed", "beside", "hint"),
    [
        ("2000 MS", "2100 ms", "did you mean `2000 ms`?"),
        ("22 percent", "20%", "did you mean `22%`?"),
        ("22 Prozent", "20 %", "did you mean `22 %`?"),
        ("12,000 MS", "2100 ms", "did you mean `12000 ms`?"),
        ("-1.2345678 MS", "2 ms", "did you mean `-1.2345678 ms`?"),
        ("22", "20%", ""),
        ("22 km", "20 m", ""),
        ("2 M", "2 m", ""),
    ],
)
def test_a_unit_written_otherwise_is_shown_as_it_is(typed: str, beside: str, hint: str) -> None:
    assert likely_unit(*_two(typed, beside)) == hint


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("22。5%", "22.5%"),
        ("2'100 ms", "2100 ms"),
        ("2’100 ms", "2100 ms"),
        ("2 100 ms", "2100 ms"),
        ("1 200 000,5 €", "1200000.5 €"),
        ("€1.200,50", "€1200.50"),
        ("-1.200,5 €", "-1200.5 €"),
        ("2.100.000 €", "2100000 €"),
        ("0,800 s", "0.800 s"),
        ("2,5%", "2.5%"),
        ("~800 ms", "800 ms"),
        *((typed, "") for typed in ("22.5%", "2,100", "2.100", "12 5", "1,200,5", "1.200.50", "1,5,2", "1234,567")),
        *((typed, "") for typed in ("很快。", "10:30", "2026-12-10", "a, b", "1 200 300 people who pay twice")),
    ],
)
def test_a_number_with_the_marks_of_another_script_or_country_is_shown_with_plain_ones(typed: str, meant: str) -> None:
    assert likely_number(typed) == meant


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("7/10", "7/10"),
        ("70 %", "7/10"),
        ("0,7", "7/10"),
        ("７０％", "7/10"),
        ("8/7", None),
        ("1/0", None),
        ("7", None),
    ],
)
def test_a_share_is_what_it_must_mean(typed: str, share: str | None) -> None:
    assert likely_share(typed) == (Fraction(share) if share else None)
