"""Slips in one line of YAML whose mending is certain, because only one line of the format looks like it.

A missing bracket or colon, a full-width comma, a space within a reference. They are looked for only where YAML
stumbled, and each is shown as the line to write.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from okrsite.core import yaml_tree
from okrsite.core.format import FILES, Kind, Table
from okrsite.core.yaml_quote import Line, needs_quotes, requoted, split_line
from okrsite.core.yaml_tree import Node, YamlRefusedError, compose

MAX_SLIP: Final = 1_000
"""Characters of a line beyond which nobody can say what was meant."""


def _fields(table: Table) -> Iterator[tuple[str, Kind]]:
    for name, field in table.items():
        yield name, field.kind
        yield from _fields(field.below or {})


_KINDS: Final = frozenset(pair for _, table in FILES.values() for pair in _fields(table))
FIELDS: Final = frozenset(name for name, _ in _KINDS)
"""The name of every field of every file."""
PROSE: Final = frozenset(name for name, kind in _KINDS if kind in (Kind.TEXT, Kind.TEXTS)) | {"source"}
"""The fields that hold sentences."""
NAMING: Final = frozenset(name for name, kind in _KINDS if kind in (Kind.FIELDS, Kind.OWN))
"""The fields below which stand names that an author gives, not fields."""
_LISTS: Final = frozenset(name for name, kind in _KINDS if kind in (Kind.WORDS, Kind.ITEMS, Kind.LIMITS))
_TEXTS: Final = frozenset(name for name, kind in _KINDS if kind is Kind.TEXTS) | {"milestones"}

KEYED: Final = ("progress", "scores")
"""The fields below which every key is a reference."""

_SPLIT_KEY = re.compile(
    r"(?P<indent>[ \t]+)(?P<name>[\w-]+)(?P<gap>[ \t]*#[ \t]*)(?P<part>[\w-]+)[:：][ \t]*(?P<value>.*)"
)
_NO_COLON = re.compile(r"(?P<lead>[ \t]*(?:-[ \t]+)*)(?P<key>[a-z_]+)[ \t]+(?P<value>[^\s:：=].*)")
_WIDE_COMMA = re.compile(r"，\s*(?=[\w-]+[ \t]*[:：])")
_WIDE_COLON = re.compile(r"(?P<before>[{,]\s*[\w-]+)：\s*")
_TOKEN = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[\[\]{}]")
_CONFIDENCE = re.compile(r"@[ \t]*(?P<confidence>10|[0-9])")
_CLOSING: Final = {"[": "]", "{": "}"}


class Slip(NamedTuple):
    """A line with a slip: as it was typed, as it is to be read, and what to say."""

    code: str
    row: str
    typed: Line
    """The line as it was typed, split where its value begins in the row as it is to be read."""
    message: str

    @property
    def hint(self) -> str:
        """The line to write."""
        return f"write `{re.sub(':  +', ': ', self.row.strip())}`"


def find_slip(rows: Sequence[str], number: int) -> Slip | None:
    """The slip in one of the lines, if there is one that can be mended for certain."""
    if len(rows[number]) > MAX_SLIP:
        return None
    return (
        find_split_key(rows, number)
        or _lone_confidence(rows, number)
        or _missing_colon(rows, number)
        or _brackets(rows, number)
    )


def find_split_key(rows: Sequence[str], number: int) -> Slip | None:
    """`objective #key-result: value`, where YAML takes `#` and the rest for a comment."""
    found = _SPLIT_KEY.fullmatch(rows[number]) if len(rows[number]) <= MAX_SLIP else None
    if not found or not found["gap"].strip("#") or _above(rows, number) not in KEYED:
        return None
    value = found["value"].strip()
    # The blanks go behind the colon, so that the value stays in its place.
    lead = f"{found['indent']}{found['name']}#{found['part']}: ".ljust(found.start("value"))
    row = lead + (requoted(value) if needs_quotes(value) else value)
    message = "no space belongs into a reference; it is read without"
    return Slip("bad-ref", row, Line(lead, found["value"].rstrip()), message)


def is_split_key(line: str) -> bool:
    """Whether a line may be `objective # key-result: value`."""
    return bool(_SPLIT_KEY.fullmatch(line))


def _above(rows: Sequence[str], number: int) -> str:
    """The key below which a line is indented."""
    indent = _indent(rows[number])
    for row in reversed(rows[:number]):
        if row.strip() and not row.lstrip().startswith("#") and _indent(row) < indent:
            return row.strip().removesuffix(":")
    return ""


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" \t"))


def _lone_confidence(rows: Sequence[str], number: int) -> Slip | None:
    """`objective: @7`, as the terminal takes it."""
    line = split_line(rows[number])
    found = _CONFIDENCE.fullmatch(line.value) if line else None
    if not line or not found or _above(rows, number) != "progress":
        return None
    shown = f"{{confidence: {found['confidence']}}}"
    return Slip("yaml-syntax", line.lead + shown, line, "`@` is for the terminal; in a file it is written out")


def _missing_colon(rows: Sequence[str], number: int) -> Slip | None:
    """`title Checkout time`, where a field begins; in the middle of a text such words are words."""
    found = _NO_COLON.fullmatch(rows[number])
    if not found or found["key"] not in FIELDS or (split_line(rows[number]) and not found["lead"].strip()):
        return None
    before = next((row for row in reversed(rows[:number]) if row.strip()), "")
    if _indent(before) < _indent(rows[number]) and not before.rstrip().endswith(":"):
        return None
    value, lead = found["value"].rstrip(), f"{found['lead']}{found['key']}: "
    row = lead + (requoted(value) if needs_quotes(value) else value)
    message = f"a colon is missing after `{found['key']}`; it is read as if it stood there"
    return Slip("yaml-syntax", row, Line(lead, value), message)


def _brackets(rows: Sequence[str], number: int) -> Slip | None:
    """Fields in brackets of which one is missing, or between which stands a full-width comma or colon."""
    line = split_line(rows[number])
    if line is None or line.value[:1] not in ("[", "{"):
        return None
    plain = _WIDE_COLON.sub(r"\g<before>: ", _WIDE_COMMA.sub(", ", line.value))
    goes_on = any(_indent(row) > _indent(rows[number]) for row in rows[number + 1 : number + 2] if row.strip())
    whole = plain if goes_on else _closed(plain)
    if whole == line.value or not whole:
        return None
    key = line.lead.strip(" \t-").removesuffix(":").rstrip()
    shown = next((form for form in (whole, requoted(whole)) if _is_certain(key, form)), "")
    if not shown:
        return None
    message = f"what `{line.value[0]}` opens is not closed; it is read as if it were"
    if whole == plain:
        message = "only a plain comma and a plain colon separate; the full-width one is read as such"
    return Slip("yaml-syntax", line.lead + shown, line, message)


def _closed(value: str) -> str:
    """A value with the closing brackets that it lacks; '' when one was never opened."""
    opened: list[str] = []
    pieces: list[str] = []
    at = 0
    for found in _TOKEN.finditer(value):
        sign = found[0]
        if sign in _CLOSING:
            opened.append(_CLOSING[sign])
        elif sign in ("]", "}"):
            if sign not in opened:
                return ""
            pieces.append(value[at : found.start()].rstrip(" ") if opened[-1] != sign else value[at : found.start()])
            while (closing := opened.pop()) != sign:
                pieces.append(closing)
            pieces.append(sign)
            at = found.end()
    return "".join(pieces) + value[at:] + "".join(reversed(opened))


def _is_certain(key: str, value: str) -> bool:
    """Whether a value in brackets is YAML, and what the format has at this place."""
    try:
        node, findings = compose(value)
    except YamlRefusedError:
        return False
    return not findings and (_has_fields(node) or (isinstance(node, yaml_tree.Sequence) and _holds_list(key, node)))


def _has_fields(node: Node | None) -> bool:
    return isinstance(node, yaml_tree.Mapping) and bool(node.pairs) and all(k.text in FIELDS for k, _ in node.pairs)


def _holds_list(key: str, node: yaml_tree.Sequence) -> bool:
    if key in _TEXTS:
        return len(node.items) > 1  # a single text may begin with a bracket, as in `[WIP`
    return key in _LISTS or "#" in key or (bool(node.items) and all(map(_has_fields, node.items)))
