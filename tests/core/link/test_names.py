"""The table of everything that can be referred to, and the ids that may not meet."""

import unicodedata

import pytest

from ..company import codes, compiled, matter, only, place_of

OKRS = "teams/a/2026-Q4/okrs.md"
CHECKIN = "teams/a/2026-Q4/checkins/2026-11-06.md"
RETRO = "teams/a/2026-Q4/retro.md"


def test_everything_that_has_an_id_has_a_full_name() -> None:
    files = {
        OKRS: matter("""
            objectives:
              fast:
                title: T
                assumes: {weather: It holds.}
                key_results: {p95: {title: K}}
            guardrails: {refunds: {title: G, keep_above: 95%}}
            """),
        CHECKIN: matter("risks: {limit: {what: W}}"),
        RETRO: matter("lessons: {ask-early: Ask.}"),
    }
    assert compiled(files).company.places == {
        "@a": "team",
        "a/2026-Q4/fast": "objective",
        "a/2026-Q4/fast#p95": "key result",
        "a/2026-Q4/weather": "assumption",
        "a/2026-Q4/guardrails#refunds": "guardrail",
        "a/2026-Q4/limit": "risk",
        "a/2026-Q4/ask-early": "lesson",
    }


@pytest.mark.parametrize(
    ("files", "code", "place"),
    [
        ({OKRS: matter("objectives:\n  fast: {title: A}\n  Fast: {title: B}")}, "id-collision", f"{OKRS}:4:3"),
        ({OKRS: matter("objectives:\n  straße: {title: A}\n  strasse: {title: B}")}, "id-collision", f"{OKRS}:4:3"),
        (
            {
                OKRS: matter(
                    "objectives:\n  o:\n    title: T\n    key_results:\n      k: {title: K}\n      K: {title: K}"
                )
            },
            "id-collision",
            f"{OKRS}:7:7",
        ),
        (
            {OKRS: matter("guardrails:\n  g: {title: K, keep_above: 1}\n  G: {title: K, keep_above: 1}")},
            "id-collision",
            f"{OKRS}:4:3",
        ),
        (
            {OKRS: matter("objectives:\n  o:\n    title: T\n    assumes:\n      o: It holds.")},
            "duplicate-id",
            f"{OKRS}:6:7",
        ),
        (
            {
                OKRS: matter(
                    "objectives:\n  a:\n    title: T\n    assumes: {x: X}\n  b:\n    title: T\n    assumes: {x: X}"
                )
            },
            "duplicate-id",
            f"{OKRS}:8:15",
        ),
        (
            {OKRS: matter("objectives: {o: {title: T}}"), CHECKIN: matter("risks:\n  o: {what: W}")},
            "duplicate-id",
            f"{CHECKIN}:3:3",
        ),
        (
            {OKRS: matter("objectives: {o: {title: T}}"), RETRO: matter("lessons:\n  o: L")},
            "duplicate-id",
            f"{RETRO}:3:3",
        ),
        (
            {CHECKIN: matter("risks:\n  x: {what: W}"), RETRO: matter("lessons:\n  X: L")},
            "id-collision",
            f"{RETRO}:3:3",
        ),
    ],
)
def test_two_things_do_not_share_an_id(files: dict[str, str], code: str, place: str) -> None:
    problems = compiled(files).problems
    assert codes(problems) == [code]
    assert place_of(only(problems, code)) == place
    other = only(problems, code).message
    assert any(path in other for path in files), "it says where the other one stands"


def test_ids_in_two_unicode_forms_collide() -> None:
    composed, decomposed = (unicodedata.normalize(form, "café") for form in ("NFC", "NFD"))
    problems = compiled(
        {OKRS: matter(f"objectives:\n  {composed}: {{title: A}}\n  {decomposed}: {{title: B}}")}
    ).problems
    assert len(codes(problems)) == 1
    assert problems[-1].code in ("id-collision", "duplicate-id", "duplicate-key")
    assert place_of(problems[-1]) == f"{OKRS}:4:3"


def test_the_first_of_two_stands() -> None:
    found = compiled({OKRS: matter("objectives:\n  fast: {title: A}\n  Fast: {title: B}")})
    assert "a/2026-Q4/fast" in found.company.places


def test_a_risk_may_come_again_in_a_later_check_in() -> None:
    later = CHECKIN.replace("11-06", "11-13")
    files = {CHECKIN: matter("risks: {limit: {what: W}}"), later: matter("risks: {limit: {state: resolved}}")}
    assert codes(compiled(files).problems) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("teams/a/2026-Q4/okrs.md", "teams/b/2026-Q4/okrs.md"),
        ("teams/a/2026-Q3/okrs.md", "teams/a/2026-Q4/okrs.md"),
    ],
)
def test_another_team_or_cycle_has_ids_of_its_own(one: str, two: str) -> None:
    text = matter("objectives: {o: {title: T}}")
    assert codes(compiled({one: text, two: text}).problems) == []


def test_key_results_of_two_objectives_may_share_an_id() -> None:
    text = "objectives: {o: {title: T, key_results: {k: {title: K}}}, p: {title: T, key_results: {k: {title: K}}}}"
    assert codes(compiled({OKRS: matter(text)}).problems) == []
