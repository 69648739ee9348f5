"""Entries added to a file that exists: every other byte of it stays, its comments and line ends too."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from okrsite.core.diagnostics import Diagnostic, Severity
from okrsite.core.drafts import CannotDraftError
from okrsite.core.drafts.lines import INDENT
from okrsite.core.frontmatter import Document, read_document
from okrsite.core.model import AnyFile
from okrsite.core.parse import parse_document
from okrsite.core.source import SourceFile, Span, with_newlines
from okrsite.core.text import Prose
from okrsite.core.yaml_tree import Mapping, Node, Scalar

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BREAK: Final = re.compile(r"\r\n|\r|\n")


def as_read(raw: str) -> str:
    """The text of a file as it is read: without a byte order mark, with `\\n` between lines."""
    return with_newlines(raw.removeprefix("\ufeff"))


def insert_entries(source: SourceFile, raw: str, key: str, lines: Sequence[str]) -> str:
    """The raw text of a file with entries added at the end of one of its top-level mappings.

    `lines` are indented as below a key at the margin. Raises CannotDraftError when there is no place for them.
    """
    document, _ = read_document(replace(source, text=as_read(raw)))
    if document.broken:
        raise CannotDraftError(f"the front matter of {source.path} cannot be read; see `okrsite check {source.path}`")
    rows = as_read(raw).split("\n")
    closing = _closing_row(document, rows)
    if closing is None:
        raise CannotDraftError(f"{source.path} has no front matter to add to; put two lines `---` at its head")
    found = next(((name, node) for name, node in document.root.pairs if name.text == key), None)
    if found is None:
        return _put(raw, closing, [f"{key}:", *lines])
    name, node = found
    if isinstance(node, Scalar) and node.empty:
        return _put(raw, document.lines.span(name.start, name.end).line, lines)
    if not isinstance(node, Mapping) or node.flow or not node.pairs:
        raise CannotDraftError(
            f"`{key}` in {source.path} is not written with one entry a line; write it so, or add the entry by hand"
        )
    indent = document.lines.span(node.pairs[0][0].start, node.pairs[0][0].end).column - 1
    row = _end_row(document, node, indent, rows)
    return _put(raw, row, [" " * indent + line.removeprefix(INDENT) if line else "" for line in lines])


def append_body(raw: str, text: str) -> str:
    """The raw text of a file with a paragraph after all that it says."""
    end = "" if raw.endswith(("\n", "\r")) else "\n"
    return raw + _with_breaks(f"{end}\n{text.rstrip()}\n", raw)


def _put(raw: str, row: int, lines: Iterable[str]) -> str:
    """A raw text with lines before one of its rows, counted from 0."""
    rows = _LINE.findall(raw)
    return "".join(rows[:row]) + _with_breaks("".join(f"{line}\n" for line in lines), raw) + "".join(rows[row:])


def _with_breaks(text: str, raw: str) -> str:
    """A text with the line ends that a file has most."""
    common = Counter(_BREAK.findall(raw)).most_common(1)
    return text.replace("\n", common[0][0]) if common else text


def _closing_row(document: Document, rows: Sequence[str]) -> int | None:
    """The row of the line `---` that ends the front matter."""
    body = document.body_line - 1
    return next((row for row in (body - 1, body) if 0 < row < len(rows) and rows[row].rstrip() == "---"), None)


def _end_row(document: Document, node: Node, indent: int, rows: Sequence[str]) -> int:
    """The row after the last of a mapping, with the comments that belong to its last entry."""
    last = _last_leaf(node)
    at = row = document.lines.span(max(last.start, last.end - 1), last.end).line
    while at < len(rows):
        bare = rows[at].lstrip(" ")
        at += 1
        if bare.startswith("#") and len(rows[at - 1]) - len(bare) > indent:
            row = at
        elif bare:
            break
    return row


def _last_leaf(node: Node) -> Scalar:
    """What ends last in a node: a scalar, or a collection that ends with a bracket."""
    while not isinstance(node, Scalar):
        if node.flow:
            return Scalar("", "", node.start, node.end)
        node = node.pairs[-1][1] if isinstance(node, Mapping) else node.items[-1]
    return node


# --- nothing else has changed -------------------------------------------------------------------------------------


def check_added(source: SourceFile, before: str, after: str, added: "Counter[str]", story: str = "") -> None:
    """Hold that a file says what it said, so many entries more in some fields, and a story after its body.

    Raises CannotDraftError when it would not.
    """
    texts = [replace(source, text=as_read(text)) for text in (before, after)]
    old, new = map(parse_document, texts)
    said, says = _meaning_of(old.file), _meaning_of(new.file)
    bodies = [read_document(text)[0].body.strip() for text in texts]
    same = bodies[1] == f"{bodies[0]}\n\n{story}".strip()
    for name, value in said.items():
        if name in added:
            same &= says[name][: len(value)] == value and len(says[name]) == len(value) + added[name]
        else:
            same &= says[name] == value
    if not (old.file and same) or _errors(new.problems) - _errors(old.problems):
        raise CannotDraftError(
            f"adding to {source.path} would change something else in it; nothing was written, add the entry by hand"
        )


def _errors(problems: Iterable[Diagnostic]) -> "Counter[str]":
    return Counter(problem.code for problem in problems if problem.severity is Severity.ERROR)


def _meaning_of(file: AnyFile | None) -> dict[str, Any]:
    """The fields of a file but for its body and the lists of what stands in them."""
    derived = ("marks", "languages", "body")
    return {f.name: _meaning(getattr(file, f.name)) for f in fields(file) if f.name not in derived} if file else {}


def _meaning(value: object) -> object:
    """A value without the places at which it stood."""
    if isinstance(value, Span):
        return None
    if isinstance(value, Prose):
        return value.source
    if is_dataclass(value):
        return type(value).__name__, *(_meaning(getattr(value, f.name)) for f in fields(value))
    if isinstance(value, tuple):
        return tuple(map(_meaning, value))
    return value
