"""Promises that moved after their cycle had opened, and of which nobody says why."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from okrsite.core.changes import GUARDRAILS
from okrsite.core.checks.part import Finding, Part, meant
from okrsite.core.checks.words import says_why
from okrsite.core.history import What
from okrsite.core.ledger import Goalpost
from okrsite.core.model import Commitment, Status
from okrsite.core.refs import objective_of, part_of, tail_of
from okrsite.core.source import Span

_AIMS: Final = frozenset(
    {What.TARGET, What.BASELINE, What.DIRECTION, What.LIMIT, What.MILESTONES, What.MEASURE, What.DUE}
)
"""Changes of what a key result has to reach, from where, and by when."""
_LONGEST: Final = 80
"""Characters of a change at which it is told in a message."""


def moved_in_silence(part: Part) -> Iterator[Finding]:
    """The last change of each key result that nothing explains, and what was taken out."""
    changes = part.ledger.moved_at.get((part.written.team, part.written.cycle), ())
    back = _moved_back(changes)
    asked = (g for g in changes if not (g.minor or g.because or says_why(g.message) or (g.ref, g.what) in back))
    silent = {g.ref: g for g in asked}
    entries = _entries(part)
    for ref, goalpost in silent.items():
        if goalpost.what in _AIMS and goalpost.before and ref in entries:
            message = (
                f"{goalpost.what} of `{entries[ref].id}` moved on {goalpost.on}{_told(goalpost)}, and nothing says why"
            )
            yield part.find(ref, "moved-in-silence", entries[ref].span, message, _hint(goalpost))
        elif goalpost.what is What.REMOVED and not _is_there(ref, part):
            message = f"`{tail_of(ref)}` was taken out on {goalpost.on}, and nothing says why"
            above = entries.get(goalpost.objective)
            hint = "put it back with `status: dropped` and `because`"
            if above:
                hint = f"{_hint(goalpost)}; or {hint}"
            span = above.span if above else Span(part.written.okrs)
            yield part.find(ref, "moved-in-silence", span, message, hint)


def _moved_back(changes: Iterable[Goalpost]) -> frozenset[tuple[str, What]]:
    """What stands again where it stood, by full reference: no score is doubtful for it."""
    first: dict[tuple[str, What], str] = {}
    last: dict[tuple[str, What], str] = {}
    for goalpost in changes:
        if goalpost.what in _AIMS:
            first.setdefault((goalpost.ref, goalpost.what), goalpost.before)
            last[goalpost.ref, goalpost.what] = goalpost.after
    return frozenset(key for key, before in first.items() if before == last[key])


def _entries(part: Part) -> Mapping[str, Commitment]:
    """What the team works on, by full reference."""
    found: dict[str, Commitment] = {}
    for objective in part.active():
        found[objective.ref] = objective.entry
        found |= {kr.ref: kr.entry for kr in meant(objective)}
    return found | {kr.ref: kr.entry for kr in part.written.guardrails if kr.entry.status is Status.ACTIVE}


def _is_there(ref: str, part: Part) -> bool:
    """Whether something that was taken out is back, or is not missed because its objective is gone as well."""
    company, objective = part.company, objective_of(ref)
    if ref in company.key_results or ref in company.objectives:
        return True
    gone_with_it = part_of(ref) != "" and objective not in company.objectives
    return gone_with_it and tail_of(objective) != GUARDRAILS


def _told(goalpost: Goalpost) -> str:
    """From what to what, where that is short."""
    told = f" from `{goalpost.before}` to `{goalpost.after}`"
    return told if goalpost.before and goalpost.after and len(told) <= _LONGEST else ""


def _hint(goalpost: Goalpost) -> str:
    """The line that explains a change; a team's guardrails belong to no objective and have none."""
    objective, id_ = tail_of(goalpost.objective), part_of(goalpost.ref)
    if objective == GUARDRAILS:
        return "say in the commit's message what made it move, or answer with the reason"
    what = f"{id_} {goalpost.what}"
    return f"under `amendments` of `{objective}` write `- {{date: {goalpost.on}, what: {what}, because: …}}`"
