"""Slips in one line of YAML whose mending is certain, because only one line of the format looks like it.

A missing bracket or colon, a full-width comma, a space within a reference. They are looked for only where YAML
stumbled, and only in rows in which the format has fields or references, never sentences; each is shown as the line to
write.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from okrsite.core import yaml_tree
from okrsite.core.format import FILES, Field, Kind, Table
from okrsite.core.quantity import parse_quantity
from okrsite.core.yaml_place import BLOCK, Place, field_of_names, fields_below
from okrsite.core.yaml_quote import Line, needs_quotes, requoted, spaced, split_line
from okrsite.core.yaml_tree import Node, Scalar, YamlRefusedError, compose

MAX_SLIP: Final = 1_000
"""Characters of a line beyond which nobody can say what was meant."""

MAX_SILENT: Final = 400
"""How many rows of a text are looked at in which YAML may have found nothing wrong."""


def _fields(table: Table) -> Iterator[tuple[str, Kind]]:
    for name, field in table.items():
        yield name, field.kind
        yield from _fields(field.below or {})


_KINDS: Final = frozenset(pair for _, table in FILES.values() for pair in _fields(table))
FIELDS: Final = frozenset(name for name, _ in _KINDS)
"""The name of every field of every file."""
PROSE: Final = frozenset(name for name, kind in _KINDS if kind in (Kind.TEXT, Kind.TEXTS)) | {"source"}
"""The fields that hold sentences; a source is often named in words, with a `#` among them."""
NAMING: Final = frozenset(name for name, kind in _KINDS if kind in (Kind.FIELDS, Kind.OWN))
"""The fields below which stand names that an author gives, not fields."""
_KEYED_BY_REFS: Final = (Kind.VALUE, Kind.SHARE)
KEYED: Final = frozenset(
    name for _, table in FILES.values() for name, field in table.items() if field.short in _KEYED_BY_REFS
)
"""The fields below which every key is a reference."""

_SPLIT_KEY = re.compile(
    r"(?P<indent>[ \t]+)(?P<name>[\w-]+)(?P<gap>[ \t]*#[ \t]*)(?P<part>[\w-]+)[:：][ \t]*(?P<value>.*)"
)
_NO_COLON = re.compile(r"(?P<lead>[ \t]*(?:-[ \t]+)*)(?P<key>[a-z_]+)(?:[ \t]*=[ \t]*|[ \t]+)(?P<value>[^\s:：=].*)")
_LONE_KEY = re.compile(r"[ \t]*(?P<key>[\w-]+(?:#[\w-]+)?)[ \t]*")
_BEGINS_KEY = re.compile(r"[ \t]*(?:-[ \t]+)*[\w#-]+[ \t]*:(?:[ \t]|$)")
_REF_NO_COLON = re.compile(r"(?P<lead>[ \t]+[\w-]+#[\w-]+)(?:[ \t]*=[ \t]*|[ \t]+)(?P<value>[^\s:：=#].*)")
_SILENT = re.compile(
    r"^[ \t]*(?:-[ \t]+)*(?:[A-Za-z_][\w-]*|[\w-]+#[\w-]+)：|^[ \t]+[\w-]+#[\w-]+[ \t=]+[^\s:：=#]"
    r"|[{(｛（,，][ \t]*[\w-]+(?:：|:[^\s/])",
    re.MULTILINE,
)
_QUOTED = re.compile(r"(\"(?:[^\"\\]|\\.)*+\"?|'(?:[^']|'')*+'?)")
_BEFORE_FIELD = r"\s*(?=[\w-]+[ \t]*[:：])"
_WIDE_COMMA = re.compile(rf"，{_BEFORE_FIELD}")
_SEMICOLON = re.compile(rf"[;；]{_BEFORE_FIELD}")
_BETWEEN = re.compile(rf"[,，;；]{_BEFORE_FIELD}")
_WIDE_COLON = re.compile(r"(?P<before>[{,]\s*[\w-]+)(?:：\s*|:(?=[^\s/]))")
_FIELD = re.compile(r"(?P<name>[\w-]+)[ \t]*[:：]")
_WORD = re.compile(r"[\w-]+")
_WRAPPED = re.compile(r"[(（｛](?P<inner>.*)[)）｝]")
_TOKEN = re.compile(r"\"(?:[^\"\\]|\\.)*+\"?|'(?:[^']|'')*+'?|[\[\]{}]")
_CONFIDENCE = re.compile(r"@[ \t]*(?P<confidence>10|[0-9])")
_CLOSING: Final = {"[": "]", "{": "}"}
_NOT_BARE: Final = frozenset("[{\"'|>")
_YES_OR_NO: Final = frozenset({"yes", "no", "true", "false"})
NO_SPACE: Final = "between a key and its value stand a plain colon and a space; it is read as if they did"
_COLON_MISSING: Final = "a colon is missing after `{}`; it is read as if it stood there"


class Slip(NamedTuple):
    """A line with a slip: as it was typed, as it is to be read, and what to say."""

    code: str
    row: str
    typed: Line
    """The line as it was typed, split where its value begins in the row as it is to be read."""
    message: str
    remedy: str = ""
    """What to do, where the line as it is to be written does not say it."""

    @property
    def hint(self) -> str:
        """What to do, as a rule the line to write."""
        return self.remedy or f"write `{re.sub(':  +', ': ', self.row.strip())}`"


def find_slip(rows: Sequence[str], number: int, where: Sequence[Place]) -> Slip | None:
    """The slip in one of the lines, if there is one that can be mended for certain; `where` is the place of each."""
    row, place = rows[number], where[number]
    if len(row) > MAX_SLIP or place.goes_on:
        return None
    return (
        find_split_key(row, place)
        or _lone_confidence(row, place)
        or _missing_colon(rows, number, where)
        or _lone_key(rows, number, where)
        or _brackets(rows, number, place)
    )


def find_silent(rows: Sequence[str], where: Sequence[Place]) -> Iterator[tuple[int, Slip]]:
    """The rows with slips over which YAML need not stumble, as it takes them for something else."""
    doubtful = (row for row in range(len(rows)) if may_be_silent(rows[row][:MAX_SLIP]) and not where[row].goes_on)
    for row in islice(doubtful, MAX_SILENT):
        if len(rows[row]) <= MAX_SLIP and (slip := _silent(rows, row, where[row])):
            yield row, slip


def may_be_silent(text: str) -> bool:
    """Whether a row of a text may have a slip over which YAML need not stumble."""
    return bool(_SILENT.search(text))


def _silent(rows: Sequence[str], number: int, place: Place) -> Slip | None:
    row = rows[number]
    return find_missing_space(row, place) or _ref_without_colon(row, place) or _brackets(rows, number, place)


def _ref_without_colon(row: str, place: Place) -> Slip | None:
    """`objective#key-result 800 ms`, where every key is a reference."""
    found = _REF_NO_COLON.fullmatch(row) if _is_keyed(place) else None
    if not found:
        return None
    line = Line(f"{found['lead']}: ", found["value"].rstrip())
    return Slip("yaml-syntax", _as_meant(line, place), line, _COLON_MISSING.format(found["lead"].strip()))


def _as_meant(line: Line, place: Place) -> str:
    """A line with its value as it is to be written."""
    if mended := _in_brackets(line, place):
        return line.lead + mended[0]
    before, _, remark = line.value.partition(" # ")
    is_remark = remark and line.lead.strip(" \t-").removesuffix(":").rstrip() not in PROSE and not needs_quotes(before)
    stands = BLOCK.fullmatch(line.value) or is_remark or not needs_quotes(line.value)
    return line.lead + (line.value if stands else requoted(line.value))


def find_missing_space(row: str, place: Place, needs_key: bool = False) -> Slip | None:
    """`title:Checkout` or `title：Checkout`, where keys stand.

    Below a company's own fields nobody but YAML can say whether a key must stand here.
    """
    is_place = needs_key or fields_below(place.keys) or field_of_names(place.keys)
    line = spaced(row) if is_place and not place.goes_on else None
    if line is None:
        return None
    return Slip("yaml-syntax", _as_meant(line, place), line, NO_SPACE)


def find_split_key(row: str, place: Place) -> Slip | None:
    """`objective #key-result: value`, where YAML takes `#` and the rest for a comment."""
    found = _SPLIT_KEY.fullmatch(row) if len(row) <= MAX_SLIP else None
    if not found or not found["gap"].strip("#") or not _is_keyed(place):
        return None
    value = found["value"].strip()
    # The blanks go behind the colon, so that the value stays in its place.
    lead = f"{found['indent']}{found['name']}#{found['part']}: ".ljust(found.start("value"))
    shown = lead + (requoted(value) if needs_quotes(value) else value)
    message = "no space belongs into a reference; it is read without"
    return Slip("bad-ref", shown, Line(lead, found["value"].rstrip()), message)


def is_split_key(line: str) -> bool:
    """Whether a line may be `objective # key-result: value`."""
    return bool(_SPLIT_KEY.fullmatch(line))


def _is_keyed(place: Place) -> bool:
    """Whether the keys at a place are references."""
    field = field_of_names(place.keys)
    return field is not None and field.short in _KEYED_BY_REFS


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" \t"))


def _lone_confidence(row: str, place: Place) -> Slip | None:
    """`objective: @7`, as the terminal takes it."""
    line, field = split_line(row), field_of_names(place.keys)
    found = _CONFIDENCE.fullmatch(line.value) if line else None
    if not line or not found or not field or field.short is not Kind.VALUE:
        return None
    shown = f"{{confidence: {found['confidence']}}}"
    return Slip("yaml-syntax", line.lead + shown, line, "`@` is for the terminal; in a file it is written out")


def _missing_colon(rows: Sequence[str], number: int, where: Sequence[Place]) -> Slip | None:
    """`title Checkout time`, where a field begins."""
    line = with_colon(rows[number], fields_below(where[number].keys))
    if line is None or _is_taken(rows, number, where, line.lead):
        return None
    row = line.lead + (requoted(line.value) if needs_quotes(line.value) else line.value)
    return Slip("yaml-syntax", row, line, _COLON_MISSING.format(line.lead.strip(" -:")))


def _lone_key(rows: Sequence[str], number: int, where: Sequence[Place]) -> Slip | None:
    """A key alone in its line, without its colon, below which stand keys."""
    row, keys = rows[number], where[number].keys
    found, below = _LONE_KEY.fullmatch(row), next_row(rows, number)
    if not found or not _may_be_key(found["key"], keys) or below is None:
        return None
    if _indent(rows[below]) <= _indent(row) or not _BEGINS_KEY.match(rows[below]):
        return None
    shown = f"{row.rstrip()}:"
    if _is_taken(rows, number, where, shown):
        return None
    return Slip("yaml-syntax", shown, Line(shown, ""), _COLON_MISSING.format(found["key"]))


def _may_be_key(key: str, keys: Sequence[str]) -> bool:
    """Whether a word may be a key below some keys: a known field, or a name where names stand."""
    return key in fields_below(keys) or field_of_names(keys) is not None


def next_row(rows: Sequence[str], number: int, step: int = 1) -> int | None:
    """The next row, or the one before, that is neither blank nor a comment."""
    others = range(number + 1, len(rows)) if step > 0 else range(number - 1, -1, -1)
    return next((other for other in others if rows[other].strip() and not rows[other].lstrip().startswith("#")), None)


def with_colon(row: str, known: Collection[str]) -> Line | None:
    """A line `title Checkout time` as it would be with the colon behind its field, if it is one."""
    found = _NO_COLON.fullmatch(row)
    if not found or found["key"] not in known:
        return None
    return Line(f"{found['lead']}{found['key']}: ", found["value"].rstrip())


def _is_taken(rows: Sequence[str], number: int, where: Sequence[Place], lead: str) -> bool:
    """Whether a field stands beside a line already, so that the line may be the end of a text that lost its indent."""
    keys = where[number].keys
    for others in (range(number - 1, -1, -1), range(number + 1, len(rows))):
        for other in others:
            beside = where[other].keys
            if rows[other].strip() and not rows[other].lstrip().startswith("#") and beside[: len(keys)] != keys:
                break
            if beside == keys and rows[other].startswith(lead.rstrip()):
                return True
    return False


def _brackets(rows: Sequence[str], number: int, place: Place) -> Slip | None:
    """Fields in brackets of which one is missing, or between which stands a sign that does not separate them."""
    line = split_line(rows[number])
    goes_on = any(_indent(row) > _indent(rows[number]) for row in rows[number + 1 : number + 2] if row.strip())
    mended = _in_brackets(line, place, goes_on) if line else None
    return Slip("yaml-syntax", line.lead + mended[0], line, mended[1]) if line and mended else None


def _in_brackets(line: Line, place: Place, goes_on: bool = False) -> tuple[str, str] | None:
    """A value as fields in brackets, where these were certainly meant, and what to say; None where nothing is wrong."""
    key = line.lead.strip(" \t-").removesuffix(":").rstrip()
    is_open = line.value[:1] in _CLOSING
    opened = line.value if is_open else "" if goes_on else _with_braces(line.value, place)
    if not opened or (is_open and _is_certain(place, key, opened)):
        return None
    plain = with_plain_signs(opened)
    whole = plain if goes_on else _closed(plain)
    forms = (_with_commas(whole), *([whole, requoted(whole)] if whole != line.value else []))
    shown = next((form for form in forms if form and _is_certain(place, key, form)), "")
    if not shown:
        return None
    if opened != line.value:
        return shown, "fields beside each other stand in `{ }`; it is read as if they did"
    if whole != plain:
        return shown, f"what `{line.value[0]}` opens is not closed; it is read as if it were"
    return (
        shown,
        "only a plain comma, and a plain colon and a space, separate fields; it is read so",
    )


def _with_braces(value: str, place: Place) -> str:
    """Fields beside each other in the braces that they lack; the first may be what stands in place of all of them."""
    names = field_of_names(place.keys)
    if not names or not names.below or value[:1] in _NOT_BARE:
        return ""
    wrapped = _WRAPPED.fullmatch(value)
    inner = (wrapped["inner"] if wrapped else value).strip()
    first, *others = _BETWEEN.split(inner)
    begins = _FIELD.match(first)
    if begins and begins["name"] in names.below:
        return f"{{{inner}}}"
    short = next((name for name, field in names.below.items() if others and field.kind is names.short), "")
    is_value = (
        parse_quantity(first) is not None or first in _YES_OR_NO or (short and first in names.below[short].choices)
    )
    return f"{{{short}: {inner}}}" if short and is_value else ""


def _with_commas(value: str) -> str:
    """Fields with a comma where a semicolon stands between them; '' where that may belong to a sentence."""
    plain = _outside_quotes(_SEMICOLON, ", ", value)
    node = _composed(plain) if plain != value else None
    pairs = node.pairs if isinstance(node, yaml_tree.Mapping) else ()
    return plain if pairs and not any(key.text in PROSE for key, _ in pairs[:-1]) else ""


def with_plain_signs(value: str) -> str:
    """Fields in brackets with a plain comma and a plain colon where another sign separates them."""
    return _outside_quotes(_WIDE_COLON, r"\g<before>: ", _outside_quotes(_WIDE_COMMA, ", ", value))


def _outside_quotes(sign: re.Pattern[str], other: str, value: str) -> str:
    """A value with a sign exchanged wherever it does not stand in quotes."""
    pieces = _QUOTED.split(value)
    pieces[::2] = [sign.sub(other, piece) for piece in pieces[::2]]
    return "".join(pieces)


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


def _is_certain(place: Place, key: str, value: str) -> bool:
    """Whether a value in brackets is YAML, and what the format has at this place."""
    node = _composed(value)
    fields, names = fields_below(place.keys), field_of_names(place.keys)
    if isinstance(node, yaml_tree.Mapping):
        field = fields.get(key)
        if field and field.kind is Kind.BY_CYCLE:
            return all(
                _WORD.fullmatch(key.text) and isinstance(value, Scalar) and value.text for key, value in node.pairs
            )
        below = field.below if field and field.kind is Kind.ITEMS else names.below if names else None
        return _has_fields(node, below or ({} if key else fields))
    if isinstance(node, yaml_tree.Sequence):
        return _holds_list(fields[key], node) if key in fields else bool(names) and "#" in key
    return False


def _composed(value: str) -> Node | None:
    try:
        node, findings = compose(value)
    except YamlRefusedError:
        return None
    return None if findings else node


def has_fields(value: str, known: Collection[str]) -> bool:
    """Whether a value is YAML for some of the known fields, and for nothing else."""
    return _has_fields(_composed(value), known)


def _has_fields(node: Node | None, known: Collection[str]) -> bool:
    return isinstance(node, yaml_tree.Mapping) and bool(node.pairs) and all(key.text in known for key, _ in node.pairs)


def _holds_list(field: Field, node: yaml_tree.Sequence) -> bool:
    """Whether a field has such a list; a single text may begin with a bracket, as in `[WIP`."""
    if Kind.TEXTS in (field.kind, field.short):
        return len(node.items) > 1
    return field.kind in (Kind.WORDS, Kind.ITEMS, Kind.LIMITS)
