"""Prose that YAML would lose or twist: found at its place, read as typed, and shown in the quoted form to write.

Teams write `contact: #payments`, `title: Checkout: instant`, `note: >25% faster`. YAML makes a comment, an error or
nothing of them. Each such line is quoted and the text composed again, so that one slip hides neither the
rest of its file nor the next slip.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Final, NamedTuple

from okrsite.core.diagnostics import Diagnostic, problem
from okrsite.core.source import Lines
from okrsite.core.yaml_comments import find_comments
from okrsite.core.yaml_indent import hint_of_field
from okrsite.core.yaml_place import Place, places
from okrsite.core.yaml_quote import Line, requoted, split_line, with_closed_quotes
from okrsite.core.yaml_slips import (
    NO_SPACE,
    Slip,
    find_silent,
    find_split_key,
    may_be_silent,
)
from okrsite.core.yaml_stumble import IN_TEXT, broken_passage, row_of_comment, row_to_mend, row_with_slip, rows_indented
from okrsite.core.yaml_text import Passage
from okrsite.core.yaml_tree import Finding, Node, YamlRefusedError, compose

MAX_REPAIRS: Final = 24
"""How many times a text is composed anew at most."""

MAX_UNREADABLE: Final = 20
"""How many unreadable characters of one file are reported."""

UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufdd0-\ufdef\ufffe\uffff]")

_WIDE = re.compile("[ \t]*[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_BULLET = re.compile(r"\s*[*•] ")

_WORDS = (  # libyaml's words, and what they mean to somebody who wrote a sentence
    ("mapping values are not allowed", "a colon with a space after it begins a new key"),
    ("alias", "`*` in front means an alias"),
    ("block scalar", "`>` and `|` in front begin a block of text"),
    ("cannot start any token", "no value can begin with this sign"),
    ("block sequence entries", "`-` in front begins a list item"),
    ("did not find expected key", "there is text after a closing quote or bracket"),
    ("did not find expected ',' or", "inside brackets a sign, a colon or a comma ends the value"),
    ("expected ':'", "a line beside fields is no text"),
    ("quoted scalar", "the quotation mark is never closed"),
)


class Typed(NamedTuple):
    """A composed front matter: its tree, what was found, and the text it was composed from, with its places."""

    root: Node | None
    problems: list[Diagnostic]
    text: str
    lines: Lines
    mended: Mapping[int, Line]
    """The lines that were quoted, counted from 0, as they were typed."""
    broken: bool


def compose_prose(path: str, text: str) -> Typed:
    """Compose YAML, quoting lines that YAML would misread, until it composes or cannot be mended."""
    mender = _Mender(path, text)
    mender.mend_silent()
    for _ in range(MAX_REPAIRS):
        try:
            root, findings = compose(mender.text)
        except YamlRefusedError as error:
            if mender.mend_after(error):
                continue
            return mender.refused(error)
        findings += find_comments(mender.text, root) if "#" in mender.text else []
        fresh = _lines_to_mend(mender.text, mender.rows, findings, mender.mended)
        if not fresh:
            return mender.composed(root, findings)
        for row, (line, finding) in fresh.items():
            slip = find_split_key(mender.rows[row], mender.places[row])
            if slip:
                mender.slip(row, slip)
            else:
                mender.quote(row, line, finding.message)
    try:
        return mender.composed(*compose(mender.text))
    except YamlRefusedError as error:
        return mender.refused(error)


class _Mender:
    """A front matter while its lines are mended: the lines as they stand now, and what was reported."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.typed, self.original = path, text, Lines(path, text)
        places = [found.start() for found in UNREADABLE.finditer(text)]
        self.problems = [_unreadable(self.original, place) for place in places[:MAX_UNREADABLE]]
        self.rows = UNREADABLE.sub(" ", text).split("\n")
        self.mended: dict[int, Line] = {}

    @property
    def text(self) -> str:
        """The front matter as it stands now."""
        return "\n".join(self.rows)

    @cached_property
    def places(self) -> list[Place]:
        """The place of every row; only what is said of indentation changes it."""
        return places(self.rows)

    def mend_silent(self) -> None:
        """Mend the rows over which YAML need not stumble; of all full-width colons the first one is reported."""
        found = list(find_silent(self.rows, self.places)) if may_be_silent(self.text) else []
        wide = [row for row, slip in found if slip.message == NO_SPACE]
        for row, slip in found:
            if row in wide[1:]:
                self.read_as(row, slip)
            elif row in wide and len(wide) > 1:
                others = f"line {wide[1] + 1}" if len(wide) == 2 else f"{len(wide) - 1} more lines"
                self.slip(row, slip, f"{slip.hint}, and a plain colon and a space in {others} too")
            else:
                self.slip(row, slip)

    def mend_after(self, error: YamlRefusedError) -> bool:
        """Mend the row at which YAML stumbled; False when none can be told."""
        if error.code != "yaml-syntax":
            return False
        slipped = row_with_slip(self.rows, error, self.mended, self.places)
        if slipped:
            self.slip(*slipped)
            return True
        indented = rows_indented(self.rows, error, self.mended, self.places)
        if indented:
            self.slip(*next(iter(indented.items())))
            for number, slip in islice(indented.items(), 1, None):
                self.read_as(number, slip)
            del self.places
            return True
        passage = broken_passage(self.rows, error, self.mended, self.places)
        if passage:
            self.quote_passage(passage, error.message)
            return True
        row = row_to_mend(self.rows, error, self.mended, self.places)
        line = split_line(self.rows[row]) if row is not None else None
        if row is not None and line:
            self.quote(row, line, error.message)
            return True
        row = row_of_comment(self.rows, error, self.mended, self.places)
        if row is not None:
            self.blank(row)
        return row is not None

    def quote(self, row: int, line: Line, why: str) -> None:
        """Put a row's value in quotes."""
        reason = _reason(why)
        read = "as shown" if with_closed_quotes(line.value) else "as typed"
        message = f"YAML would lose or twist this text: {reason}; it is read {read}"
        shown = f"{line.lead.strip()} {requoted(line.value)}".strip()
        self._report("swallowed-text", row, len(line.lead), len(line.value), message, f"write `{shown}`")
        self.mended[row] = line
        self.rows[row] = line.lead + requoted(line.value)

    def quote_passage(self, passage: Passage, why: str) -> None:
        """Put a text over several rows in quotes."""
        wrong = passage.wrong or min(passage.lines)
        line = passage.lines[wrong]
        message = f"YAML would lose or twist this text: {_reason(why)}; it is read as typed"
        hint = f"write `{passage.name} {passage.sign}` and the whole text in the lines below it"
        if passage.unclosed:
            message = f"YAML would lose or twist this text: {_reason('quoted scalar')}; it is read as shown"
            hint = f"put `{passage.unclosed}` behind the last word of the text"
        self._report("swallowed-text", wrong, len(line.lead), len(line.value), message, hint)
        self.mended.update(passage.lines)
        for row, text in passage.rows.items():
            self.rows[row] = text

    def slip(self, row: int, slip: Slip, hint: str = "") -> None:
        """Put a row as it must have been meant, and say so."""
        indent = len(self.rows[row]) - len(self.rows[row].lstrip())
        width = len(self.rows[row].rstrip()) - indent
        self._report(slip.code, row, indent, width, slip.message, hint or slip.hint)
        self.read_as(row, slip)

    def read_as(self, row: int, slip: Slip) -> None:
        """Put a row as it must have been meant."""
        self.mended[row] = slip.typed
        self.rows[row] = slip.row

    def blank(self, row: int) -> None:
        """Take out what YAML takes for a comment in the middle of a text."""
        found = IN_TEXT.search(self.rows[row])
        start = found.start() if found else 0
        message, hint = "YAML takes this for a comment; it is left out", "put the whole text in quotes"
        self._report("swallowed-text", row, start, len(self.rows[row]) - start, message, hint)
        self.mended[row] = Line(self.rows[row][:start], self.rows[row][start:])
        self.rows[row] = self.rows[row][:start].rstrip()

    def composed(self, root: Node | None, findings: list[Finding]) -> Typed:
        """The result when the text is YAML at last."""
        lines = self._lines()
        located = [_located(lines, finding) for finding in findings]
        # Of a text that was put in quotes over several rows, nothing is to be said twice.
        again = [found for found in located if found.code == "swallowed-text" and found.span.line - 1 in self.mended]
        problems = self.problems + [found for found in located if found not in again]
        return Typed(root, problems, self.text, lines, self.mended, broken=False)

    def refused(self, error: YamlRefusedError) -> Typed:
        """The result when it is not."""
        lines = self._lines()
        problems = [*self.problems, _located(lines, _refusal(self.rows, error, self.places))]
        return Typed(None, problems, self.text, lines, self.mended, broken=True)

    def _lines(self) -> Lines:
        """The places of the text as it stands now, within its lines as they were typed."""
        typed = self.typed.split("\n") if self.mended else []
        return Lines(self.path, self.text, {row: len(typed[row]) for row in self.mended})

    def _report(self, code: str, row: int, column: int, width: int, message: str, hint: str) -> None:
        start = self.original.start(row) + column
        self.problems.append(problem(code, self.original.span(start, start + width), message, hint))


