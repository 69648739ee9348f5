"""A key result in one line: what is read, what is almost one, and what is a title."""

import re

import pytest

from okrsite.core.drafts import CannotDraftError
from okrsite.core.drafts.key_results import parse_key_result
from tests.core.timing import under_five_seconds

SHARE = "Share: 20% -> 35%"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Share: 20% - 35%", SHARE),
        ("Share: 20%-35%", SHARE),
        ("Share: 20% – 35%", SHARE),
        ("Share: 20% => 35%", SHARE),
        ("Share: 20% --> 35%", SHARE),
        ("Share: 20% to 35%", SHARE),
        ("Share: from 20% to 35%", SHARE),
        ("Share:20% => 35%", SHARE),
        ("Share 20% -> 35%", SHARE),
        ("Share 20%->35%", SHARE),
        ("Share from 20% to 35%", SHARE),
        ("Share from 20% -> 35%", SHARE),
        ("份额：20% => 35%", "份额: 20% -> 35%"),
        ("Loss: -5 % => -2 %", "Loss: -5 % -> -2 %"),
        ("Load by 10:30 20% -> 35%", "Load by 10:30: 20% -> 35%"),
        ("Price: of a ride $2.5 -> $2", "Price: of a ride: $2.5 -> $2"),
        ("Steps to pay 10 steps -> 1 step", "Steps to pay: 10 steps -> 1 step"),
        ("Up > 95%", "Up >= 95%"),
        ("Up: > 95%", "Up >= 95%"),
        ("Crashes < 3", "Crashes <= 3"),
        ("费用：＜ 3 元", "费用 <= 3 元"),
        ("Signed by 2026-12-01", "Signed: by 2026-12-01"),
        ("Signed, by 2026-12-01", "Signed: by 2026-12-01"),
        ("Signed: By 2026-12-01", "Signed: by 2026-12-01"),
    ],
)
def test_what_is_almost_a_measure_is_refused_with_what_is_read(typed: str, meant: str) -> None:
    with pytest.raises(CannotDraftError) as refused:
        parse_key_result(typed)
    (shown,) = re.findall(r"; write `(.+)`$", refused.value.messages[0])
    assert shown == meant
    assert parse_key_result(shown).measure


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "says what is counted"),
        (" ", "says what is counted"),
        ("Share: -> 35%", "the number before `->` is missing"),
        ("Share -> 35%", "the number before `->` is missing"),
        ("Share: x -> 35%", "`x` is not a number"),
        ("Signed: by 2026-13-01", "is not a date"),
    ],
)
def test_what_cannot_be_read_is_said(typed: str, said: str) -> None:
    with pytest.raises(CannotDraftError, match=re.escape(said)):
        parse_key_result(typed)


@pytest.mark.parametrize(
    "title",
    [
        "Everybody signs by the end of November",
        "Bids by 3 of 5 banks",
        "Two to three pilots run",
        "Open from 9 to 17",
        "Opening hours: 9 to 17",
        "Ages: 18 - 35",
        "Phase: 2-3 weeks",
        "Live in 10 - 20 markets",
        "We answer 20% to 35% of all calls",
        "Cash -> card -> phone",
        "Route 66 -> everywhere",
        "v1 -> v2",
        "COVID-19: what we know",
        "Signed by 2026-12-01 at the latest",
        "Open at 10:30",
        "The effect is real (p < 0.05)",
        "A > B is shown for all tills",
        "See https://acme.example/a",
        "Bus 12 -> 35 stops",
    ],
)
def test_a_title_stays_a_title(title: str) -> None:
    assert parse_key_result(title).title == title
    assert parse_key_result(title).measure == ()


@pytest.mark.parametrize(
    "typed", ["Rides: 2 % -> 10 %", "费用：2 元→1 元", "Loss : -5->-2", "A: b: 1\u00a0% -> 2\u00a0%"]
)
def test_a_measure_is_read_as_it_is_written(typed: str) -> None:
    assert len(parse_key_result(typed).measure) == 2


@pytest.mark.parametrize("sign", [" ", ":", "->", "-", " to ", "1 ", "a", ": ", "by ", ": by"])
@pytest.mark.parametrize("end", ["x", ":x"])
def test_a_long_text_is_read_in_little_time(sign: str, end: str) -> None:
    with under_five_seconds():
        assert parse_key_result("Share " + sign * 100_000 + end).measure == ()


def test_many_limits_are_one_title_in_little_time() -> None:
    with under_five_seconds(), pytest.raises(CannotDraftError):
        parse_key_result("Share " + ">=" * 100_000 + "x")
    with under_five_seconds():
        assert parse_key_result("Share " + ">=" * 100_000 + ": x").measure == ()
