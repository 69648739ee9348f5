"""What the objectives of a cycle stand on, and what their teams did when it did not hold."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from okrsite.core.company import Bet, Objective, TeamCycle
from okrsite.core.model import AssumptionState, Status
from okrsite.core.text import Html
from okrsite.pages.chrome import Framer
from okrsite.pages.company_parts import StandView
from okrsite.pages.goalposts import present_changes_since
from okrsite.pages.parts import Link
from okrsite.pages.words import wording
from okrsite.pages.writer import NOTHING, Writer

_GROUPS: Final[Mapping[AssumptionState | None, str]] = {
    AssumptionState.BROKEN: wording("Did not hold"),
    AssumptionState.SHAKY: wording("Shaky"),
    AssumptionState.HOLDS: wording("Holds so far"),
    None: wording("Not mentioned since"),
}
_FAILING: Final = (AssumptionState.BROKEN, AssumptionState.SHAKY)
_ENDED: Final = (Status.PAUSED, Status.DROPPED)


def present_stands(
    team_cycles: Iterable[TeamCycle], framer: Framer, writer: Writer
) -> tuple[tuple[Html, bool, tuple[StandView, ...]], ...]:
    """The assumptions of a cycle by how they stand, and whether they fail; each group in the organisation's order."""
    groups: dict[AssumptionState | None, list[StandView]] = {state: [] for state in _GROUPS}
    for team_cycle in team_cycles:
        for bet in team_cycle.bets:
            groups[bet.state].append(_present_stand(bet, framer, writer))
    return tuple(
        (writer.say.gettext(_GROUPS[state]), state in _FAILING, tuple(stands))
        for state, stands in groups.items()
        if stands
    )


def _present_stand(bet: Bet, framer: Framer, writer: Writer) -> StandView:
    objective = framer.compiled.company.objectives[bet.objective]
    on, last = bet.states[-1] if bet.states else (None, None)
    since, reaffirmed = bet.failing_since, objective.entry.reaffirmed
    return StandView(
        text=writer.link(bet.ref),
        objective=writer.link(bet.objective),
        team=writer.team(objective.team),
        on=on,
        note=writer.block(last.note) if last else NOTHING,
        ended=tuple(_ended(objective, writer)) if since else (),
        changes=present_changes_since(objective, since, framer, writer) if since else (),
        reaffirmed=reaffirmed if since and reaffirmed and reaffirmed >= since else None,
    )


def _ended(objective: Objective, writer: Writer) -> Iterator[tuple[Link, str, Html]]:
    """What of an objective was paused or dropped, and why: all of it, or some key results."""
    if objective.entry.status in _ENDED:
        yield writer.link(objective.ref), str(objective.entry.status), writer.block(objective.entry.because)
    for kr in objective.key_results:
        if kr.entry.status in _ENDED:
            yield writer.link(kr.ref), str(kr.entry.status), writer.block(kr.entry.because)
