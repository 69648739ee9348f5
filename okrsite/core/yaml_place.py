"""Where in the format a row of YAML stands, told by indentation alone, as YAML itself may not get that far.

It says whether fields may stand there, or names that an author gives; everywhere else may stand sentences, in which
a bracket is a bracket and `title` a word.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from okrsite.core.format import FILES, Field, Kind, Table

FIRST_FIELDS: Final[Table] = {name: field for _, table in FILES.values() for name, field in table.items()}
"""The fields with which some file begins."""
_NAMED: Final = frozenset({Kind.FIELDS, Kind.BY_CYCLE})
"""The kinds of field below which stand names that an author gives."""

ITEM: Final = "-"
"""What stands for an item of a list among keys."""

BLOCK = re.compile(r"[|>][-+0-9]*(?:[ \t]+#.*)?")
_DASHES = re.compile(r"[ \t]*(?:-(?:[ \t]+|$))*")
_WORD = re.compile(r"[\w-]+(?:#[\w-]+)?")
_DASH = re.compile(r"-[ \t]*")
_KEY = re.compile(
    r"(?:\"(?P<double>[^\"]*)\"[ \t]*|'(?P<single>[^']*)'[ \t]*|(?P<plain>[^:：]+))[:：][ \t]*(?P<value>.*)"
)


class Place(NamedTuple):
    """What stands above a row."""

    keys: tuple[str, ...]
    """The keys below which it stands, the outermost first; an item of a list counts as a key `-`."""
    goes_on: str
    """The beginning of the value with which it goes on; '' where it begins something of its own."""

    @property
    def is_in_block(self) -> bool:
        """Whether the row belongs to a text in which every sign stands for itself."""
        return bool(BLOCK.fullmatch(self.goes_on))


class _Open(NamedTuple):
    column: int
    key: str
    value: str


def places(rows: Sequence[str]) -> list[Place]:
    """The place of every row."""
    found: list[Place] = []
    above: list[_Open] = []
    for row in rows:
        bare = row.strip()
        if bare and not bare.startswith("#"):
            found.append(_enter(above, row))
        else:
            found.append(Place((), ""))
    return found


def _enter(above: list[_Open], row: str) -> Place:
    """The place of a row, which is then open itself."""
    dashes = _DASHES.match(row)
    begin = dashes.end() if dashes else 0
    for dash in _DASH.finditer(row, 0, begin):
        while above and _ends_before(above[-1], dash.start()):
            above.pop()
        above.append(_Open(dash.start(), ITEM, ""))
    while above and above[-1].column >= begin:
        above.pop()
    key = _KEY.match(row, begin)
    if key and above and not above[-1].key and _WORD.fullmatch(above[-1].value):
        above[-1] = above[-1]._replace(key=above[-1].value, value="")  # a word above a key lacks its own colon
    place = Place(tuple(opened.key for opened in above), next((opened.value for opened in above if opened.value), ""))
    if key is None:
        above.append(_Open(begin, "", row[begin:].rstrip()))
    else:
        value = "" if key["value"].startswith("#") else key["value"].rstrip()
        name = key["double"] or key["single"] or (key["plain"] or "").rstrip()
        above.append(_Open(begin, name, value))
    return place


def _ends_before(opened: _Open, dash: int) -> bool:
    """Whether an item of a list does not belong to what is open above it; a list may stand in its key's column."""
    is_full = opened.key == ITEM or bool(opened.value)
    return opened.column > dash or (opened.column == dash and is_full)


def fields_below(keys: Sequence[str]) -> Table:
    """The fields that may stand below some keys; none where names stand, or sentences, or what nobody knows."""
    table, _ = _below(keys)
    return table


def field_of_names(keys: Sequence[str]) -> Field | None:
    """The field that has names below it, where some keys lead to these names."""
    _, field = _below(keys)
    return field


def _below(keys: Sequence[str]) -> tuple[Table, Field | None]:
    table: Table = FIRST_FIELDS
    field: Field | None = None
    for key in keys:
        if field is None:
            field, table = table.get(key), {}
            if field is None or not (field.kind in _NAMED or field.kind is Kind.ITEMS):
                return {}, None
        elif (key == ITEM) == (field.kind is Kind.ITEMS):
            table, field = field.below or {}, None
            if not table:
                return {}, None
        else:
            return {}, None
    return table, field if field and field.kind in _NAMED else None
