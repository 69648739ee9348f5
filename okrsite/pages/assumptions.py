"""What the objectives of a cycle stand on, and what their teams said when it did not hold."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from okrsite.core.company import Bet, Company, Objective, TeamCycle
from okrsite.core.model import AssumptionState, Status
from okrsite.pages.company_parts import AnswerView, StandView
from okrsite.pages.parts import Link
from okrsite.pages.writer import NOTHING, Writer

_GROUPS: Final[Mapping[AssumptionState | None, str]] = {
    AssumptionState.BROKEN: "Did not hold",
    AssumptionState.SHAKY: "Shaky",
    AssumptionState.HOLDS: "Holds so far",
    None: "Not mentioned since",
}
_FAILING: Final = (AssumptionState.BROKEN, AssumptionState.SHAKY)
_ENDED: Final = (Status.PAUSED, Status.DROPPED)


def present_stands(
    team_cycles: Iterable[TeamCycle], company: Company, writer: Writer
) -> tuple[tuple[str, bool, tuple[StandView, ...]], ...]:
    """The assumptions of a cycle by how they stand, and whether they fail; each group in the organisation's order."""
    groups: dict[AssumptionState | None, list[StandView]] = {state: [] for state in _GROUPS}
    for team_cycle in team_cycles:
        for bet in team_cycle.bets:
            groups[bet.state].append(_present_stand(bet, company, writer))
    return tuple((_GROUPS[state], state in _FAILING, tuple(stands)) for state, stands in groups.items() if stands)


def _present_stand(bet: Bet, company: Company, writer: Writer) -> StandView:
    objective = company.objectives[bet.objective]
    on, last = bet.states[-1] if bet.states else (None, None)
    since = bet.failing_since
    return StandView(
        text=writer.link(bet.ref),
        objective=writer.link(bet.objective),
        team=writer.team(objective.team),
        on=on,
        note=writer.block(last.note) if last else NOTHING,
        answers=tuple(_answers(objective, since, writer)) if since else (),
    )


def _answers(objective: Objective, since: date, writer: Writer) -> Iterator[AnswerView]:
    """What was changed about an objective since an assumption of it did not hold, as its team wrote it."""
    entry = objective.entry
    if entry.status in _ENDED:
        yield AnswerView(f"The objective was {entry.status}", None, None, writer.block(entry.because))
    for kr in objective.key_results:
        if kr.entry.status in _ENDED:
            yield AnswerView(
                str(kr.entry.status).capitalize(), None, writer.link(kr.ref), writer.block(kr.entry.because)
            )
    for amendment in entry.amendments:
        if amendment.on and amendment.on >= since:
            what = Link(writer.inline(amendment.what), "") if amendment.what else None
            yield AnswerView("Changed", amendment.on, what, writer.block(amendment.because))
    if entry.reaffirmed and entry.reaffirmed >= since:
        yield AnswerView("Reaffirmed", entry.reaffirmed, None, NOTHING)
