"""A content file's two halves: front matter (YAML between `---` lines) and body (Markdown)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import pairwise

from okrsite.core import yaml_tree
from okrsite.core.diagnostics import Diagnostic, problem
from okrsite.core.format import FILES, Kind, Table
from okrsite.core.source import Lines, SourceFile, Span
from okrsite.core.yaml_prose import compose_prose
from okrsite.core.yaml_quote import Line
from okrsite.core.yaml_tree import Scalar, YamlRefusedError, compose

_OPENING = re.compile(r"\s*?^---[ \t]*$\n?", re.MULTILINE)
_CLOSING = re.compile(r"^---[ \t]*$\n?", re.MULTILINE)
_MERGING = re.compile(r"^<{7}(?: .*)?$(?=[\s\S]*^>{7}(?: .*)?$)", re.MULTILINE)
_FORGOTTEN = re.compile(r"\s*[A-Za-z_]+:(\s|$)")
_ALMOST = re.compile(r"\s*?^(?P<line>[ \t]*[-\u2010-\u2015\u2212]+[ \t]*)$\n\s*[A-Za-z_]+:(?:\s|$)", re.MULTILINE)
_NO_FIELD = r"(?:[ \t]*(?:#.*)?\n)*"
_NAMES = re.compile(rf"{_NO_FIELD}(?P<field>[a-z_]+):[ \t]*(?:#.*)?\n{_NO_FIELD}[ \t]+[^\s:]+:(?:\s|$)")
_MOVE = "make `---` the first line; what stands above it belongs below the second `---`"


@dataclass(frozen=True, slots=True)
class Document:
    """A file read as front matter and body; `text` has the file's lines, with mended front matter."""

    path: str
    root: yaml_tree.Mapping
    text: str
    lines: Lines
    body: str
    body_line: int
    mended: Mapping[int, Line]
    """The lines of the front matter that were quoted, counted from 0, as they were typed."""
    broken: bool
    """Whether the front matter could not be read at all, so that what it defines is unknown."""


def read_document(source: SourceFile) -> tuple[Document, list[Diagnostic]]:
    """Split a file and compose its front matter; never fails, the worst case is an empty front matter."""
    text = source.text or ""
    empty = yaml_tree.Mapping((), False, 0, 0)
    if source.text is None:
        return Document(source.path, empty, text, Lines(source.path, text), "", 1, {}, broken=True), []
    merging = _MERGING.search(text) if "<<<<<<<" in text else None
    head, body_start, problems = _split(source.path, text, _team_fields(source.place))
    if merging:
        unfinished = _unfinished(source.path, text, merging)
        if merging.start() < body_start:
            return Document(source.path, empty, text, Lines(source.path, text), "", 1, {}, broken=True), [unfinished]
        problems.append(unfinished)
    body = text[body_start:]
    body_line = text.count("\n", 0, body_start) + 1
    if head is None:
        lines = Lines(source.path, text)
        return Document(source.path, empty, text, lines, body, body_line, {}, bool(problems)), problems
    typed = compose_prose(source.path, head)
    problems += typed.problems
    root = typed.root
    if isinstance(root, Scalar) and root.empty:
        root = None
    if root is not None and not isinstance(root, yaml_tree.Mapping):
        span = typed.lines.span(root.start, root.end)
        problems.append(problem("front-matter", span, "front matter must be `key: value` lines", _hint(root)))
        root = None
    return Document(
        source.path, root or empty, typed.text, typed.lines, body, body_line, typed.mended, typed.broken
    ), problems


def _unfinished(path: str, text: str, merging: re.Match[str]) -> Diagnostic:
    """Two versions of some lines, one below the other, as git leaves them."""
    place = Span(path, text.count("\n", 0, merging.start()) + 1, 1, len(merging[0]))
    message = "two versions of this text were merged, and nobody has said yet which one stands"
    hint = "keep the lines that are right, and take out the others and the lines `<<<<<<<`, `=======` and `>>>>>>>`"
    return problem("unfinished-merge", place, message, hint)


def _hint(root: object) -> str:
    if isinstance(root, Scalar) and ":" in root.text:
        return "a space is needed after the colon: `key: value`"
    return ""


def _team_fields(place: str) -> Table:
    """The fields of a file of a team; none for other files, in which fields below a heading may be an example."""
    if not place.startswith("teams/"):
        return {}
    return next((table for pattern, table in FILES.values() if _lies_at(place, pattern)), {})


def _lies_at(place: str, pattern: str) -> bool:
    return fnmatchcase(place, pattern) and place.count("/") == pattern.count("/")


def _is_below(text: str, known: Table) -> bool:
    """Whether front matter stands below other text: known fields between two lines `---`, and no sentences."""
    rules = list(_CLOSING.finditer(text)) if known else []
    return any(_has_fields(text[rule.end() : closing.start()], known) for rule, closing in pairwise(rules))


def _has_fields(between: str, known: Table) -> bool:
    try:
        root, _ = compose(between)
    except YamlRefusedError:
        begun = _NAMES.match(between)
        return begun is not None and _holds_names(known, begun["field"])
    pairs = root.pairs if isinstance(root, yaml_tree.Mapping) else ()
    if any(_holds_names(known, key.text) and isinstance(value, yaml_tree.Mapping) for key, value in pairs):
        return True
    return bool(pairs) and all(key.text in known and not _holds_names(known, key.text) for key, _ in pairs)


def _holds_names(known: Table, field: str) -> bool:
    return field in known and known[field].kind is Kind.FIELDS


def _split(path: str, text: str, known: Table) -> tuple[str | None, int, list[Diagnostic]]:
    """The front matter with its opening line turned into a comment, so that offsets are the file's own.

    The `known` fields are meant to be read even where they stand below a heading.
    """
    opening = _OPENING.match(text)
    if not opening:
        almost = _ALMOST.match(text)
        if almost or _is_below(text, known):
            row = text.count("\n", 0, almost.start("line")) if almost else 0
            line = text.split("\n", row + 1)[row]
            place = Span(path, row + 1, 1, len(line) or 1)
            message = "front matter begins with a line `---` alone, above all other text"
            hint = f"write `---`, three hyphens alone, in place of `{line}`" if almost else _MOVE
            return None, 0, [problem("front-matter", place, message, hint)]
        if _FORGOTTEN.match(text):
            place = Span(path, 1, 1, len(text.split("\n", 1)[0]) or 1)
            message = "this looks like front matter, but the line `---` above it is missing"
            return None, 0, [problem("front-matter", place, message, "put a line `---` before and after it")]
        return None, 0, []
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        place = Span(path, text.count("\n", 0, text.index("---")) + 1, 1, 3)
        message = "front matter begins here and never ends"
        return None, len(text), [problem("front-matter", place, message, "put a line `---` after its last field")]
    dash = text.index("---")
    return text[:dash] + "#" + text[dash + 1 : closing.start()], closing.end(), []
