"""Problems as values: what is wrong, where, and what to do about it; and the list of all that can be said."""

import re
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
_TELLING: Final = 3
"""Letters from which on the beginning of a word tells which one is meant."""


NOTHING_READ: Final = "no objective or key result is read from this team's okrs.md; see there first"


def closest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known word that another begins or is one part of, if there is only one, or else the nearest, or ''."""
    candidates = {name.casefold(): name for name in known}
    typed = word.casefold()
    if len(typed) >= _TELLING:
        begun = [name for name in candidates if name.startswith(typed)]
        parts = begun or [name for name in candidates if typed in re.split(r"[\W_]+", name)]
        if len(parts) == 1:
            return candidates[parts[0]]
    near = get_close_matches(typed, candidates, n=1, cutoff=cutoff)
    return candidates[near[0]] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the closest known word, or nothing."""
    near = closest(word, known)
    return f"did you mean `{near}`?" if near else ""


__all__ = [
    "ADVICE",
    "FIRST_YEAR",
    "MAX_GUESSES",
    "NOTHING_READ",
    "RULES",
    "Diagnostic",
    "Moment",
    "Reply",
    "Rule",
    "Severity",
    "closest",
    "did_you_mean",
    "graded",
    "problem",
]
