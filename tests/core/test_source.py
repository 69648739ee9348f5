"""Places in a text: line and column of every character."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsite.core.source import Lines, Span

TEXT = "one\nzwei 😀\n\nfour"


@pytest.mark.parametrize(
    ("stretch", "line", "column", "width"),
    [("one", 1, 1, 3), ("zwei", 2, 1, 4), ("😀", 2, 6, 1), ("four", 4, 1, 4), ("our", 4, 2, 3)],
)
def test_a_stretch_of_text_has_its_line_and_column(stretch: str, line: int, column: int, width: int) -> None:
    start = TEXT.index(stretch)
    assert Lines("a.md", TEXT).span(start, start + len(stretch)) == Span("a.md", line, column, width)


def test_a_place_ends_with_its_line() -> None:
    assert Lines("a.md", TEXT).span(1, len(TEXT)) == Span("a.md", 1, 2, 2)


def test_a_place_is_never_empty() -> None:
    assert Lines("a.md", TEXT).span(4, 4) == Span("a.md", 2, 1, 1)
    assert Lines("a.md", "").span(0, 0) == Span("a.md", 1, 1, 1)


@settings(derandomize=True, deadline=None)
@given(st.text(alphabet="ab\n😀", max_size=30), st.data())
def test_every_character_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(min_value=0, max_value=max(0, len(text) - 1)))
    span = Lines("a.md", text).span(at, at + 1)
    before = text[:at].split("\n")
    assert (span.line, span.column) == (len(before), len(before[-1]) + 1)


def test_a_place_stays_within_its_line_as_the_file_has_it() -> None:
    lines = Lines("a.md", TEXT, {1: 4, 2: 0})
    assert lines.span(4, 10) == Span("a.md", 2, 1, 4)
    assert lines.span(9, 10) == Span("a.md", 2, 4, 1)
    assert lines.span(11, 11) == Span("a.md", 3, 1, 1)
