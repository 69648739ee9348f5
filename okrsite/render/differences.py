"""What changed in meaning, for a terminal, and as Markdown for a comment: texts of teams stay texts in both."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from okrsite.core.company import Company
from okrsite.core.grouping import grouped
from okrsite.core.history import Change, What
from okrsite.core.refs import objective_of, part_of
from okrsite.render.report import printable

NOTHING: Final = "nothing has changed in meaning"
_APART: Final = "not compared: a mistake before or after may hide something (`okrsite check` names it)"
_MAX_TEXT: Final = 300
_WORDS: Final[Mapping[What, str]] = {
    What.WHY: "why it matters",
    What.MEASURE: "way of measuring",
    What.RENAMED: "id",
    What.MOVED: "team",
    What.SUPPORTS: "supports",
    What.NEED: "depends on",
    What.READING: "reading, rewritten",
}
_FATES: Final[Mapping[What, str]] = {
    What.ADDED: "new",
    What.REMOVED: "taken out",
    What.DROPPED: "dropped",
    What.PAUSED: "paused",
    What.RESUMED: "taken up again",
    What.WORDS: "words changed",
    What.WITHDRAWN: "taken away",
}
"""Changes that are told without a before and an after."""


def render_text(changes: Iterable[Change], apart: Sequence[str], company: Company) -> str:
    """Changes by what they are about, one a line; then the files that were not compared."""
    lines = []
    for about, group in _grouped(changes).items():
        title = _title(about, company)
        lines.append(f"{printable(title)} ({printable(about)})" if title else printable(about))
        lines += [f"  {_told(change, _short)}" for change in group]
    lines += [f"{printable(path)}: {_APART}" for path in apart]
    return "\n".join(lines or [NOTHING]) + "\n"


def render_markdown(changes: Iterable[Change], apart: Sequence[str], company: Company) -> str:
    """The same as a list that any forge shows: what teams wrote stands in code, where it links and calls nobody."""
    lines = []
    for about, group in _grouped(changes).items():
        lines += ["", f"**{_code(_title(about, company) or about)}** ({_code(about)})", ""]
        lines += [f"- {_told(change, _code)}" for change in group]
    lines += ["", *(f"- {_code(path)}: {_APART}" for path in apart)] if apart else []
    return "\n".join(["### What changes in meaning", *(lines or ["", f"{NOTHING.capitalize()}."])]) + "\n"


def _grouped(changes: Iterable[Change]) -> dict[str, tuple[Change, ...]]:
    """Changes by the objective, risk or assumption that they are about."""
    return grouped((objective_of(change.ref), change) for change in changes)


def _title(about: str, company: Company) -> str:
    objective, bet = company.objectives.get(about), company.bets.get(about)
    said = objective.entry.title if objective else bet.text if bet else None
    return " ".join(said.plain.split()) if said else ""


def _told(change: Change, quoted: Callable[[str], str]) -> str:
    """One change in words; `quoted` makes what teams wrote fit to stand among them."""
    part = part_of(change.ref)
    words = _FATES.get(change.what) or _WORDS.get(change.what, str(change.what))
    said = f"{quoted(part)} {words}" if part else words
    if change.what not in _FATES:
        said += f": {quoted(change.before) or 'nothing'} → {quoted(change.after) or 'nothing'}"
    elif change.what in (What.ADDED, What.REMOVED):
        said += f": {quoted(change.after or change.before)}"
    if change.minor:
        said += " (spelling)"
    return f"{said}, because: {quoted(change.because.source)}" if change.because else said


def _short(text: str) -> str:
    text = printable(" ".join(text.split()))
    return text if len(text) <= _MAX_TEXT else text[: _MAX_TEXT - 1] + "…"


def _code(text: str) -> str:
    """A text as a code span, whatever it holds; '' for none."""
    text = _short(text)
    if not text:
        return ""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"
