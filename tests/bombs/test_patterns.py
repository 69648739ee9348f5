"""No regular expression of the package takes long over any text that a file can hold."""

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest

import okrsite
from okrsite.core import commits
from okrsite.core.checks import words
from tests.bombs.patterns import USES, Found, find_patterns, hostile_strings
from tests.bombs.stopwatch import CAP, seconds

LIMIT: Final = 0.05
HOPELESS: Final = 0.5
"""Seconds of computing after which an expression is interrupted: it may never end."""
PATTERNS: Final = find_patterns()
CUT: Final = {
    "okrsite/core/checks/words.py": words.LONGEST,
    "okrsite/core/commits.py": commits.LONGEST,
    "okrsite/core/drafts/": 500,  # what somebody types at their own terminal
}
"""Where expressions only meet texts that were cut to so many characters."""


@contextmanager
def interrupted() -> Iterator[None]:
    """Break off what computes for too long."""

    def stop(*_: object) -> None:
        raise TimeoutError("an expression that does not come to an end")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, HOPELESS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def apply(pattern: re.Pattern[str], use: str, text: str) -> object:
    """What the package does with an expression, on another text."""
    if use in ("sub", "subn"):
        return getattr(pattern, use)("", text)
    found = getattr(pattern, use)(text)
    return list(found) if use == "finditer" else found


def is_quick(pattern: re.Pattern[str], use: str, text: str) -> bool:
    """Whether an expression is done with a text in no time."""
    try:
        with interrupted():
            return seconds(lambda: apply(pattern, use, text), LIMIT) <= LIMIT
    except TimeoutError:
        return False


def longest(place: str) -> int:
    """How long a text may become for an expression: as long as a file may be, where it is not cut before."""
    return next((size for folder, size in CUT.items() if place.startswith(folder)), CAP)


@pytest.mark.parametrize("found", PATTERNS, ids=lambda found: found.place)
def test_an_expression_is_quick_over_any_repetition(found: Found) -> None:
    slow, tried = [], 0
    for name, text in hostile_strings(found.pattern, longest(found.place)):
        for use in sorted(found.uses):
            tried += 1
            if not is_quick(found.pattern, use, text):
                slow.append(f"{use} {name}")
    assert tried >= 60
    assert slow == []


def test_every_expression_is_found_with_a_use() -> None:
    assert len(PATTERNS) >= 40
    assert [found.place for found in PATTERNS if not found.uses or not found.uses <= USES] == []


def test_every_expression_that_a_module_holds_is_among_those_found() -> None:
    """A second way to find them: the values of all modules once they are imported."""
    names = [
        module.name for module in pkgutil.walk_packages(okrsite.__path__, "okrsite.") if "__main__" not in module.name
    ]
    held = {
        (value.pattern, value.flags)
        for name in names
        for value in vars(importlib.import_module(name)).values()
        if isinstance(value, re.Pattern)
    }
    assert len(held) >= 30
    assert held <= {(found.pattern.pattern, found.pattern.flags) for found in PATTERNS}


@pytest.mark.parametrize(("slow", "use"), [(r"\s*:", "search"), (r"(?:a|aa)+b", "match"), (r"(x+x+)+y", "fullmatch")])
def test_an_expression_that_is_slow_would_be_noticed(slow: str, use: str) -> None:
    pattern = re.compile(slow)
    assert any(not is_quick(pattern, use, text) for _, text in hostile_strings(pattern, CAP))