def _reason(why: str) -> str:
    """What YAML's words mean to somebody who wrote a sentence."""
    return next((meaning for words, meaning in _WORDS if words in why), why)


def _located(lines: Lines, finding: Finding) -> Diagnostic:
    return problem(finding.code, lines.span(finding.start, finding.end), finding.message, finding.hint)


def _unreadable(lines: Lines, at: int) -> Diagnostic:
    return problem(
        "control-character", lines.span(at, at + 1), "a character that cannot be seen or printed; read as a space"
    )


# --- which lines to mend ------------------------------------------------------------------------------------------


def _lines_to_mend(
    text: str, rows: list[str], findings: list[Finding], mended: Mapping[int, Line]
) -> dict[int, tuple[Line, Finding]]:
    """The rows with swallowed text that quotes would save, each with what was found there first."""
    fresh: dict[int, tuple[Line, Finding]] = {}
    row, at = 0, 0
    for finding in sorted(findings):
        if finding.code != "swallowed-text" or finding.hint:
            continue
        row += text.count("\n", at, finding.start)
        at = finding.start
        line = split_line(rows[row]) or _bare(rows[row], finding, text)
        if line and row not in mended:
            fresh.setdefault(row, (line, finding))
    return fresh


def _bare(row: str, finding: Finding, text: str) -> Line | None:
    """A row that holds nothing but the beginning of a text, when that is what was found to be swallowed."""
    value = row.lstrip(" \t")
    lead = row[: len(row) - len(value)]
    begins = text.rfind("\n", 0, finding.start) + 1 + len(lead)
    return Line(lead, value.rstrip()) if finding.leaf == begins else None


