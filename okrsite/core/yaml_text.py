"""Texts over several lines that no quotes hold together: which rows belong to one, and how they stand in quotes.

YAML folds the lines of a text as long as none of them holds a colon with a space behind it; where one does, it gives
up the whole file. Where such a text begins is certain, as the format has a sentence there; where it ends is told by
indentation, as it is to YAML.
"""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from okrsite.core.format import Kind
from okrsite.core.yaml_place import BLOCK, ITEM, Place, fields_below
from okrsite.core.yaml_quote import Line, needs_quotes

MAX_ROWS: Final = 400
"""How many rows above one are looked at for the beginning of its text."""

_FIELD = re.compile(r"(?P<lead>[ \t]*(?:-[ \t]+)*(?P<name>[A-Za-z_-]+:)(?:[ \t]+|$))(?P<value>.*)")
_ITEM = re.compile(r"(?P<lead>[ \t]*(?P<name>-)[ \t]+)(?P<value>[^ \t].*)")
_BULLET = re.compile(r"[-*•+][ \t]|[0-9]+[.)][ \t]")
_COLON = re.compile(r":(?:[ \t]|$)")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]+)?")
_NO_SENTENCE = re.compile(r"[ \t]*(?:[-*•+][ \t]|[a-z]{2,3}(?:-[A-Za-z]+)?:(?:[ \t]|$))")


class Passage(NamedTuple):
    """A text over several rows."""

    name: str
    """What it belongs to, as its row begins: `why:` or `-`."""
    lines: dict[int, Line]
    """Its rows, counted from 0: what stands before the text in each, and the text."""

    @property
    def wrong(self) -> int | None:
        """The first of its rows over which YAML stumbles."""
        first = min(self.lines)
        if needs_quotes(self.lines[first].value):
            return first
        return next((row for row, line in self.lines.items() if _COLON.search(line.value)), None)

    @property
    def sign(self) -> str:
        """What begins it as a block: `|` keeps its lines, as a list in it needs, and `>-` folds them."""
        return "|" if any(_BULLET.match(line.value) for line in self.lines.values()) else ">-"

    @property
    def unclosed(self) -> str:
        """The quotation mark with which it begins and which nothing closes; '' where there is none."""
        mark = self.lines[min(self.lines)].value[0]
        return mark if mark in "'\"" and sum(line.value.count(mark) for line in self.lines.values()) == 1 else ""

    @property
    def rows(self) -> dict[int, str]:
        """Its rows with the whole text in quotes."""
        texts = [line.value for line in self.lines.values()]
        if self.unclosed:
            texts[-1] += self.unclosed
        elif any(sign in text for text in texts for sign in '"\\'):
            texts = [text.replace("'", "''") for text in texts]
            texts[0], texts[-1] = f"'{texts[0]}", f"{texts[-1]}'"
        else:
            texts[0], texts[-1] = f'"{texts[0]}', f'{texts[-1]}"'
        return {row: line.lead + text for (row, line), text in zip(self.lines.items(), texts, strict=True)}


def find_passage(rows: Sequence[str], row: int, where: Sequence[Place]) -> Passage | None:
    """The text over several rows to which a row belongs, where a sentence may stand."""
    near = range(row, max(-1, row - MAX_ROWS), -1)
    above = (n for n in near if n == row or _indent(rows[n]) < _indent(rows[row]))
    first, begun = next(((n, found) for n in above if (found := text_begun(rows[n], where[n]))), (row, None))
    if begun is None:
        return None
    column = begun.start("name")
    below = takewhile(lambda n: not rows[n].strip() or _indent(rows[n]) > column, range(first + 1, len(rows)))
    lines = {n: Line(rows[n][: _indent(rows[n])], rows[n].strip()) for n in below if rows[n].strip()}
    if row != first and row not in lines:
        return None
    if begun["value"].strip():
        lines = {first: Line(begun["lead"], begun["value"].strip()), **lines}
    elif _NO_SENTENCE.match(rows[next(iter(lines), first)]):
        return None
    if len(lines) < 2 or any("\t" in line.lead for line in lines.values()):
        return None
    return Passage(begun["name"], lines)


def text_begun(row: str, place: Place) -> re.Match[str] | None:
    """A row in which a sentence begins, or below which one may."""
    keys, field, item = place.keys, _FIELD.fullmatch(row), _ITEM.fullmatch(row)
    known = fields_below(keys).get(field["name"][:-1]) if field else None
    if known is None and field and keys and _LANGUAGE.fullmatch(field["name"][:-1]):
        known = fields_below(keys[:-1]).get(keys[-1])
    found = field
    if known is None and item and keys[1:] and keys[-1] == ITEM:
        known, found = fields_below(keys[:-2]).get(keys[-2]), item
    if not known or not found or known.kind not in (Kind.TEXT, Kind.TEXTS) or place.goes_on:
        return None
    value = found["value"]
    is_list = known.kind is Kind.TEXTS and found is field and value.startswith("[")
    return None if is_list or value.startswith("{") or BLOCK.fullmatch(value) else found


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" \t"))
