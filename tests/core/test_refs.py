"""References as they are written: which texts are references, and which ids may exist."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsite.core.refs import (
    collision_key,
    cycle_of,
    is_id,
    likely_refs,
    normal,
    objective_of,
    parse_ref,
    part_of,
    place_of,
    tail_of,
    team_of,
)
from okrsite.core.source import Span
from tests.bombs.stopwatch import CAP, seconds

SPAN = Span("a.md")


@pytest.mark.parametrize(
    ("typed", "team", "cycle", "name", "part"),
    [
        ("fast", "", "", "fast", ""),
        ("fast#p95", "", "", "fast", "p95"),
        ("payments/fast", "payments", "", "fast", ""),
        ("payments/fast#p95", "payments", "", "fast", "p95"),
        ("payments/2026-Q4/fast", "payments", "2026-Q4", "fast", ""),
        ("payments/2026-Q4/fast#p95", "payments", "2026-Q4", "fast", "p95"),
        ("guardrails#refunds", "", "", "guardrails", "refunds"),
        ("@payments", "payments", "", "", ""),
        ("支付/2026-Q4/快#首屏", "支付", "2026-Q4", "快", "首屏"),
        ("  fast ", "", "", "fast", ""),
        ("a_b-c", "", "", "a_b-c", ""),
    ],
)
def test_a_reference_names_team_cycle_objective_and_key_result(
    typed: str, team: str, cycle: str, name: str, part: str
) -> None:
    ref = parse_ref(typed, SPAN)
    assert ref is not None
    assert ref[:4] == (team, cycle, name, part)
    assert (ref.text, ref.span) == (typed.strip(), SPAN)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            "#",
            "@",
            "a b",
            "a/b/c/d",
            "/a",
            "a/",
            "a//b",
            "a#",
            "#a",
            "a#b#c",
            "a/b#",
            "a.b",
            "@a/b",
            "@a#b",
            "@a b",
        ),
        *("../a", "a\\b", "https://x.example", "a@b", "a:b", "a\nb", "a/b c"),
    ],
)
def test_other_texts_are_no_references(typed: str) -> None:
    assert parse_ref(typed, SPAN) is None


def test_references_are_read_in_one_unicode_form() -> None:
    typed = unicodedata.normalize("NFD", "café/été#thé")
    ref = parse_ref(typed, SPAN)
    assert ref is not None
    assert ref.text == unicodedata.normalize("NFC", typed)


@pytest.mark.parametrize(
    ("ref", "tail", "objective", "part"),
    [
        ("payments/2026-Q4/fast", "fast", "payments/2026-Q4/fast", ""),
        ("payments/2026-Q4/fast#p95", "fast#p95", "payments/2026-Q4/fast", "p95"),
        ("payments/2026-Q4/guardrails#refunds", "guardrails#refunds", "payments/2026-Q4/guardrails", "refunds"),
        ("payments/2026-Q4/2026-10-05", "2026-10-05", "payments/2026-Q4/2026-10-05", ""),
        ("payments/2026-Q4/questions/why", "questions/why", "payments/2026-Q4/questions/why", ""),
    ],
)
def test_a_full_reference_is_taken_apart(ref: str, tail: str, objective: str, part: str) -> None:
    assert place_of(ref) == (team_of(ref), cycle_of(ref)) == ("payments", "2026-Q4")
    assert (tail_of(ref), objective_of(ref), part_of(ref)) == (tail, objective, part)


@pytest.mark.parametrize(("tail", "objective", "part"), [("fast", "fast", ""), ("fast#p95", "fast", "p95")])
def test_a_tail_names_an_objective_and_a_part(tail: str, objective: str, part: str) -> None:
    assert (objective_of(tail), part_of(tail)) == (objective, part)


def test_the_reference_to_a_team_has_no_more_than_the_team() -> None:
    ref = "@payments"
    assert (team_of(ref), tail_of(ref), objective_of(ref), part_of(ref)) == ("payments", ref, ref, "")


@pytest.mark.parametrize("typed", ["payments/2026-Q4/fast", "payments/2026-Q4/fast#p95", "支付/2026-Q4/快#首屏"])
def test_a_reference_that_is_written_in_full_is_taken_apart_as_it_is_read(typed: str) -> None:
    ref = parse_ref(typed, SPAN)
    assert ref is not None
    assert (ref.team, ref.cycle, ref.tail, ref.part) == (*place_of(typed), tail_of(typed), part_of(typed))


@pytest.mark.parametrize("id_", ["a", "p95", "find-a-baseline", "snake_case", "支付", "über", "_", "-", "0", "a" * 100])
def test_ids_are_letters_and_digits_of_any_script(id_: str) -> None:
    assert is_id(id_)


@pytest.mark.parametrize("id_", ["", " ", "a b", "a.b", "a/b", "a#b", "@a", "a\n", "a" * 101, "😀", "cafe\u0301", "a'"])
def test_other_texts_are_no_ids(id_: str) -> None:
    assert not is_id(id_)


@pytest.mark.parametrize(("one", "two"), [("Fast", "fast"), ("STRASSE", "straße"), ("ﬁx", "fix"), ("ｆａｓｔ", "fast")])
def test_ids_that_differ_only_by_case_or_unicode_form_collide(one: str, two: str) -> None:
    assert collision_key(one) == collision_key(two)


@pytest.mark.parametrize(("one", "two"), [("fast", "faster"), ("a-b", "a_b"), ("uber", "über")])
def test_other_ids_do_not_collide(one: str, two: str) -> None:
    assert collision_key(one) != collision_key(two)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text(max_size=20))
def test_any_text_is_a_reference_or_none(text: str) -> None:
    ref = parse_ref(text, SPAN)
    assert ref is None or ref.team or ref.name
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("【acme/effortless】", "write `acme/effortless`"),
        ("[[ acme/effortless ]]", "write `acme/effortless`"),
        ("acme／effortless＃nps", "write `acme/effortless#nps`"),
        ("acme / effortless # nps", "write `acme/effortless#nps`"),
        ("acme\\effortless", "write `acme/effortless`"),
        ("＠risk", 'write `"@risk"`'),
        ("paying is easy", ""),
        ("a/b/c/d", ""),
        ("a / / b", ""),
        ("a,", "write `a`"),
        ("【】", ""),
        ("", ""),
    ],
)
@pytest.mark.parametrize("several", [False, True])
def test_a_reference_with_other_signs_is_shown_with_the_right_ones(typed: str, hint: str, several: bool) -> None:
    assert likely_refs(typed, several=several) == hint


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("acme/a, risk/b", "write `[acme/a, risk/b]`"),
        ("acme/a、＠risk", 'write `[acme/a, "@risk"]`'),
        ("(acme/a; risk / b)", "write `[acme/a, risk/b]`"),
    ],
)
def test_several_references_are_shown_as_a_list_where_one_may_stand(typed: str, hint: str) -> None:
    assert likely_refs(typed, several=True) == hint
    assert likely_refs(typed, several=False) == ""


@pytest.mark.parametrize("unit", [" ", "(", " /", "a/", "a,", "、"])
def test_nothing_is_guessed_of_a_long_text(unit: str) -> None:
    text = f"a{unit * (CAP // len(unit))}b"
    assert seconds(lambda: likely_refs(text, several=True), 0.05) <= 0.05
    assert likely_refs(text, several=True) == ""
