"""One line of YAML as its author meant it: where its value begins, whether it needs quotes, how it looks with them."""

import re
from typing import NamedTuple

# A key has no sign in front that would make it something else; blanks belong to it, so that matching stays linear.
_KEY = r"(?:[^\s:'\"\[\]{}#*&!|>%@`,?-][^:'\"\[\]{}\n]*|\"[^\"\n]*\"[ \t]*|'[^'\n]*'[ \t]*):"
_LINE = re.compile(rf"(?P<lead>[ \t]*(?:-[ \t]+)*(?:{_KEY}[ \t]+|-[ \t]+))(?P<value>[^ \t\n].*)")
_NO_SPACE = re.compile(
    r"(?P<lead>[ \t]*(?:-[ \t]+)*)(?P<key>[A-Za-z_][\w-]*|[\w-]+#[\w-]+)(?:：|:(?=[^ \t/]))(?P<value>.*)"
)
_FLOW_ITEM = re.compile(r",[ \t]*(?=[\w-]+:(?:[ \t]|$))")
_FLOW_PAIR = re.compile(r"(?P<key>[\w-]+:[ \t]+)(?P<value>.*)")
_CLOSED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_CLOSED_ITEM = re.compile(r"(?P<text>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')[ \t]*,")
_UNCLOSED = re.compile(r"\"(?P<double>[^\"\\]+?)(?:(?<=[^\Ws])')?|'(?P<single>[^\w\s'\"][^'\"]*)")
_NEEDS_QUOTES = re.compile(r":[ \t]|[ \t]#|:$")
_SIGNS = frozenset("#*&!>|%@`,]}?-[{\"'")
_PAIRS = {"[": "]", "{": "}"}


class Line(NamedTuple):
    """A line's lead (`- `, `key: `, or blanks alone) and the value behind it, blanks at its end left out."""

    lead: str
    value: str


def split_line(line: str) -> Line | None:
    """A line's lead and value; a line that is only a comment counts as a value, other bare lines have none."""
    found = _LINE.fullmatch(line)
    if found:
        return Line(found["lead"], found["value"].rstrip())
    bare = line.lstrip(" \t")
    return Line(line[: len(line) - len(bare)], bare.rstrip()) if bare.startswith("#") else None


def spaced(line: str) -> Line | None:
    """A line `key:value` or `key：value` as it would be with its colon and space, if it is one."""
    found = _NO_SPACE.fullmatch(line)
    return Line(f"{found['lead']}{found['key']}: ", found["value"].strip()) if found else None


def quoted(typed: str) -> str:
    """The text as a YAML string that means exactly what was typed."""
    if '"' in typed or "\\" in typed:
        return "'" + typed.replace("'", "''") + "'"
    return f'"{typed}"'


def with_closed_quotes(value: str) -> str:
    """A text of which one quotation mark is missing or wrong, or behind which stands a comma, as it was meant; else ''.

    An apostrophe may begin a word, and end one in `s`.
    """
    item, unclosed = _CLOSED_ITEM.fullmatch(value), _UNCLOSED.fullmatch(value)
    if item:
        return item["text"]
    return quoted(unclosed["double"] or unclosed["single"]) if unclosed else ""


def requoted(value: str) -> str:
    """A value in quotes; a list or mapping in brackets keeps them and has its items quoted."""
    value = value.strip()
    if closed := with_closed_quotes(value):
        return closed
    if is_one_bracket(value) and not value.startswith("[["):
        inner = value[1:-1]
        if value.startswith("["):
            return "[" + ", ".join(map(_item, _items(inner))) + "]"
        if fields := _fields(inner):
            return fields
    if len(value) > 2 and value[0] == value[-1] == "'" and re.search(r"\w'\w", value[1:-1]):
        return quoted(value[1:-1])
    return quoted(value)


def _items(inner: str) -> list[str]:
    """What stands between the commas of a list; those within `{ }` separate fields of one item."""
    items: list[str] = []
    depth = 0
    for piece in inner.split(","):
        if depth:
            items[-1] += f",{piece}"
        else:
            items.append(piece)
        depth += piece.count("{") - piece.count("}")
        if depth < 0:
            break
    return [item.strip() for item in (inner.split(",") if depth else items)]


def _item(item: str) -> str:
    """An item of a list, in quotes where it needs them; fields in `{ }` have theirs quoted."""
    fields = _fields(item[1:-1]) if item.startswith("{") and is_one_bracket(item) else ""
    return fields or (quoted(item) if needs_quotes(item) else item)


def _fields(inner: str) -> str:
    """What stands within `{ }`, its values in quotes where they need them; '' when it is not all `key: value`."""
    pairs = [_FLOW_PAIR.fullmatch(item.strip()) for item in _FLOW_ITEM.split(inner)]
    if not all(pairs):
        return ""
    texts = ((pair["key"], pair["value"].strip()) for pair in pairs if pair)
    return "{" + ", ".join(key + (quoted(text) if _splits(text) else text) for key, text in texts) + "}"


def _splits(text: str) -> bool:
    """Whether a value within `{ }` needs quotes, as it does for a comma."""
    return needs_quotes(text) or ("," in text and text[0] not in "\"'")


def needs_quotes(value: str) -> bool:
    """Whether a value reads like a sentence that YAML cannot take as it stands."""
    value = value.strip()
    if not value:
        return False
    if value[0] in "\"'":
        return not _CLOSED.fullmatch(value)
    return value[0] in _SIGNS or bool(_NEEDS_QUOTES.search(value))


def is_one_bracket(value: str) -> bool:
    """Whether a value is one list or mapping in brackets: what opens first closes last."""
    if value[:1] not in _PAIRS or value[-1:] != _PAIRS[value[0]]:
        return False
    depth = 0
    for number, sign in enumerate(value):
        depth += (sign in _PAIRS) - (sign in "]}")
        if not depth:
            return number == len(value) - 1
    return False
