"""Where a check-in has its sentence on what it reads: at the reading, as a risk, or in its text."""

from typing import Final

import pytest

from tests.core.checks.test_checks import OKRS, advice
from tests.core.company import matter

PROMISED: Final = """
objectives:
  calm-tills:
    title: Paying is calm
    why: One cart in fourteen is left at the till.
    key_results:
      returned-carts: {title: Carts left standing at the till, baseline: 70 carts, target: 10 carts}
      per-hour: {title: 每小时分拣的旧电池, baseline: 30, target: 90}
    assumes: {foundry: The foundry delivers.}
guardrails:
  crash-free: {title: Sessions without a crash, keep_above: 99.5%}
"""
FIRST: Final = "teams/acme/2026-Q4/checkins/2026-11-13.md"
SECOND: Final = "teams/acme/2026-Q4/checkins/2026-11-20.md"


def _advised(progress: str, text: str, more: str = "") -> set[str]:
    before = matter("progress:\n  calm-tills#returned-carts: {value: 60 carts, confidence: 8}\n")
    now = matter(f"progress: {{{progress}}}\n{more}") + text
    found = advice({OKRS: matter(PROMISED), FIRST: before, SECOND: now}, today="2026-11-21")
    return set(found) & {"confidence-jump", "worse-than-baseline", "guardrail-breached", "broken-assumption"}


@pytest.mark.parametrize(
    ("progress", "code"),
    [
        ("calm-tills#returned-carts: {value: 50 carts, confidence: 3}", "confidence-jump"),
        ("calm-tills#returned-carts: 80 carts", "worse-than-baseline"),
        ("guardrails#crash-free: 98.1%", "guardrail-breached"),
    ],
)
@pytest.mark.parametrize("text", ["", "A week.", "The first hour of each day was ours."])
def test_a_reading_that_asks_for_a_sentence_is_spoken_of_without_one(progress: str, code: str, text: str) -> None:
    assert _advised(progress, text) == {code}


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        ("calm-tills#returned-carts: 80 carts", "A cart returns when its card is refused."),
        ("calm-tills#returned-carts: 80 carts", "## Left standing\n\nThey were left at one till."),
        ("calm-tills#returned-carts: {value: 50 carts, confidence: 3}", "No till was *calm* on Black Friday."),
        ("guardrails#crash-free: 98.1%", "It crashed when the clocks changed. Mended on Wednesday."),
        ("calm-tills#per-hour: 20", "分拣台空着，是因为没有旧电池。"),
    ],
)
def test_a_text_that_speaks_of_it_is_a_sentence(progress: str, text: str) -> None:
    assert _advised(progress, text) == set()


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        ("calm-tills#returned-carts: 80 carts", "A till in Brekke was painted."),
        ("calm-tills#per-hour: 20", "这周每天都很忙。"),
        ("calm-tills#per-hour: 20", "An hour a day was lost elsewhere, 20 in all."),
    ],
)
def test_words_that_may_be_there_by_chance_are_none(progress: str, text: str) -> None:
    assert _advised(progress, text) == {"worse-than-baseline"}


BROKEN: Final = "assumptions: {foundry: broken}\n"
CARTS: Final = "calm-tills#returned-carts: 60 carts"


def test_a_broken_assumption_is_answered_by_a_risk_about_what_stands_on_it() -> None:
    assert _advised(CARTS, "", BROKEN) == {"broken-assumption"}
    for about in ("calm-tills", "calm-tills#returned-carts"):
        risk = f'risks: {{late: {{about: {about}, what: No parts., needs: "@acme"}}}}\n'
        assert _advised(CARTS, "", BROKEN + risk) == set()
    other = 'risks: {late: {about: guardrails#crash-free, what: No parts., needs: "@acme"}}\n'
    assert _advised(CARTS, "", BROKEN + other) == {"broken-assumption"}
