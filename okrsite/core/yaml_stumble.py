"""Which row YAML stumbled over: its own words and places are a hint, not an answer.

The rows are looked at in the order in which one may trust them. A row of a text that YAML had read before it stumbled
is never one of them, whatever it looks like.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from okrsite.core.yaml_indent import find_fallen, find_indented
from okrsite.core.yaml_place import ITEM, Place, field_of_names, fields_below
from okrsite.core.yaml_quote import Line, needs_quotes, requoted, split_line
from okrsite.core.yaml_slips import Slip, find_missing_space, find_slip
from okrsite.core.yaml_text import Passage, find_passage
from okrsite.core.yaml_tree import YamlRefusedError

IN_TEXT: Final = re.compile(r"(?:^|(?<=[ \t]))#")
"""A comment to YAML, which may be text to its author."""


def row_with_slip(
    rows: list[str], error: YamlRefusedError, mended: Mapping[int, Line], where: Sequence[Place]
) -> tuple[int, Slip] | None:
    """The row with a slip whose mending is certain, when that may be what YAML stumbled over."""
    begun = -1 if error.context_line is None else error.context_line
    near = [row for row in (begun, error.line - 1, error.line) if 0 <= row < len(rows) and row not in mended]
    if near and where[near[-1]].is_in_block:
        near.append(_head(near[-1], where))  # what begins the block may lack its space
    for row in near:
        needs_key = row == begun and "expected ':'" in error.message
        if slip := find_missing_space(rows[row], where[row], needs_key):
            return row, slip
    return next(((row, slip) for row in near if (slip := find_slip(rows, row, where))), None)


def rows_indented(
    rows: list[str], error: YamlRefusedError, mended: Mapping[int, Line], where: Sequence[Place]
) -> dict[int, Slip]:
    """The rows that do not stand where they were meant to, when YAML may have stumbled over the first of them."""
    near = [row for row in (error.line, error.line - 1) if 0 <= row < len(rows) and row not in mended]
    found = next((slips for row in near if (slips := find_indented(rows, row, where))), {})
    below = error.line + 1  # a text that must be put in quotes may go on there
    return found or (find_fallen(rows, below, where) if below < len(rows) and below not in mended else {})


def broken_passage(
    rows: list[str], error: YamlRefusedError, mended: Mapping[int, Line], where: Sequence[Place]
) -> Passage | None:
    """The text over several rows that YAML stumbled over."""
    begun = -1 if error.context_line is None else error.context_line
    for row in (error.line, error.line - 1, begun):
        passage = find_passage(rows, row, where) if 0 <= row < len(rows) else None
        if not passage or passage.wrong is None:
            continue
        # What was only set in stands as it was typed, and can still be put in quotes.
        if all(line.value == mended[number].value for number, line in passage.lines.items() if number in mended):
            return passage
    return None


def row_to_mend(
    rows: list[str], error: YamlRefusedError, mended: Mapping[int, Line], where: Sequence[Place]
) -> int | None:
    """The row whose value, as far as one can see, YAML stumbled over."""
    unclosed = "quoted scalar" in error.message
    for row in _suspects(rows, error, where):
        if row in mended:
            continue
        line = split_line(rows[row])
        if line and not line.value.startswith("#") and (unclosed or needs_quotes(line.value)):
            return row if requoted(line.value) != line.value else None
    return None


def row_of_comment(
    rows: list[str], error: YamlRefusedError, mended: Mapping[int, Line], where: Sequence[Place]
) -> int | None:
    """The row before an error that is a comment to YAML, when a text goes on after it."""
    row = error.line - 1
    if "expected key" not in error.message or not 0 < row < len(rows) - 1 or row in mended or where[row].is_in_block:
        return None
    return row if IN_TEXT.search(rows[row]) and _is_text(where[row + 1]) else None


def _is_text(place: Place) -> bool:
    """Whether a row can only belong to a text."""
    keys = place.keys
    return bool(place.goes_on) or not (keys[-1:] == (ITEM,) or fields_below(keys) or field_of_names(keys))


def _suspects(rows: list[str], error: YamlRefusedError, where: Sequence[Place]) -> Iterator[int]:
    """The rows that YAML may have stumbled over, the likeliest first."""
    at, begun = error.line, error.context_line
    if begun is not None and begun < len(rows) and _is_left_open(rows, error, begun):
        yield begun
    if "quoted scalar" in error.message:
        return
    if at < len(rows):
        yield at
    # A list, fields or a block of text are named by their first row, which YAML has read.
    if begun is not None and begun < len(rows) and not re.search("parsing a block|found a tab", error.message):
        yield begun
    if not 0 < at <= len(rows):
        return
    if "flow node" in error.message:
        yield at - 1  # a comment took the end of its brackets
    elif not where[at - 1].goes_on and _opens_quotation(rows[at - 1]):
        yield at - 1  # the next quotation mark, which was to open another, closed it


def _is_left_open(rows: list[str], error: YamlRefusedError, begun: int) -> bool:
    """Whether YAML missed the end of what begins in a row: of a quotation, or of a bracket in that row alone."""
    if "quoted scalar" in error.message:
        return True
    line = split_line(rows[begun])
    if "did not find expected ',' or" not in error.message or not line or len(line.value) < len("[x"):
        return False
    return error.line >= len(rows) or _indent(rows[error.line]) <= _indent(rows[begun])


def _opens_quotation(row: str) -> bool:
    """Whether the value of a row begins with a quotation mark that is not closed in it."""
    line = split_line(row)
    return line is not None and line.value[:1] in ("'", '"') and line.value.count(line.value[0]) % 2 == 1


def _head(row: int, where: Sequence[Place]) -> int:
    """The row in which the block of text begins to which a row belongs."""
    value = where[row].goes_on
    return next((above for above in range(row, -1, -1) if where[above].keys and where[above].goes_on != value), row)


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())
