"""What Markdown leaves out of a text without a word, found so that it can be said.

That is cells beyond a table's columns, notes to which nothing refers, and what is nested too deeply.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from okrsite.core.text import Lost

if TYPE_CHECKING:
    from markdown_it.token import Token

DEEPEST: Final = 18
"""The level of tokens from which on the library reads no further."""
_BEFORE_ROW: Final = re.compile(r"[ \t>]*")
_NOTE: Final = re.compile(r"[ \t>]*\[\^([^\]\s]+)\]:")
_CELL: Final = re.compile(r"(?:\\.|[^\\|])*")


def find_losses(tokens: Sequence["Token"], env: Mapping[str, Any], source: str) -> tuple[Lost, ...]:
    """Everything that does not reach the page, by line, counted from 0."""
    lines = source.split("\n")
    found = [*_cells(tokens, lines), *_notes(env, lines), *_nested(tokens)]
    return tuple(sorted(set(found)))


def _cells(tokens: Iterable["Token"], lines: Sequence[str]) -> Iterator[Lost]:
    """Cells beyond the columns that a table's head has."""
    columns = 0
    for token in tokens:
        if token.type == "thead_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and token.map and columns and token.map[0] < len(lines):
            row = lines[token.map[0]]
            cells = _split(row[_BEFORE_ROW.match(row).end() :])  # type: ignore[union-attr]  # it matches nothing too
            if any(cell.strip() for cell in cells[columns:]):
                yield Lost(token.map[0], f"this row has {len(cells)} cells, and the table {columns} columns")


def _split(row: str) -> list[str]:
    """The cells of a table's row, as the library splits it: at each `|` that has no backslash before it."""
    cells, at = [], 0
    row = row.strip()
    while at <= len(row):
        found = _CELL.match(row, at)
        end = found.end() if found else len(row)
        cells.append(row[at:end])
        at = end + 1
    if cells and not cells[0]:
        cells = cells[1:]
    return cells[:-1] if cells and not cells[-1] else cells


def _notes(env: Mapping[str, Any], lines: Sequence[str]) -> Iterator[Lost]:
    """Footnotes to which nothing refers."""
    unused = {name[1:] for name, number in env.get("footnotes", {}).get("refs", {}).items() if number < 0}
    for line, text in enumerate(lines) if unused else ():
        found = _NOTE.match(text)
        if found and found[1] in unused:
            unused.remove(found[1])
            yield Lost(line, f"nothing refers to the note `[^{found[1]}]`")


def _nested(tokens: Sequence["Token"]) -> Iterator[Lost]:
    """Items of lists and quotations that the library has left empty because they lie too deep."""
    for token, following in pairwise(tokens):
        opening = token.type in ("list_item_open", "blockquote_open")
        if opening and token.level >= DEEPEST and following.nesting < 0 and token.map:
            yield Lost(token.map[0], "this is nested too deeply to be read")
