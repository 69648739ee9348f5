"""Problems as values: what is wrong, where, and what to do about it; and the list of all that can be said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Final

from okrsite.core.diagnostics.advice import ADVICE, FIRST_YEAR
from okrsite.core.diagnostics.meaning import MEANING
from okrsite.core.diagnostics.reading import READING
from okrsite.core.diagnostics.rule import Moment, Reply, Rule, Severity
from okrsite.core.source import Span

RULES: Final[Mapping[str, Rule]] = {**READING, **MEANING, **ADVICE}
"""Every code that can be reported. Codes are stable: settings, CI systems and people refer to them."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem at one place; the message says what is, the hint what to do."""

    code: str
    severity: Severity
    span: Span
    message: str
    hint: str = ""


def problem(code: str, span: Span, message: str, hint: str = "") -> Diagnostic:
    """A diagnostic of a known code at its usual severity."""
    return Diagnostic(code, RULES[code].severity, span, message, hint)


def graded(problems: Iterable[Diagnostic], levels: Mapping[str, Severity | None]) -> tuple[Diagnostic, ...]:
    """The problems at the severities a company has set (None = off), each once, in reading order."""
    kept = {}
    for item in problems:
        level = levels.get(item.code, item.severity)
        if level is not None:
            kept[item] = replace(item, severity=level) if level is not item.severity else item
    return tuple(sorted(kept.values(), key=_place))


def _place(item: Diagnostic) -> tuple[tuple[str, ...], int, int, str, str]:
    span = item.span
    return tuple(span.path.split("/")), span.line, span.column, item.code, item.message


MAX_GUESSES: Final = 50
"""How many names of one kind are compared with what exists: after so many mistakes no hint helps."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or nothing."""
    candidates = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), candidates, n=1, cutoff=0.6)
    return f"did you mean `{candidates[near[0]]}`?" if near else ""


__all__ = [
    "ADVICE",
    "FIRST_YEAR",
    "MAX_GUESSES",
    "RULES",
    "Diagnostic",
    "Moment",
    "Reply",
    "Rule",
    "Severity",
    "did_you_mean",
    "graded",
    "problem",
]
