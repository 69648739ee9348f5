"""Companies made to make advice slow: it takes in proportion to what was written."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from okrsite.core.checks import check_company
from okrsite.core.checks.alignment import rings
from okrsite.core.checks.words import (
    ACTIVITY,
    APPRAISAL,
    LESS,
    NEGATIVE,
    PERSON,
    POST,
    USUAL,
    first_word,
    stated_number,
)
from okrsite.core.text import Prose, Text
from tests.bombs.stopwatch import CAP, MAX_GROWTH, pace, seconds
from tests.companies import compile_files

BASE = "teams/a/2026-Q4"
WHOLE = 4.0
"""Seconds of computing in which advice on one file of the largest size must be given, on a slow machine."""


def _okrs(objectives: str) -> str:
    return f"---\nobjectives:\n{objectives}---\n"


def supports(number: int) -> dict[str, str]:
    """A year that leans on many quarters, each time upside down."""
    refs = ", ".join(f"a/2026-Q4/o{n}" for n in range(number))
    return {
        f"{BASE}/okrs.md": _okrs("".join(f"  o{n}: {{title: Aim}}\n" for n in range(number))),
        "teams/a/2026/okrs.md": _okrs(f"  year: {{title: Aim, supports: [{refs}]}}\n"),
    }


def needs(number: int) -> dict[str, str]:
    """Many needs of one objective that nobody has acknowledged."""
    asked = "".join(f"      - {{from: b/o{n}, need: Much}}\n" for n in range(number))
    return {
        f"{BASE}/okrs.md": _okrs(f"  o:\n    title: Aim\n    depends_on:\n{asked}"),
        "teams/b/2026-Q4/okrs.md": _okrs("".join(f"  o{n}: {{title: Aim}}\n" for n in range(number))),
    }


def doubts(number: int) -> dict[str, str]:
    """Many committed objectives in doubt, each with key results behind their baselines."""
    lines = "".join(
        f"  o{n}: {{title: Aim, type: committed, key_results: {{k: {{title: K, baseline: 5, target: 9}}}}}}\n"
        for n in range(number)
    )
    said = "".join(f"  o{n}#k: {{value: 1, confidence: 2}}\n" for n in range(number))
    return {f"{BASE}/okrs.md": _okrs(lines), f"{BASE}/checkins/2026-11-20.md": f"---\nprogress:\n{said}---\n"}


def answers(number: int) -> dict[str, str]:
    """Many answers to checks that nobody knows."""
    given = "".join(f"      no-such-{n}: Known.\n" for n in range(number))
    return {f"{BASE}/okrs.md": _okrs(f"  o:\n    title: Aim\n    ignore:\n{given}")}


@pytest.mark.parametrize(("made", "number"), [(supports, 700), (needs, 600), (doubts, 300), (answers, 1_000)])
def test_advice_takes_in_proportion_to_what_was_written(made: Callable[[int], Mapping[str, str]], number: int) -> None:
    def work(size: int) -> Callable[[], object]:
        compiled = compile_files(dict(made(size)))
        return lambda: check_company(compiled.company, compiled.figures, compiled.ledger, [])

    taken = pace(work, number, WHOLE)
    assert taken.seconds < WHOLE
    assert taken.growth <= MAX_GROWTH


@pytest.mark.parametrize("piece", [" ", "a ", "to ", "('", "head ", "1,", "would ", "bonus ", "!", "我", "x'", "（"])
def test_a_text_of_one_piece_is_read_quickly(piece: str) -> None:
    text = piece * (CAP // len(piece)) + "\n"
    title = Text((("", Prose(text, (text,), text)),))

    def work() -> None:
        stated_number(text)
        for pattern in (ACTIVITY, USUAL, NEGATIVE, LESS):
            first_word(pattern, title)
        for pattern in (APPRAISAL, PERSON):
            pattern.search(text)
        POST.fullmatch(text[:500])

    assert seconds(work, 0.5) < 0.5


# --- rings ----------------------------------------------------------------------------------------------------------


def test_rings_are_found_and_nothing_else() -> None:
    graph = {"a": ("b",), "b": ("c", "d"), "c": ("a",), "d": (), "e": ("f", "a"), "f": ("e",), "g": ("a",), "h": ("h",)}
    assert sorted(sorted(ring) for ring in rings(graph)) == [["a", "b", "c"], ["e", "f"], ["h"]]
    assert list(rings({"a": ("b",), "b": ("c",), "c": ()})) == []
    assert list(rings({})) == []


def test_a_ring_is_named_in_its_order() -> None:
    graph = {"start": ("a",), "a": ("b",), "b": ("c",), "c": ("a",)}
    (ring,) = rings(graph)
    assert all(following in graph[ref] for ref, following in zip(ring, [*ring[1:], ring[0]], strict=True))


@pytest.mark.parametrize("kind", ["one", "pairs", "tail"])
def test_rings_take_in_proportion_to_the_graph(kind: str) -> None:
    def graph(size: int) -> dict[str, tuple[str, ...]]:
        if kind == "one":
            return {f"n{k}": (f"n{(k + 1) % size}",) for k in range(size)}
        if kind == "pairs":
            return {f"n{k}": (f"n{k ^ 1}",) for k in range(size)}
        chain = {f"n{k}": (f"n{k + 1}", f"m{k}") for k in range(size // 2)}
        return chain | {f"m{k}": (f"n{k}",) for k in range(size // 2)} | {f"n{size // 2}": ()}

    def work(size: int) -> Callable[[], object]:
        made = graph(size)
        return lambda: sum(map(len, rings(made)))

    taken = pace(work, 40_000, WHOLE)
    assert taken.seconds < WHOLE
    assert taken.growth <= MAX_GROWTH


def test_the_day_is_an_input() -> None:
    compiled = compile_files(doubts(3), today="2026-11-22")
    assert compiled.company.today == date(2026, 11, 22)
    assert {p.code for p in check_company(compiled.company, compiled.figures, compiled.ledger, [])} >= {
        "committed-in-doubt"
    }
