"""Rows that stand further in or less far in than YAML needs: what its indentation makes of them is not what was meant.

Mended only where it is certain: a field of the format among others of the same fields, or a row that can be nothing
but more of the text above it.
"""

import re
from collections.abc import Sequence
from typing import Final

from okrsite.core.format import Kind
from okrsite.core.yaml_place import ITEM, Place, field_of_names, fields_below
from okrsite.core.yaml_quote import Line
from okrsite.core.yaml_slips import Slip, next_row
from okrsite.core.yaml_text import MAX_ROWS, find_passage, text_begun

MAX_LONG: Final = 5_000
"""How many rows a text has at most whose rows are put elsewhere: each time all places are told anew."""

_FIELD = re.compile(r"[ \t]*(?P<dash>-[ \t]+)?(?P<name>[a-z_]+|[\w-]+#[\w-]+):(?:[ \t]+(?P<value>.*))?")
_BEGUN = re.compile(r"[ \t]*(?:-[ \t]+)*(?P<name>[\w#-]+)[ \t]*:")
_MORE = re.compile(r"[ \t]*(?P<text>[^\s#-](?:[^:：]|:(?=\S))*)")


def find_indented(rows: Sequence[str], number: int, where: Sequence[Place]) -> dict[int, Slip]:
    """Rows that do not stand where they were meant to, as they are to be read: one field, or all of a text."""
    if len(rows) > MAX_LONG or where[number].is_in_block or "\t" in rows[number][: _indent(rows[number])]:
        return {}
    slip = _field(rows, number, where)
    return {number: slip} if slip else _text(rows, number, where)


def _field(rows: Sequence[str], number: int, where: Sequence[Place]) -> Slip | None:
    """A field further in or less far in than those beside it, or behind a dash."""
    found, (keys, goes_on) = _FIELD.fullmatch(rows[number]), where[number]
    if not found or (found["dash"] and (goes_on or keys[-1:] != (ITEM,))):
        return None
    beside = keys[:-1] if goes_on or found["dash"] else keys
    kind, first = _kind(beside, found["name"]), _beside(rows, number, where, beside)
    if kind is None or first is None:
        return None
    name = _BEGUN.match(rows[first])
    if name is None:
        return None
    column, own = name.start("name"), _indent(rows[number])
    below = next_row(rows, number) if not found["value"] and own < column else None
    if (own == column and not found["dash"]) or (below and own < _indent(rows[below]) <= column):
        return None
    line = Line(f"{' ' * column}{found['name']}: ", (found["value"] or "").rstrip())
    message = f"fields that belong together begin below each other; `{found['name']}` is read as if it did"
    remedy = f"put `{found['name']}` exactly below `{name['name']}`{', without the dash' if found['dash'] else ''}"
    return Slip("yaml-syntax", "".join(line), line, message, remedy)


def _kind(beside: Sequence[str], name: str) -> Kind | None:
    """What may stand in a field, or below a reference where references stand; None where there is no such thing."""
    if "#" in name:
        field = field_of_names(beside)
        return field.kind if field else None
    field = fields_below(beside).get(name)
    return field.kind if field else None


def _beside(rows: Sequence[str], number: int, where: Sequence[Place], keys: Sequence[str]) -> int | None:
    """The last row before one that begins a field below some keys."""
    for row in range(number - 1, max(-1, number - MAX_ROWS), -1):
        if where[row].keys == keys and not where[row].goes_on and rows[row].strip():
            return row
        if where[row].keys and where[row].keys[: len(keys)] != keys:
            return None
    return None


def _text(rows: Sequence[str], number: int, where: Sequence[Place]) -> dict[int, Slip]:
    """A row, and those below it, that go on with the text above but are not set in."""
    column = _column_of_text(rows, number, where)
    slips: dict[int, Slip] = {}
    if column is None:
        return slips
    for row in range(number, len(rows)):
        found = _MORE.fullmatch(rows[row])
        if not found or _indent(rows[row]) > column:
            break
        line = Line(" " * (column + 2), found["text"].rstrip())
        slips[row] = Slip("yaml-syntax", "".join(line), line, "", "")
    message = "a text that goes on is set in further than its field; it is read as if it were"
    lines = f"lines {number + 1} to {number + len(slips)}" if len(slips) > 1 else "this line"
    remedy = f"begin {lines} with {column + 2} spaces"
    if slips:
        slips[number] = slips[number]._replace(message=message, remedy=remedy)
    return slips


def _column_of_text(rows: Sequence[str], number: int, where: Sequence[Place]) -> int | None:
    """In which column stands the field with whose text the row before one ends."""
    above = next_row(rows, number, -1)
    if above is None:
        return None
    passage = find_passage(rows, above, where)
    begun = min(passage.lines) if passage else above
    found = text_begun(rows[begun], where[begun])
    value = found["value"].strip() if found else ""
    return found.start("name") if found and value and value[0] not in "'\"" else None


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" \t"))
