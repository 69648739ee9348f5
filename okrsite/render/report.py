"""Problem reports: one place, one sentence, the line, and what to do; for people and for programs."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from okrsite.core.diagnostics import Diagnostic, Severity

_COLOURS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.HINT: "36"}
_MAX_FRAME: Final = 160
_COMMAND: Final = re.compile(r"##(?=\w*\[)")


def render_report(problems: Iterable[Diagnostic], texts: Mapping[str, str], *, colour: bool) -> str:
    """The problems as text, each with its line and a mark under the place; `texts` holds sources by path."""
    lines = {path: text.split("\n") for path, text in texts.items()}
    return "".join(_one(item, lines.get(item.span.path, []), colour) for item in problems)


def summary(problems: Iterable[Diagnostic]) -> str:
    """How many problems there are, in words."""
    counts = dict.fromkeys(Severity, 0)
    for item in problems:
        counts[item.severity] += 1
    words = [f"{n} {name}{'' if n == 1 else 's'}" for name, n in counts.items() if n]
    return ", ".join(words) or "no problems"


def printable(text: str) -> str:
    """A text in which nothing can move the cursor, hide, or turn round: such characters are spelled out.

    Nor can it be a command to a CI system that reads logs: some look for `##word[` anywhere in a line.
    """
    text = _COMMAND.sub(r"#\\x23", text)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _escape(c) for c in text)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _one(item: Diagnostic, lines: list[str], colour: bool) -> str:
    span = item.span
    label = f"{item.severity}[{item.code}]"
    if colour:
        label = f"\033[1;{_COLOURS[item.severity]}m{label}\033[0m"
    text = f"{printable(span.path)}:{span.line}:{span.column}: {label}: {printable(item.message)}\n"
    if 0 < span.line <= len(lines) and lines[span.line - 1].strip():
        text += _frame(lines[span.line - 1], span.line, span.column, span.width)
    if item.hint:
        text += f"   hint: {printable(item.hint)}\n"
    return text


def _frame(line: str, number: int, column: int, width: int) -> str:
    """The line with marks under the place; long lines are cut around it."""
    start = max(0, column - 1 - _MAX_FRAME // 2) if len(line) > _MAX_FRAME else 0
    shown = line[start : start + _MAX_FRAME].replace("\t", " ")
    before = printable(shown[: column - 1 - start])
    marked = printable(shown[column - 1 - start : column - 1 - start + width])
    return f"{number:>5} | {printable(shown)}\n      | {' ' * _cells(before)}{'^' * max(1, _cells(marked))}\n"


def _cells(text: str) -> int:
    """How many terminal cells a text takes: wide characters take two, combining ones none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
