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
from okrsite.core.yaml_place import FIRST_FIELDS, Place, places
from okrsite.core.yaml_prose import compose_prose
from okrsite.core.yaml_quote import Line
from okrsite.core.yaml_tree import Scalar, YamlRefusedError, compose

_OPENING = re.compile(r"\s*?^---[ \t]*$\n?", re.MULTILINE)
_CLOSING = re.compile(r"^---[ \t]*$\n?", re.MULTILINE)
_OURS = re.compile(r"^<{7}(?: .*)?$", re.MULTILINE)
_THEIRS = re.compile(r"^>{7}(?: .*)?$", re.MULTILINE)
_FORGOTTEN = re.compile(
    r"\s*(?P<field>[A-Za-z_]+):(?:[ \t][^\n]*)?(?:\n(?P<below>[ \t]+\S|-[ \t]|[A-Za-z_]+:(?:\s|$)"
    r"|---[ \t]*(?:\n|$))|\n|$)"
)
_HYPHENS = r"[-\u2010-\u2015\u2212]+"
_STARS = r"\*{3,}|_{3,}"
_ALMOST = re.compile(
    rf"\s*?^(?P<line>[ \t]*(?:{_HYPHENS}|(?P<stars>{_STARS}))[ \t]*)$\n\s*(?P<field>[A-Za-z_]+):(?:\s|$)", re.MULTILINE
)
_ALMOST_CLOSING = re.compile(
    rf"^(?P<indent>[ \t]*)(?!-[ \t]*$)(?:{_HYPHENS}|{_STARS}|\.{{3}}|---[ \t]+#.*)[ \t]*$\n?", re.MULTILINE
)
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
    ours = _OURS.search(text) if "<<<<<<<" in text else None
    merging = ours if ours and _THEIRS.search(text, ours.end()) else None
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


def _has_fields(between: str, known: Table, least: int = 1) -> bool:
    """Whether known fields stand between two lines: some below which names stand, or at `least` a few of the others."""
    try:
        root, _ = compose(between)
    except YamlRefusedError:
        begun = _NAMES.match(between)
        return begun is not None and _holds_names(known, begun["field"])
    pairs = root.pairs if isinstance(root, yaml_tree.Mapping) else ()
    if any(_holds_names(known, key.text) and isinstance(value, yaml_tree.Mapping) for key, value in pairs):
        return True
    return len(pairs) >= least and all(key.text in known and not _holds_names(known, key.text) for key, _ in pairs)


def _holds_names(known: Table, field: str) -> bool:
    return field in known and known[field].kind is Kind.FIELDS


def _split(path: str, text: str, known: Table) -> tuple[str | None, int, list[Diagnostic]]:
    """The front matter with its opening line turned into a comment, so that offsets are the file's own.

    The `known` fields are meant to be read even where they stand below a heading.
    """
    opening = _OPENING.match(text)
    if not opening:
        return None, 0, _unopened(path, text, known)
    dash = text.index("---")
    closing = _CLOSING.search(text, opening.end())
    almost = _almost_closing(text, opening.end(), closing.start() if closing else None)
    end = almost or closing
    if not end:
        place = Span(path, text.count("\n", 0, dash) + 1, 1, 3)
        message = "front matter begins here and never ends"
        return None, len(text), [problem("front-matter", place, message, "put a line `---` after its last field")]
    problems = []
    if almost:
        problems = [_mistyped(path, text, almost.start(), "front matter ends with a line `---` alone")]
    rules, end, below = _second(path, text, end, known)
    head = text[: end.start()]
    for at in (dash, *rules):
        head = f"{head[:at]}#{head[at + 1 :]}"
    return head, end.end(), problems + below


def _second(
    path: str, text: str, closing: re.Match[str], known: Table
) -> tuple[list[int], re.Match[str], list[Diagnostic]]:
    """Where lines stand that part the front matter from more of its fields, where it ends then, and what to say."""
    opening = _OPENING.match(text, closing.end())
    start = opening.end() if opening else closing.end()
    end = _CLOSING.search(text, start) if known else None
    if not end or not _has_fields(text[start : end.start()], known, least=2):
        return [], closing, []
    rules = [closing.start(), *([text.index("---", closing.end())] if opening else [])]
    numbers = " and ".join(str(text.count("\n", 0, rule) + 1) for rule in rules)
    place = Lines(path, text).span(len(text) - len(text[start:].lstrip()), end.start())
    hint = f"take line{'s' if opening else ''} {numbers} away"
    message = "these fields stand below the end of the front matter"
    return rules, end, [problem("front-matter", place, message, hint)]


def _unopened(path: str, text: str, known: Table) -> list[Diagnostic]:
    """What is wrong with a file that does not begin with `---`, if it was meant to."""
    almost = _ALMOST.match(text)
    message = "front matter begins with a line `---` alone, above all other text"
    if almost and (not almost["stars"] or almost["field"] in known):
        return [_mistyped(path, text, almost.start("line"), message)]
    place = Span(path, 1, 1, len(text.split("\n", 1)[0]) or 1)
    if _is_below(text, known):
        return [problem("front-matter", place, message, _MOVE)]
    begun = _FORGOTTEN.match(text)
    if begun and (begun["below"] or begun["field"] in FIRST_FIELDS):
        message = "this looks like front matter, but the line `---` above it is missing"
        return [problem("front-matter", place, message, "put a line `---` before and after it")]
    return []


def _almost_closing(text: str, start: int, end: int | None) -> re.Match[str] | None:
    """A line that was meant to be the closing one; where there is that too, only what YAML could not have there."""
    found = _ALMOST_CLOSING.finditer(text, start, len(text) if end is None else end)
    if end is not None:
        return next((line for line in found if not line["indent"] and not line[0].startswith("...")), None)
    where: list[Place] = []
    for line in found:
        where = where or places(text.split("\n"))
        if not where[text.count("\n", 0, line.start())].is_in_block:
            return line
    return None


def _mistyped(path: str, text: str, start: int, message: str) -> Diagnostic:
    """A line that begins somewhere and ought to be `---`."""
    line = text[start:].split("\n", 1)[0]
    place = Span(path, text.count("\n", 0, start) + 1, 1, len(line))
    return problem("front-matter", place, message, f"write `---`, three hyphens alone, in place of `{line}`")
