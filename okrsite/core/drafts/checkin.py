"""A check-in: what a team saw that week."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from okrsite.core.company import TeamCycle
from okrsite.core.drafts import Draft
from okrsite.core.drafts.answers import Said
from okrsite.core.drafts.lines import INDENT, document, field, fields, listed, scalar
from okrsite.core.drafts.where import folder


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
        value = None
        if one.value is not None:
            value = listed(one.value) if isinstance(one.value, tuple) else scalar(one.value)
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
