"""Problems as values: what is wrong, where, and what to do about it; and the list of all that can be said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from okrsite.core.source import Span


class Severity(StrEnum):
    """How much a problem matters: errors stop a publication, warnings only a strict one."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem at one place; the message says what is, the hint what to do."""

    code: str
    severity: Severity
    span: Span
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A problem that can be reported: its usual severity and what it is about, in one sentence."""

    severity: Severity
    summary: str


_E, _W, _H = Severity.ERROR, Severity.WARNING, Severity.HINT

RULES: Final[Mapping[str, Rule]] = {
    # files
    "unreadable-file": Rule(_E, "A file cannot be read as UTF-8 text, or is not an ordinary file."),
    "file-too-large": Rule(_E, "A Markdown file is larger than 64 KiB."),
    "bad-id": Rule(_E, "An id is made of letters and digits of any script, `-` and `_`."),
    "id-collision": Rule(_E, "Two ids differ only by case or Unicode form, or one is reserved."),
    "confusable-id": Rule(_W, "Two ids or names of teams look alike and differ."),
    "hidden-character": Rule(_W, "A character that cannot be seen stands in a text, or turns its direction."),
    "stray-file": Rule(_W, "A Markdown file lies where none is read."),
    "no-objectives": Rule(_W, "No objectives are read from a team's okrs.md."),
    "no-team-file": Rule(_H, "A team's folder has no `team.md`; the team is named like its folder."),
    # front matter
    "front-matter": Rule(_E, "Front matter begins and ends with a line `---` and holds `key: value` lines."),
    "yaml-syntax": Rule(_E, "The front matter is not YAML."),
    "yaml-depth": Rule(_E, "YAML is nested too deeply."),
    "yaml-size": Rule(_E, "YAML has too many items."),
    "yaml-key": Rule(_E, "A key without a value, or a key that is not a word."),
    "control-character": Rule(_E, "A character that cannot be seen or printed stands in the front matter."),
    "yaml-escape": Rule(_W, "A backslash in double quotes became a control character or a line break."),
    "duplicate-key": Rule(_E, "A key is written twice in one mapping."),
    "swallowed-text": Rule(_E, "YAML would lose or twist text that is not in quotes."),
    "comma-split": Rule(_E, "A comma inside brackets splits what was meant as one value."),
    "comment-after-text": Rule(_W, "What follows ` # ` is a comment and is not published."),
    # fields
    "unknown-key": Rule(_E, "A key that the format does not know."),
    "missing-field": Rule(_E, "A required field is missing or empty."),
    "wrong-kind": Rule(_E, "A field holds a list, a mapping or a text where another is needed."),
    "bad-value": Rule(_E, "A value is not among those a field may have."),
    "bad-date": Rule(_E, "A date is written YYYY-MM-DD."),
    "bad-number": Rule(_E, "A number is decimal with an optional unit, `,` between thousands and `.` before decimals."),
    "bad-ref": Rule(_E, "A reference is written `objective`, `team/objective#kr`, `team/cycle/objective` or `@team`."),
    "unknown-language": Rule(_E, "A text names a language that the settings do not list."),
    # Markdown
    "dead-link": Rule(
        _W, "A link in Markdown leads nowhere or uses an address that is not allowed; it is shown as text."
    ),
    "lost-text": Rule(
        _W,
        "A cell beyond a table's columns, a note to which nothing refers, or a list too deep: Markdown leaves it out.",
    ),
    "wrong-picture": Rule(
        _W,
        "A picture in a text is missing, too large, or of a kind that is not published; its words stand for it.",
    ),
    "unresolved-link": Rule(_W, "A `[[reference]]` in a text names nothing; it is shown as typed."),
    "body-too-large": Rule(_E, "Markdown grows too much when rendered; it is shown as plain text."),
    # meaning
    "unresolved-ref": Rule(_E, "A reference names nothing that exists."),
    "wrong-target": Rule(_E, "A reference names something that cannot stand here."),
    "unknown-cycle": Rule(_E, "A cycle's name is not a known period and has no file with `start` and `end`."),
    "bad-cycle": Rule(_E, "A cycle ends before it starts, or lasts longer than ten years."),
    "team-loop": Rule(_E, "A team is above itself."),
    "alias-clash": Rule(_E, "An alias is taken by a team or by another alias."),
    "duplicate-id": Rule(_E, "Objectives, risks, lessons and assumptions of a team's cycle share one set of ids."),
    "unit-mismatch": Rule(_E, "All numbers of one key result share one unit."),
    "missing-unit": Rule(_W, "A number without the unit of its key result is read in that unit."),
    "two-measures": Rule(_E, "A key result has one measure."),
    "target-is-baseline": Rule(_E, "Target and baseline are equal, so there is no way to go."),
    "target-not-number": Rule(_E, "A target beside a baseline must be a number."),
    "unmeasured-target": Rule(_H, "A target in words is judged by hand."),
    "no-baseline": Rule(_W, "A target without a baseline, or a baseline without a target, has no progress."),
    "no-weight": Rule(_E, "All key results of an objective weigh nothing."),
    "missing-because": Rule(
        _W, "A paused or dropped objective, or a score that differs from the computed one, says why."
    ),
    "score-not-possible": Rule(_W, "A baseline that is being looked for has no score."),
    "future-checkin": Rule(_H, "A check-in dated after today is not counted yet."),
    "late-checkin": Rule(_H, "A check-in later than the closing days of its cycle is not counted."),
    "shared-not-agreed": Rule(_H, "A shared objective is agreed once the other team lists this one."),
    "outside-cycle": Rule(_W, "A check-in is dated before its cycle begins."),
    "outside-life": Rule(_W, "A team writes in a cycle before its `since` or after its `until`."),
    # settings
    "settings": Rule(_E, "The settings file is wrong."),
}
"""Every code that can be reported. Codes are stable: settings, CI systems and people refer to them."""


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