# --- what cannot be mended ----------------------------------------------------------------------------------------


def _refusal(rows: list[str], error: YamlRefusedError, where: Sequence[Place]) -> Finding:
    number = min(error.line, len(rows) - 1)
    if "quoted scalar" in error.message and error.context_line is not None:
        number = error.context_line
    while number and not rows[number].strip():
        number -= 1  # what was missing at the end of the text is missed from its last line
    line = rows[number]
    indent = len(line) - len(line.lstrip())
    column = min(error.column, len(line)) if number == error.line else indent
    start = sum(len(row) + 1 for row in rows[:number])
    hint = ""
    wide = next((n for n in range(number, max(-1, number - 3), -1) if _WIDE.match(rows[n])), None)
    if "\t" in line[:indent]:
        hint = "indent with spaces, not with tabs"
    elif wide is not None:
        hint = f"a space in front of line {wide + 1} is not a plain one; type it anew with the space bar"
    elif _BULLET.match(line):
        hint = "an item of a list begins with `- `"
    elif said := hint_of_field(line, where[number]):
        hint = said
    elif error.code == "yaml-syntax":
        hint = "check the indentation here and in the line above; text with `: `, ` #` or a sign in front needs quotes"
    return Finding(error.code, start + column, max(start + column + 1, start + len(line)), error.message, hint)
