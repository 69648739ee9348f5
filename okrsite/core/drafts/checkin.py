"""A check-in: what a team saw that week, from answers or as a form to fill in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from okrsite.core.company import TeamCycle
from okrsite.core.compile import Compiled
from okrsite.core.drafts import Draft
from okrsite.core.drafts.answers import REPEAT, Said, Subject, parse_answer, subjects
from okrsite.core.drafts.lines import INDENT, document, field, fields, listed, scalar
from okrsite.core.drafts.where import folder
from okrsite.core.refs import objective_of

MAX_VALUE: Final = 200
"""Characters of a value that a form repeats."""
_UNKNOWN: Final = "…"
"""What stands for a value until somebody writes one; no value reads so, so that it is never taken for one."""
_HOW: Final = "# Take the # away before each line that has news, and write today's values; confidence may be left out."


@dataclass(frozen=True, slots=True)
class RiskSaid:
    """What a check-in says of a risk; an earlier one is named by its id and goes on."""

    id: str
    about: str = ""
    what: str = ""
    needs: str = ""
    state: str = ""


def checkin_place(team_cycle: TeamCycle, day: date) -> str:
    """Where a check-in of a day lies in the content folder."""
    return f"{folder(team_cycle.team, team_cycle.cycle)}/checkins/{day.isoformat()}.md"


def draft_checkin(place: str, said: Sequence[Said], risks: Sequence[RiskSaid], story: str) -> Draft:
    """A new check-in."""
    lines = []
    if said:
        lines += ["progress:", *progress_lines(said)]
    if risks:
        lines += ["risks:", *risk_lines(risks)]
    return Draft(place, document(lines, story))


def progress_lines(said: Iterable[Said]) -> list[str]:
    """The lines below `progress:`; a value that stands alone in the short form."""
    lines = []
    for one in said:
        value = _value(one)
        if value and one.confidence is None and not one.note:
            lines.append(f"{INDENT}{scalar(one.ref)}: {value}")
            continue
        lines.append(f"{INDENT}{scalar(one.ref)}:")
        if value:
            lines.append(f"{INDENT * 2}value: {value}")
        if one.confidence is not None:
            lines.append(f"{INDENT * 2}confidence: {one.confidence}")
        lines += field("note", one.note, 2)
    return lines


def risk_lines(risks: Iterable[RiskSaid]) -> list[str]:
    """The lines below `risks:`."""
    lines = []
    for risk in risks:
        lines += fields(risk.id, {"about": risk.about, "what": risk.what, "needs": risk.needs, "state": risk.state}, 1)
    return lines


def _value(said: Said, *, flow: bool = False) -> str:
    """What is said of a value, in one line; '' when nothing is. `flow` inside brackets."""
    if said.value is None:
        return ""
    return listed(said.value) if isinstance(said.value, tuple) else scalar(said.value, flow=flow)


# --- to fill in by hand -------------------------------------------------------------------------------------------


def checkin_form(compiled: Compiled, team_cycle: TeamCycle, *, figures: bool) -> Draft:
    """Today's check-in to fill in: for each key result a line with its last values, which says nothing until taken up.

    Without figures no value is told, for where the form stands others read it.
    """
    today = compiled.company.today
    known = {ref: one for ref, one in subjects(compiled, team_cycle, today).items() if one.asked}
    if not figures:
        known = {ref: replace(one, last=None, confidence=None) for ref, one in known.items()}
    spoken = {ref for ref, one in known.items() if one.key_result is None and one.confidence is not None}
    asked = [one for one in known.values() if one.key_result or one.ref in spoken]
    unspoken = known.keys() - spoken
    lines = [_form_line(one, today, doubted=objective_of(one.ref) in unspoken) for one in asked]
    return Draft(checkin_place(team_cycle, today), document([_HOW, "progress:", *lines]))


def _form_line(subject: Subject, day: date, *, doubted: bool) -> str:
    """The line of one subject; confidence where it was said of it, or `doubted`: where nothing else says it."""
    lead = f"#{INDENT}{scalar(subject.ref)}:"
    confidence = _UNKNOWN if subject.confidence is None else str(subject.confidence)
    if subject.key_result is None:
        return f"{lead} {{confidence: {confidence}}}"
    last = parse_answer(REPEAT, subject, day) if subject.last else Said(subject.ref)
    value = _value(last, flow=True) or _UNKNOWN
    value = value if len(value) <= MAX_VALUE else _UNKNOWN
    if subject.confidence is None and not doubted:
        return f"{lead} {value}"
    return f"{lead} {{value: {value}, confidence: {confidence}}}"
