"""One line of YAML as its author meant it: where its value begins, whether it needs quotes, how it looks with them."""

import re
from typing import NamedTuple

from okrsite.core.yaml_tree import MAX_DEPTH

# A key has no sign in front that would make it something else; blanks belong to it, so that matching stays linear.
_KEY = r"(?:[^\s:'\"\[\]{}#*&!|>%@`,?-][^:'\"\[\]{}\n]*|\"[^\"\n]*\"[ \t]*|'[^'\n]*'[ \t]*):"
_LINE = re.compile(rf"(?P<lead>[ \t]*(?:-[ \t]+)*(?:{_KEY}[ \t]+|-[ \t]+))(?P<value>[^ \t\n].*)")
_NO_SPACE = re.compile(
    r"(?P<lead>[ \t]*(?:-[ \t]+)*)(?P<key>[A-Za-z_][\w-]*|[\w-]+#[\w-]+)(?:：|:(?=[^ \t/]))(?P<value>.*)"
)
_SEPARATOR = re.compile(r"(?:^|:[ \t]|(?P<sign>[\[\]{},]))[ \t]*(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^']|'')*+')?")
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
    if bracketed := _bracketed(value):
        return bracketed
    if len(value) > 2 and value[0] == value[-1] == "'" and re.search(r"\w'\w", value[1:-1]):
        return quoted(value[1:-1])
    return quoted(value)


def _bracketed(value: str, depth: int = 0) -> str:
    """A list or fields in brackets with what stands in them in quotes where it needs them; '' where it is neither."""
    if depth > MAX_DEPTH or not is_one_bracket(value) or value.startswith("[["):
        return ""
    items = _items(value[1:-1])
    if value.startswith("["):
        return "[" + ", ".join(_item(item.strip(), depth) for item in items) + "]"
    pairs: list[list[str]] = []
    for item in items:
        if found := _FLOW_PAIR.fullmatch(item.strip()):
            pairs.append([found["key"], found["value"]])
        elif pairs:
            pairs[-1][1] += f",{item}"  # its comma belongs to the text before
        else:
            return ""
    return "{" + ", ".join(key + _item(text.strip(), depth) for key, text in pairs) + "}"


def _items(inner: str) -> list[str]:
    """What stands between commas, those in further brackets or in quotes left alone."""
    items: list[str] = []
    depth = at = 0
    for found in _SEPARATOR.finditer(inner):
        sign = found["sign"]
        if sign == "," and not depth:
            items.append(inner[at : found.start("sign")])
            at = found.end("sign")
        depth += (sign in _PAIRS) - (sign in _PAIRS.values())
    return inner.split(",") if depth else [*items, inner[at:]]


def _item(text: str, depth: int) -> str:
    """What stands in brackets, in quotes where it needs them."""
    return _bracketed(text, depth + 1) or (quoted(text) if _splits(text) else text)


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
