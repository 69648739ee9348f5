"""Lines of front matter that say exactly what somebody typed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from okrsite.core.drafts import CannotDraftError
from okrsite.core.source import with_newlines
from okrsite.core.text import Text
from okrsite.core.yaml_prose import UNREADABLE
from okrsite.core.yaml_quote import needs_quotes, quoted

INDENT: Final = "  "
_NEGATIVE: Final = re.compile(r"-[0-9][^:#,\[\]{}]*")
_FLOW_SIGNS: Final = re.compile(r"[,\[\]{}:]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_MARKED: Final = re.compile(r"[-=]{3}|\.{3}")

Value = str | Text | Sequence["Value"] | Mapping[str, "Value"]
"""What a field may hold: a text, one in several languages, a list, or fields of its own."""


def cleaned(typed: str, what: str) -> str:
    """A text as it can be stored, with `\\n` between its lines and no blanks at its end.

    Raises CannotDraftError when it holds what no content file can.
    """
    text = with_newlines(typed).rstrip()
    if _SURROGATE.search(text):
        raise CannotDraftError(f"{what} is not UTF-8 text")
    found = UNREADABLE.search(text)
    if found:
        raise CannotDraftError(f"{what} holds a character that cannot be printed, U+{ord(found[0]):04X}; leave it out")
    return text


def scalar(text: str, *, flow: bool = False) -> str:
    """A text of one line as a YAML value, in quotes where YAML would read something else; `flow` inside brackets."""
    bare = text and text == text.strip() and text.isprintable() and text[0] not in "\"'" and not _MARKED.match(text)
    safe = bare and (_NEGATIVE.fullmatch(text) or not needs_quotes(text)) and not (flow and _FLOW_SIGNS.search(text))
    return text if safe else quoted(text)


def listed(texts: Iterable[str]) -> str:
    """Texts of one line each as a YAML list in one line."""
    return f"[{', '.join(scalar(text, flow=True) for text in texts)}]"


def field(key: str, value: Value, depth: int) -> list[str]:
    """The lines of one field; `depth` counts the levels of indentation. Nothing is written for nothing."""
    lead = f"{INDENT * depth}{scalar(key)}:"
    if isinstance(value, Text):
        if len(value.versions) == 1 and not value.versions[0][0]:
            return field(key, value.source, depth)
        versions = {language: storable(prose.source) for language, prose in value.versions}
        return fields(key, versions, depth)
    if isinstance(value, str):
        text = storable(value)
        if not text.strip():
            return []
        return [f"{lead} {scalar(text)}"] if "\n" not in text else _block(lead, text, depth)
    if isinstance(value, Mapping):
        return fields(key, value, depth)
    items = [line for item in value for line in _item(item, depth + 1)]
    return [lead, *items] if items else []


def fields(key: str, values: Mapping[str, Value], depth: int) -> list[str]:
    """A field with fields of its own."""
    lines = [line for name, value in values.items() for line in field(name, value, depth + 1)]
    return [f"{INDENT * depth}{scalar(key)}:", *lines] if lines else []


def item(lines: Sequence[str], depth: int) -> list[str]:
    """Lines that are indented one level deeper than a depth, as one item of a list at that depth."""
    return [f"{INDENT * depth}- {lines[0].lstrip()}", *lines[1:]] if lines else []


def _item(value: Value, depth: int) -> list[str]:
    if isinstance(value, Text) and not value.versions[0][0]:
        value = value.source
    if isinstance(value, str):
        text = storable(value)
        lead = f"{INDENT * depth}-"
        return [] if not text.strip() else [f"{lead} {scalar(text)}"] if "\n" not in text else _block(lead, text, depth)
    # What is below a key is what is below a dash.
    return item(field("x", value, depth)[1:], depth)


def _block(lead: str, text: str, depth: int) -> list[str]:
    """A text of several lines, as it stands, below its key."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    indented = not body or body[0].isspace()
    sign = "|" + (str(len(INDENT)) if indented else "") + ("-" if not ends else "" if ends == 1 else "+")
    lines = body.split("\n") + [""] * max(0, ends - 1)
    return [f"{lead} {sign}", *(f"{INDENT * (depth + 1)}{line}" if line else "" for line in lines)]


def storable(text: str) -> str:
    """A text out of a file, with blanks for what no front matter can hold, as the parser itself would read it."""
    return _SURROGATE.sub("\ufffd", UNREADABLE.sub(" ", text))


def comment(words: str, depth: int) -> str:
    """A comment in one line."""
    return f"{INDENT * depth}# {' '.join(storable(words).split())}"


def document(lines: Iterable[str], body: str = "") -> str:
    """A content file of front matter and body."""
    text = "\n".join(("---", *lines, "---", ""))
    return f"{text}\n{body.rstrip()}\n" if body.strip() else text
