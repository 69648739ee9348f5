"""YAML as a tree of characters with places: composed once from libyaml's events, typed by nobody yet.

Hostile input is bounded here: the walk is flat, depth and size are capped, and anchors, aliases and tags are
not followed. What YAML would lose or twist is collected as findings; see `yaml_prose` for what becomes of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple

import yaml

MAX_DEPTH: Final = 20
MAX_EVENTS: Final = 5_000
_TOO_DEEP: Final = f"nested deeper than {MAX_DEPTH} levels"

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_DECIMAL_COMMA = re.compile(r"(\D{0,4}\d{1,9}),(\d{1,2}(?:[^\d,].{0,24})?)")
_SPLIT_NUMBER = re.compile(r"\d,\d{3}(?!\d)")


class Scalar(NamedTuple):
    """Text as YAML understands it; `style` is '' when written plain, else the quote or block sign."""

    text: str
    style: str
    start: int
    end: int

    @property
    def empty(self) -> bool:
        """Whether nothing was written here: YAML's null, as opposed to the words `null` and `~`."""
        return not self.text and not self.style


class Sequence(NamedTuple):
    items: tuple["Node", ...]
    flow: bool
    start: int
    end: int


class Mapping(NamedTuple):
    pairs: tuple[tuple[Scalar, "Node"], ...]
    flow: bool
    start: int
    end: int


Node = Scalar | Sequence | Mapping


class Finding(NamedTuple):
    """Something to report about a stretch of the text; quotes round its line mend `swallowed-text` without a hint."""

    code: str
    start: int
    end: int
    message: str
    hint: str = ""
    leaf: int = -1
    """Where the text begins that was cut off."""


class YamlRefusedError(Exception):
    """The text cannot be composed; `line` and `column` are where, `context_line` is where began what broke there."""

    def __init__(self, code: str, message: str, line: int, column: int, context_line: int | None = None) -> None:
        super().__init__(message)
        self.code, self.message = code, message
        self.line, self.column, self.context_line = line, column, context_line


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    mapping: bool
    flow: bool
    start: int
    children: list[Node]


def compose(text: str) -> tuple[Node | None, list[Finding]]:
    """The tree of one YAML document and what was noticed on the way.

    Raises YamlRefusedError when the text is not YAML or exceeds the limits.
    """
    findings: list[Finding] = []
    stack: list[_Open] = []
    root: Node | None = None
    for event in _events(text):
        kind = type(event)
        if kind is yaml.ScalarEvent:
            node: Node = _scalar(event, text, findings)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            start = event.start_mark.index
            if event.anchor or event.tag:
                message, hint = "YAML's anchors and tags are not read", "leave it out, or quote the whole text"
                findings.append(Finding("swallowed-text", start, event.end_mark.index, message, hint))
            if len(stack) == MAX_DEPTH:
                raise _too_much("yaml-depth", _TOO_DEEP, event)
            stack.append(_Open(kind is yaml.MappingStartEvent, bool(event.flow_style), start, []))
            continue
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            node = _close(stack.pop(), event.end_mark.index, text, findings)
        elif kind is yaml.AliasEvent:
            start, end = event.start_mark.index, event.end_mark.index
            findings.append(_swallowed(start, end, "YAML takes this for an alias"))
            node = Scalar(text[start:end], "*", start, end)
        elif kind is yaml.DocumentStartEvent and root is not None:
            raise _too_much("yaml-syntax", "a second YAML document begins here", event)
        else:
            continue
        if stack:
            stack[-1].children.append(node)
        else:
            root = node
    return root, findings


def _events(text: str) -> Iterator[Any]:
    """libyaml's events, its errors turned into one class and their number capped."""
    count = 0
    try:
        # Made inside: libyaml refuses some characters as soon as it is handed the text.
        loader = yaml.CSafeLoader(text)
        try:
            following = loader.get_event
            while (event := following()) is not None:
                count += 1
                if count > MAX_EVENTS:
                    raise _too_much("yaml-size", f"more than {MAX_EVENTS:,} YAML items in one file", event)
                yield event
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        context = error.context_mark.line if error.context_mark else None
        line, column = (mark.line, mark.column) if mark else (0, 0)
        if "nesting" in str(error.problem):  # newer libyaml has a limit of its own and looks ahead of the events
            raise YamlRefusedError("yaml-depth", _TOO_DEEP, line, column) from None
        raise YamlRefusedError("yaml-syntax", _in_words(error), line, column, context) from None
    except yaml.reader.ReaderError as error:
        position = error.position if isinstance(error.position, int) else 0
        before = text[:position]
        raise YamlRefusedError(
            "yaml-syntax",
            "a control character that YAML does not allow",
            before.count("\n"),
            position - before.rfind("\n") - 1,
        ) from None


def _too_much(code: str, message: str, event: Any) -> YamlRefusedError:
    return YamlRefusedError(code, message, event.start_mark.line, event.start_mark.column)


def _in_words(error: yaml.MarkedYAMLError) -> str:
    """libyaml's complaint as one sentence."""
    problem = str(error.problem or "not YAML")
    context = f" {error.context}" if error.context else ""
    return f"YAML does not understand this: {problem}{context}"


def _swallowed(start: int, end: int, why: str) -> Finding:
    return Finding("swallowed-text", start, end, why)


