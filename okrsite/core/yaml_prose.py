"""Prose that YAML would lose or twist: found at its place, read as typed, and shown in the quoted form to write.

Teams write `contact: #payments`, `title: Checkout: instant`, `note: >25% faster`. YAML makes a comment, an error or
nothing of them. Each such line is quoted and the text composed again, so that one slip hides neither the
rest of its file nor the next slip.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from okrsite.core.diagnostics import Diagnostic, problem
from okrsite.core.source import Lines
from okrsite.core.yaml_tree import Finding, Mapping, Node, Scalar, YamlRefusedError, compose

MAX_REPAIRS: Final = 24

_KEY = r"""(?:[^\s:'"\[\]{}#-][^:'"\[\]{}]*|"[^"]*"|'[^']*')\s*:"""
_LINE = re.compile(rf"^(?P<lead>\s*(?:-\s+)*(?:{_KEY}\s+|-\s+))(?P<value>\S.*?)\s*$")
_COMMENT = re.compile(r"(?:(?<=\s)|^)#", re.MULTILINE)
_FLOW_ITEM = re.compile(r",\s*(?=[\w-]+:(?:\s|$))")
_FLOW_PAIR = re.compile(r"(?P<key>[\w-]+:\s+)(?P<value>.*)", re.DOTALL)
_CLOSED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_INDICATORS = "#*&!>|%@`,]}?-[{\"'"
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufdd0-\ufdef\ufffe\uffff]")

_WORDS = (  # libyaml's words, and what they mean to somebody who wrote a sentence
    ("mapping values are not allowed", "a colon with a space after it begins a new key"),
    ("alias", "`*` in front means an alias"),
    ("block scalar", "`>` and `|` in front begin a block of text"),
    ("cannot start any token", "no value can begin with this sign"),
    ("block sequence entries", "`-` in front begins a list item"),
    ("did not find expected key", "there is text after a closing quote or bracket"),
    ("quoted scalar", "the quotation mark is never closed"),
)


class Typed(NamedTuple):
    """A composed front matter: its tree, what was found, and the places of the text it was composed from."""

    root: Node | None
    problems: list[Diagnostic]
    text: str
    lines: Lines
    broken: bool


def compose_prose(path: str, text: str) -> Typed:
    """Compose YAML, quoting lines that YAML would misread, until it composes or cannot be mended."""
    original = Lines(path, text)
    problems = [_unreadable(original, found.start()) for found in _UNREADABLE.finditer(text)]
    text = typed = _UNREADABLE.sub(" ", text)
    mended: set[int] = set()

    def mend(line: int, why: str) -> None:
        nonlocal text
        problems.append(_as_typed(original, typed, line, why))
        text = _quote_line(text, line)
        mended.add(line)

    while True:
        try:
            root, findings = compose(text)
        except YamlRefusedError as error:
            line = _line_to_mend(text, error, mended)
            if line is None:
                lines = Lines(path, text)
                problems.append(_located(lines, _refusal(text, error)))
                return Typed(None, problems, text, lines, broken=True)
            mend(line, error.message)
            continue
        findings += _comments(text, root) if "#" in text else []
        to_mend = {text.count("\n", 0, f.start): f for f in findings if f.code == "swallowed-text" and not f.hint}
        fresh = [line for line in to_mend if line not in mended and _split(text, line)]
        if not fresh or len(mended) >= MAX_REPAIRS:
            lines = Lines(path, text)
            problems += [_located(lines, finding) for finding in findings]
            return Typed(root, problems, text, lines, broken=False)
        for line in fresh:
            mend(line, to_mend[line].message)


def quoted(typed: str) -> str:
    """The text as a YAML string that means exactly what was typed."""
    if '"' in typed or "\\" in typed:
        return "'" + typed.replace("'", "''") + "'"
    return f'"{typed}"'


def _located(lines: Lines, finding: Finding) -> Diagnostic:
    return problem(finding.code, lines.span(finding.start, finding.end), finding.message, finding.hint)


def _unreadable(lines: Lines, at: int) -> Diagnostic:
    return problem(
        "control-character", lines.span(at, at + 1), "a character that cannot be seen or printed; read as a space"
    )


def _split(text: str, line: int) -> tuple[str, str] | None:
    """A line's lead (`- `, `key: `) and its value, if it has both; a lone comment counts as a value."""
    content = text.split("\n")[line]
    found = _LINE.match(content)
    if found:
        return found["lead"], found["value"]
    bare = content.lstrip()
    return (content[: len(content) - len(bare)], bare.rstrip()) if bare.startswith("#") else None


def _quote_line(text: str, line: int) -> str:
    lines = text.split("\n")
    parts = _split(text, line)
    if parts:
        lines[line] = parts[0] + _requoted(parts[1])
    return "\n".join(lines)


def _requoted(value: str) -> str:
    """A value in quotes; brackets and braces keep theirs and have their items quoted."""
    if value.startswith("[") and value.endswith("]") and not value.startswith("[["):
        items = (item.strip() for item in value[1:-1].split(","))
        return "[" + ", ".join(quoted(item) if item and _suspicious(item) else item for item in items) + "]"
    if value.startswith("{") and value.endswith("}"):
        pairs = (_FLOW_PAIR.fullmatch(item.strip()) for item in _FLOW_ITEM.split(value[1:-1]))
        whole = [f"{p['key']}{quoted(p['value']) if _suspicious(p['value']) else p['value']}" for p in pairs if p]
        return "{" + ", ".join(whole) + "}" if len(whole) == len(_FLOW_ITEM.split(value[1:-1])) else quoted(value)
    if value[0] == value[-1] == "'" and re.search(r"\w'\w", value[1:-1]):
        return quoted(value[1:-1])
    return quoted(value)


def _line_to_mend(text: str, error: YamlRefusedError, mended: set[int]) -> int | None:
    """The line whose value, as far as one can see, YAML stumbled over."""
    if error.code != "yaml-syntax" or len(mended) >= MAX_REPAIRS:
        return None
    unclosed = "quoted scalar" in error.message
    lines = text.split("\n")
    for line in (error.context_line,) if unclosed else (error.line, error.context_line, error.line - 1):
        if line is None or not 0 <= line < len(lines) or line in mended:
            continue
        parts = _split(text, line)
        if parts and not lines[line].lstrip().startswith("#") and (unclosed or _suspicious(parts[1])):
            return line if _requoted(parts[1]) != parts[1] else None
    return None


def _suspicious(value: str) -> bool:
    """Whether a value reads like a sentence that YAML cannot take unquoted."""
    if not value:
        return False
    first = value[0]
    if first in "\"'":
        return not _CLOSED.fullmatch(value)
    return first in _INDICATORS or ": " in value or " #" in value or value.endswith(":")


def _comments(text: str, root: Node | None) -> list[Finding]:
    """Comments that are prose in truth: `#` glued to a word, or so near that it may be meant."""
    leaves = sorted(_leaves(root), key=lambda leaf: leaf[0].start) if root else []
    findings: list[Finding] = []
    at = 0
    for found in _COMMENT.finditer(text):
        place = found.start()
        while at < len(leaves) and leaves[at][0].end <= place:
            at += 1
        if at < len(leaves) and leaves[at][0].start <= place:
            continue  # inside a quoted or block text
        if at and leaves[at - 1][1]:
            findings += _comment(text, place, leaves[at - 1][0])
    return findings


def _comment(text: str, place: int, leaf: Scalar) -> Iterator[Finding]:
    """What a comment after the value `leaf` may hide."""
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    glued = place + 1 < end and not text[place + 1].isspace() and text[place + 1] not in "#-=!"
    line_start = text.rfind("\n", 0, place) + 1
    if not text[line_start:place].strip():
        leaf_line = text[text.rfind("\n", 0, leaf.start) + 1 :]
        deeper = place - line_start > len(leaf_line) - len(leaf_line.lstrip())
        adjacent = text[leaf.end : line_start].count("\n") <= 1
        if glued and deeper and adjacent and not leaf.style:
            hint = "" if leaf.empty else "put the whole text in quotes, or a space after `#` for a comment"
            yield Finding("swallowed-text", place, end, "YAML takes this line for a comment", hint)
    elif glued:
        yield Finding("swallowed-text", place, end, "YAML takes the rest of the line for a comment")
    elif not leaf.style and text[place - 1] == " " and text[place - 2] != " ":
        yield Finding(
            "comment-after-text",
            place,
            end,
            "this is a comment and is not published",
            "quote the whole text to publish it, or put two spaces before `#` to say that a comment is meant",
        )


def _leaves(node: Node, is_value: bool = True) -> Iterator[tuple[Scalar, bool]]:
    """Every scalar of a tree with whether it is a value (else a key)."""
    if isinstance(node, Scalar):
        yield node, is_value
    elif isinstance(node, Mapping):
        for key, value in node.pairs:
            yield key, False
            yield from _leaves(value)
    else:
        for item in node.items:
            yield from _leaves(item)


def _as_typed(lines: Lines, text: str, line: int, why: str) -> Diagnostic:
    """The report for a line that was quoted, at the place where its value begins in the file."""
    start = sum(len(part) + 1 for part in text.split("\n", line)[:line])
    lead, value = _split(text, line) or ("", text.split("\n")[line])
    key = lead.strip()
    reason = next((meaning for words, meaning in _WORDS if words in why), why)
    return problem(
        "swallowed-text",
        lines.span(start + len(lead), start + len(lead) + len(value)),
        f"YAML would lose or twist this text: {reason}; it is read as typed",
        f"write `{(key + ' ') if key else ''}{_requoted(value)}`",
    )


def _refusal(text: str, error: YamlRefusedError) -> Finding:
    lines = text.split("\n")
    number = min(error.line, len(lines) - 1)
    if "quoted scalar" in error.message and error.context_line is not None:
        number = error.context_line
    line = lines[number]
    column = min(error.column, len(line)) if number == error.line else len(line) - len(line.lstrip())
    start = sum(len(part) + 1 for part in lines[:number])
    hint = ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        hint = "indent with spaces, not with tabs"
    elif error.code == "yaml-syntax":
        hint = "check the indentation here and in the line above; text with `: `, ` #` or a sign in front needs quotes"
    return Finding(error.code, start + column, max(start + column + 1, start + len(line)), error.message, hint)
