"""YAML bombs: in every kind of field they are read within five seconds and in little memory, and reported in place."""

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from json import dumps, loads
from subprocess import run
from typing import Any, Final

import pytest

from tests.bombs.stopwatch import CAP
from tests.bombs.yaml import FIELDS, VALUES, WHOLE, bomb
from tests.companies import ROOT

LIMIT: Final = 5.0
MEMORY: Final = 256 * 1024
"""Kilobytes that a process may hold that reads all bombs one after the other."""
HARMLESS: Final = frozenset(
    [
        *("blocks", "blocks-blank", "blocks-folded", "documents-ended", "lines-comments", "lines-glued"),
        *("text", "text-combining", "text-hashes", "text-quotes", "text-words"),
    ]
)
"""What is only long: as a text of a title, of a free field or behind the end of the YAML there is nothing to report."""
TEXTS: Final = frozenset({"title", "block", "milestones", "extra", "references", "value"})
"""Fields that take digits for text or a name, or whose values are judged only beside other files."""

COMMENTED: Final = frozenset({("text-comments", "references"), ("text-comments", "value")})
"""A name and a value with a comment behind them, which are judged only beside other files."""


def files() -> Iterator[tuple[str, str, str]]:
    """(name, place, text) of every bomb."""
    for value in VALUES:
        for field in FIELDS:
            yield f"{value} in {field}", *bomb(field, value, CAP)
    for name, family in WHOLE.items():
        yield name, "pages/page.md", family(CAP)


@cache
def outcomes() -> dict[str, dict[str, Any]]:
    """What came of each bomb in a process of its own."""
    names, places, texts = zip(*files(), strict=True)
    lines = "".join(dumps(pair) + "\n" for pair in zip(places, texts, strict=True))
    command = [sys.executable, "-m", "tests.bombs.reading"]
    child = run(command, cwd=ROOT, input=lines, capture_output=True, encoding="utf-8", timeout=300)
    printed = child.stdout.splitlines()
    last = names[min(len(printed), len(names) - 1)]
    assert child.returncode == 0, f"{last}: ended with {child.returncode}\n{child.stderr[-2000:]}"
    return dict(zip(names, map(loads, printed), strict=True))


def of(value: str) -> Iterable[tuple[str, str, dict[str, Any]]]:
    """(field, text, outcome) of a family of values in each field."""
    return ((field, bomb(field, value, CAP)[1], outcomes()[f"{value} in {field}"]) for field in FIELDS)


@pytest.mark.parametrize("value", VALUES)
def test_a_bomb_in_any_field_is_read_in_time(value: str) -> None:
    assert [(field, outcome["seconds"]) for field, _, outcome in of(value) if outcome["seconds"] > LIMIT] == []


@pytest.mark.parametrize("value", VALUES)
def test_a_bomb_in_any_field_is_reported_at_a_place_that_exists(value: str) -> None:
    for field, text, outcome in of(value):
        lines = text.split("\n")
        harmless = value in HARMLESS or (value.startswith("digits") and field in TEXTS) or (value, field) in COMMENTED
        assert outcome["problems"] or harmless, field
        for code, line, column in outcome["problems"]:
            assert 1 <= line <= len(lines), (field, code)
            assert 1 <= column <= len(lines[line - 1]) + 1, (field, code)


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_file_of_yaml_signs_is_read_in_time(name: str) -> None:
    assert outcomes()[name]["seconds"] <= LIMIT


def test_all_bombs_are_read_in_little_memory() -> None:
    assert max(outcome["peak"] for outcome in outcomes().values()) <= MEMORY


def test_there_are_bombs_of_every_kind_and_of_the_full_size() -> None:
    kinds = {value.split("-")[0] for value in VALUES}
    assert {"depth", "aliases", "merge", "tags", "digits", "keys", "text", "documents", "anchors", "blocks"} <= kinds
    assert len(VALUES) >= 60
    assert len(FIELDS) >= 12
    assert [name for name, _, text in files() if not CAP * 0.8 <= len(text.encode()) <= CAP] == []
    assert sum(bool(outcome["problems"]) for outcome in outcomes().values()) >= 700