def _scalar(event: Any, text: str, findings: list[Finding]) -> Scalar:
    start, end = event.start_mark.index, event.end_mark.index
    style = event.style
    if not style and not event.anchor and not event.tag and "\\" not in event.value:
        return Scalar(event.value, "", start, end)
    style = event.style if event.style and event.style in "'\"|>" else ""
    if event.anchor or event.tag:
        findings.append(_swallowed(start, end, "YAML takes this for an anchor or a tag"))
    if style in "|>" and style and not event.value:
        header = text[start:].split("\n", 1)[0].rstrip()
        if len(header) > 1 and header[1:].strip("+-"):
            findings.append(_swallowed(start, start + len(header), "YAML takes this for the head of a block of text"))
    if style in "\"'" and style and "\n" in text[start:end] and _runs_on(text, start, end):
        line_end = text.index("\n", start)
        findings.append(_swallowed(start, line_end, "the quotation mark is closed only in a later field"))
    if style == '"' and "\\" in text[start:end] and _UNSEEN.search(event.value):
        findings.append(
            Finding(
                "yaml-escape",
                start,
                end,
                "in double quotes a backslash begins an escape, so this holds a control character or a line break",
                "use single quotes to keep the backslash",
            )
        )
    return Scalar(_CONTROLS.sub("\ufffd", event.value) if "\\" in text[start:end] else event.value, style, start, end)


def _runs_on(text: str, start: int, end: int) -> bool:
    """Whether a text in quotes goes on in a line that is not indented deeper than the line in which it begins."""
    first, *others = text[text.rfind("\n", 0, start) + 1 : end].split("\n")
    indent = len(first) - len(first.lstrip())
    return any(line.strip() and len(line) - len(line.lstrip()) <= indent for line in others)


def _close(opened: _Open, end: int, text: str, findings: list[Finding]) -> Node:
    if not opened.mapping:
        items = tuple(opened.children)
        if opened.flow:
            _find_split_numbers(items, text, findings)
        return Sequence(items, opened.flow, opened.start, end)
    pairs: list[tuple[Scalar, Node]] = []
    seen: dict[str, tuple[Scalar, Node]] = {}
    for key, value in zip(opened.children[::2], opened.children[1::2], strict=True):
        if not isinstance(key, Scalar):
            findings.append(Finding("yaml-key", key.start, key.end, "a key must be a word, not a list or a mapping"))
            continue
        if opened.flow and pairs and _has_no_colon(key, value, text):
            _rejoin(pairs, key, text, findings)
            continue
        if key.text in seen:
            findings.append(_written_twice(seen[key.text], (key, value), text))
            continue
        seen[key.text] = key, value
        pairs.append((key, value))
    return Mapping(tuple(pairs), opened.flow, opened.start, end)


def _written_twice(first: tuple[Scalar, Node], second: tuple[Scalar, Node], text: str) -> Finding:
    """What to say of a key that stands there already; the lines below both can stand below one."""
    key, _ = second
    line = text.count("\n", 0, first[0].start) + 1
    message = f"`{key.text}` is written twice; the first, in line {line}, is kept"
    hint = "remove or rename one of the two"
    if _go_together(first[1], second[1], text):
        hint = f"put the lines below it to the end of those below line {line}, and take this line away"
    return Finding("duplicate-key", key.start, key.end, message, hint)


def _go_together(one: Node, two: Node, text: str) -> bool:
    """Whether the lines of two values can stand below each other."""
    if isinstance(one, Scalar) or isinstance(two, Scalar) or type(one) is not type(two) or one.flow or two.flow:
        return False
    return one.start - text.rfind("\n", 0, one.start) == two.start - text.rfind("\n", 0, two.start)


def _has_no_colon(key: Scalar, value: Node, text: str) -> bool:
    return isinstance(value, Scalar) and value.empty and ":" not in text[key.end : value.start + 1]


def _rejoin(pairs: list[tuple[Scalar, Node]], key: Scalar, text: str, findings: list[Finding]) -> None:
    """Put back together what a comma in `{value: 1,200}` split."""
    name, value = pairs[-1]
    if not isinstance(value, Scalar) or value.style:
        findings.append(Finding("yaml-key", key.start, key.end, f"`{key.text}` has no value", "write `key: value`"))
        return
    whole = text[value.start : key.end]
    decimal = name.text in ("value", "baseline", "target") and _DECIMAL_COMMA.fullmatch(whole)
    meant = f"{decimal[1]}.{decimal[2]}" if decimal else f'"{whole}"'
    pairs[-1] = (name, Scalar(whole, "", value.start, key.end))
    findings.append(
        Finding(
            "comma-split",
            value.start,
            key.end,
            "inside `{ }` YAML ends a value at a comma",
            f"write `{name.text}: {meant}`",
        )
    )


def _find_split_numbers(items: tuple[Node, ...], text: str, findings: list[Finding]) -> None:
    for left, right in pairwise(items):
        if isinstance(left, Scalar) and isinstance(right, Scalar) and not left.style and not right.style:
            between = text[left.end : right.start]
            joint = text[left.end - 1 : right.start + 4]
            if between == "," and _SPLIT_NUMBER.match(joint):
                both = text[left.start : right.end]
                findings.append(
                    Finding(
                        "comma-split",
                        left.start,
                        right.end,
                        "inside `[ ]` a comma separates: this is read as two items",
                        f'write `"{both}"` for one number, `{left.text}, {right.text}` for two',
                    )
                )
