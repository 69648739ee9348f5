"""Markdown bombs: 64 KiB of anything are read in five seconds, in proportion to their size, and grow within bounds."""

from functools import cache, partial
from json import dumps
from typing import Final

import pytest

from okrsite.core.markdown import MAX_ADDRESS, MAX_GROWTH
from okrsite.core.model import OkrsFile, PageFile
from okrsite.core.parse import Parsed, parse_document
from okrsite.core.source import SourceFile
from okrsite.pages.words import ENGLISH
from okrsite.pages.writer import Writer
from tests.bombs import stopwatch
from tests.bombs.markdown import BLOCK, INLINE
from tests.companies import compile_files

LIMIT: Final = 5.0
ALL: Final = {**INLINE, **BLOCK}


def in_body(text: str) -> Parsed:
    """A free page with a body."""
    return parse_document(SourceFile("content/pages/bomb.md", "pages/bomb.md", text))


def in_field(field: str, text: str) -> Parsed:
    """An objective with a text in a field; JSON is YAML too."""
    place = "teams/acme/2026-Q4/okrs.md"
    front = dumps({"objectives": {"bomb": {"title": "Bomb", field: text}}}, ensure_ascii=False)
    return parse_document(SourceFile(f"content/{place}", place, f"---\n{front}\n---\n"))


@cache
def writer() -> Writer:
    """Writes the texts of a company without anything to refer to."""
    return Writer(compile_files({"teams/acme/team.md": ""}).company, "index.html", ENGLISH)


def assert_bounded(html: str, text: str) -> None:
    """A text has not grown beyond its measure."""
    assert len(html) <= MAX_GROWTH * len(text) + MAX_ADDRESS


@pytest.mark.parametrize("name", ALL)
def test_a_body_is_read_in_proportion_to_its_size(name: str) -> None:
    text = ALL[name](stopwatch.CAP)
    assert stopwatch.CAP * 0.9 <= len(text.encode()) <= stopwatch.CAP
    taken = stopwatch.pace(lambda size: partial(in_body, ALL[name](size)), stopwatch.CAP, LIMIT)
    assert taken.seconds <= LIMIT
    assert taken.growth <= stopwatch.MAX_GROWTH


@pytest.mark.parametrize("name", ALL)
def test_a_body_grows_within_bounds_however_short_it_is(name: str) -> None:
    text = ALL[name](3_000)
    file = in_body(text).file
    assert isinstance(file, PageFile)
    assert_bounded(writer().body(file.body), text)


@pytest.mark.parametrize(
    ("name", "field"), [*((name, "title") for name in INLINE), *((name, "why") for name in sorted(ALL)[::9])]
)
def test_a_field_is_read_quickly_and_grows_within_bounds(name: str, field: str) -> None:
    text = ALL[name](stopwatch.CAP)
    found: list[Parsed] = []
    assert stopwatch.seconds(lambda: found.append(in_field(field, text)), LIMIT) <= LIMIT
    file = found[0].file
    assert isinstance(file, OkrsFile)
    entry = file.objectives[0]
    assert_bounded(writer().block(entry.why) if field == "why" else writer().inline(entry.title), text)


def test_there_are_families_of_every_kind() -> None:
    kinds = {name.split("-")[0] for name in ALL}
    assert len(ALL) >= 75
    assert {"emphasis", "brackets", "backticks", "autolinks", "entities", "definitions", "footnotes"} <= kinds
    assert {"quotes", "lists", "tables", "headings", "tasks", "strike", "breaks", "link", "nulls", "refs"} <= kinds
