"""Rows that stand further in or less far in than YAML needs: what its indentation makes of them is not what was meant.

Mended only where it is certain: a field of the format among others of the same fields, or a row that can be nothing
but more of the text above it.
"""

import re
from collections.abc import Sequence
from typing import Final

from okrsite.core.yaml_place import ITEM, Place, field_of_names, fields_below
from okrsite.core.yaml_quote import Line, is_one_bracket, needs_quotes
from okrsite.core.yaml_slips import Slip, next_row
from okrsite.core.yaml_text import MAX_ROWS, find_passage, text_begun

MAX_LONG: Final = 2_000
"""How many rows a text has at most whose rows are put elsewhere: each time all places are told anew."""

_FIELD = re.compile(r"[ \t]*(?P<dash>-[ \t]+)?(?P<name>[\w-]+(?:#[\w-]+)?):(?:[ \t]+(?P<value>.*))?")
_BEGUN = re.compile(r"[ \t]*(?:-[ \t]+)*(?P<name>[\w#-]+)[ \t]*:")
_MORE = re.compile(r"[ \t]*(?P<text>[^\s#-](?:[^:：]|:(?=\S))*)")


def find_indented(rows: Sequence[str], number: int, where: Sequence[Place]) -> dict[int, Slip]:
    """Rows that do not stand where they were meant to, as they are to be read: one field, or all of a text."""
    if len(rows) > MAX_LONG or where[number].is_in_block or _has_tab(rows[number]):
        return {}
    slip = _field(rows, number, where)
    return {number: slip} if slip else find_fallen(rows, number, where)


def _field(rows: Sequence[str], number: int, where: Sequence[Place]) -> Slip | None:
    """A field, or a name that an author gives, further in or less far in than those beside it, or behind a dash."""
    found, (keys, goes_on) = _FIELD.fullmatch(rows[number]), where[number]
    if not found or (found["dash"] and (goes_on or keys[-1:] != (ITEM,))):
        return None
    below = next_row(rows, number) if not found["value"] else None
    inside = _FIELD.fullmatch(rows[below]) if below and _indent(rows[below]) > _indent(rows[number]) else None
    levels = [keys[:-1]] if goes_on or found["dash"] else [keys, keys[:-1]]
    level = next((one for one in levels if _may_stand(one, found["name"], inside["name"] if inside else "")), None)
    others = {} if level is None else _beside(rows, number, where, level)
    if not others or found["name"] in others:
        return None
    name, column = next(iter(others.items()))
    own = _indent(rows[number])
    if (own == column and not found["dash"]) or (below and own < _indent(rows[below]) <= column):
        return None
    line = Line(f"{' ' * column}{found['name']}: ", (found["value"] or "").rstrip())
    message = f"fields that belong together begin below each other; `{found['name']}` is read as if it did"
    remedy = f"put `{found['name']}` exactly below `{name}`{', without the dash' if found['dash'] else ''}"
    return Slip("yaml-syntax", "".join(line), line, message, remedy)


def _may_stand(level: Sequence[str], name: str, inside: str) -> bool:
    """Whether a field may stand below some keys; where names stand, a reference may, or what has such fields inside."""
    names = field_of_names(level)
    return ("#" in name or inside in (names.below or {})) if names else name in fields_below(level)


def hint_of_field(row: str, place: Place) -> str:
    """What to do with a field behind a dash where names stand, or below a value; '' where something else is wrong."""
    found, keys, value = _FIELD.fullmatch(row), place.keys, place.goes_on
    if not found or not keys or bool(found["dash"]) != (keys[-1] == ITEM):
        return ""
    names = (field_of_names(keys[:-2]) if found["dash"] else None) or field_of_names(keys[:-1])
    below = (names.below if names else None) or {}
    if found["name"] not in below:
        return ""
    if not found["dash"]:
        short = next((name for name, field in below.items() if names and field.kind is names.short), "")
        return (
            f"write `{short}: {value}` below `{keys[-1]}:`, set in as the other fields are" if short and value else ""
        )
    return "each has a short name here: write `a-name:` in place of `- `, and its fields below it, set in by two spaces"


def _beside(rows: Sequence[str], number: int, where: Sequence[Place], level: Sequence[str]) -> dict[str, int]:
    """What begins below some keys before a row, the nearest first, and in which column."""
    found: dict[str, int] = {}
    for row in range(number - 1, max(-1, number - MAX_ROWS), -1):
        place = where[row]
        if place.keys == level and not place.goes_on and (begun := _BEGUN.match(rows[row])):
            if _has_tab(rows[row]):
                continue
            found.setdefault(begun["name"], begun.start("name"))
        elif place.keys and place.keys[: len(level)] != level:
            break
    return found


def find_fallen(rows: Sequence[str], number: int, where: Sequence[Place]) -> dict[int, Slip]:
    """A row, and those below it, that go on with the text above but are not set in."""
    column = _column_of_text(rows, number, where) if len(rows) <= MAX_LONG else None
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
    # A quotation or a list that is closed has no more of it below.
    is_whole = value[:1] in ("'", '"') and not needs_quotes(value)
    return found.start("name") if found and value and not is_whole and not is_one_bracket(value) else None


def _has_tab(row: str) -> bool:
    """Whether a tab stands before what a row says, so that nobody can tell its column."""
    return "\t" in row[: _indent(row)]


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" \t"))
