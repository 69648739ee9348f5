"""What is mere spelling, and what only looks like it."""

import pytest

from okrsite.core.spelling import only_spelling


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Paying feels instnat", "Paying feels instant"),
        ("one reciept", "one receipt"),
        ("Paying feels instant", "paying feels, instant."),
        ("colour of bikes", "color of bikes"),
        ("comit to it", "commit to it"),
        ("check-in times", "check in times"),
        ("第一次就做对，更好", "第一次就做对, 更好"),
        ("the same", "the same"),
    ],
)
def test_spelling_case_and_punctuation_say_the_same(before: str, after: str) -> None:
    assert only_spelling(before, after)
    assert only_spelling(after, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("by 1.5 points", "by 15 points"),
        ("10 days", "12 days"),
        ("a gain of -4", "a gain of 4"),
        ("paying is now easy", "paying is not easy"),
        ("more calls", "mode calls"),
        ("typical rides", "atypical rides"),
        ("in the market", "in the markets"),
        ("increase calls", "decrease calls"),
        ("every family", "every large family"),
        ("上涨更快", "下涨更快"),
        ("", "Something"),
        ("a" * 3_000, "a" * 3_000 + "b"),
    ],
)
def test_what_may_turn_the_meaning_is_no_spelling(before: str, after: str) -> None:
    assert not only_spelling(before, after)
    assert not only_spelling(after, before)
