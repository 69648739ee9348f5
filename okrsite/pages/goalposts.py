"""Which promises moved, page by page: in the company, in a cycle, in a team's part of it, of and above an objective."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import islice
from typing import Final

from okrsite.core.company import Objective, TeamCycle
from okrsite.core.cycles import Cycle
from okrsite.core.history import What
from okrsite.core.ledger import Goalpost
from okrsite.core.refs import objective_of, part_of
from okrsite.pages import urls
from okrsite.pages.chrome import Framer
from okrsite.pages.moved import present_amendment, present_goalpost, unmatched
from okrsite.pages.parts import GoalpostView, Link
from okrsite.pages.views import GoalpostsView
from okrsite.pages.writer import Writer

MAX_LATEST: Final = 200
"""How many changes the company's page shows at most; all of them stand on their cycles' pages."""
Dated = tuple[date, Callable[[Writer], GoalpostView]]
"""A day, and a change of that day."""
_REASONS: Final = frozenset(
    {What.TARGET, What.BASELINE, What.DIRECTION, What.LIMIT, What.MILESTONES, What.MEASURE, What.WORDING, What.WHY}
    | {What.TYPE, What.DUE, What.DROPPED, What.PAUSED, What.REMOVED}
)
"""Changes of something above that may leave what leans on it without its reason."""


def present_goalposts(framer: Framer) -> GoalpostsView:
    """The latest promises that moved, and the way to those of each cycle."""
    company, writer = framer.compiled.company, framer.writer(urls.GOALPOSTS)
    moved = (one for cycle in company.cycles.values() for one in _moved_in(cycle, framer))
    title = writer.say.plain.gettext("Promises that moved")
    return GoalpostsView(
        chrome=framer.chrome(writer, title),
        title=title,
        opening=_common(cycle.opening_days for cycle in company.cycles.values()),
        goalposts=tuple(islice(_latest_first(moved, writer), MAX_LATEST)),
        cycles=tuple(
            Link(writer.cycle(cycle), writer.href(urls.goalposts(cycle))) for cycle in reversed(tuple(company.cycles))
        ),
        known=bool(company.history.head),
        since=None if company.history.complete else company.history.since,
    )


def present_goalposts_in(cycle: Cycle, framer: Framer) -> GoalpostsView:
    """Every promise of a cycle that moved, the latest first; what teams say without a day comes last."""
    company, writer = framer.compiled.company, framer.writer(urls.goalposts(cycle.id))
    title = writer.say.plain.gettext("Promises that moved, %(cycle)s", cycle=writer.cycle_name(cycle.id))
    return GoalpostsView(
        chrome=framer.cycle_chrome(cycle.id, title, writer),
        title=title,
        opening=cycle.opening_days,
        goalposts=tuple(_latest_first(_moved_in(cycle, framer), writer)),
        cycles=(),
        known=bool(company.history.head),
        since=None if company.history.complete else company.history.since,
    )


def _common(days: Iterable[int]) -> int | None:
    """A number that is the same each time."""
    different = set(days)
    return different.pop() if len(different) == 1 else None


def _moved_in(cycle: Cycle, framer: Framer) -> Iterator[Dated]:
    """What moved in a cycle; in no order of time."""
    for team_cycle in framer.compiled.company.parts_in.get(cycle.id, ()):
        for goalpost in _ledger_at(team_cycle, framer):
            yield goalpost.on, partial(present_goalpost, goalpost, framer, figures=False, placed=True)
        for objective in team_cycle.objectives:
            for amendment in unmatched(objective, framer):
                yield amendment.on or date.min, partial(present_amendment, amendment, objective, placed=True)


def _latest_first(found: Iterable[Dated], writer: Writer) -> Iterator[GoalpostView]:
    return (show(writer) for _, show in sorted(found, key=lambda dated: dated[0], reverse=True))


def _ledger_at(team_cycle: TeamCycle, framer: Framer) -> list[Goalpost]:
    """What changed in all that a team promised, observed and judged for a cycle, in the order of time."""
    ledger, place = framer.compiled.ledger, (team_cycle.team, team_cycle.cycle)
    return sorted((*ledger.moved_at.get(place, ()), *ledger.rewritten_at.get(place, ())), key=lambda g: g.on)


def present_changes_at(team_cycle: TeamCycle, framer: Framer, writer: Writer) -> tuple[GoalpostView, ...]:
    """What changed in all that a team promised, observed and judged for a cycle, in the order of time."""
    figures = not framer.compiled.company.teams[team_cycle.team].words_only
    return tuple(present_goalpost(one, framer, writer, figures=figures) for one in _ledger_at(team_cycle, framer))


def present_changes_of(objective: Objective, framer: Framer, writer: Writer) -> tuple[GoalpostView, ...]:
    """What changed in an objective's promise, in the order of time."""
    views = [present_goalpost(g, framer, writer) for g in framer.compiled.ledger.of.get(objective.ref, ())]
    views += [present_amendment(amendment, objective, writer) for amendment in unmatched(objective, framer)]
    return tuple(sorted(views, key=lambda view: view.on or date.max))


def present_changes_since(objective: Objective, day: date, framer: Framer, writer: Writer) -> tuple[GoalpostView, ...]:
    """What changed in an objective's promise from a day on, other than that something was paused or dropped."""
    ledger = framer.compiled.ledger.of.get(objective.ref, ())
    views = [
        present_goalpost(goalpost, framer, writer, figures=False)
        for goalpost in ledger
        if goalpost.on >= day and not goalpost.minor and goalpost.what not in (What.PAUSED, What.DROPPED)
    ]
    amendments = (amendment for amendment in unmatched(objective, framer) if amendment.on and amendment.on >= day)
    views += [present_amendment(amendment, objective, writer) for amendment in amendments]
    return tuple(sorted(views, key=lambda view: view.on or date.max))


def present_moved_reasons(objective: Objective, framer: Framer, writer: Writer) -> tuple[GoalpostView, ...]:
    """What changed above an objective since its team last touched it or said that it still stands."""
    company = framer.compiled.company
    touched = company.history.touched.get(objective.ref)
    if touched is None:
        return ()
    settled = max(touched, objective.entry.reaffirmed or touched)
    supports = objective.leans_on
    return tuple(
        present_goalpost(goalpost, framer, writer, placed=True)
        for above in dict.fromkeys(objective_of(ref) for ref in supports)
        for goalpost in framer.compiled.ledger.of.get(above, ())
        if goalpost.on > settled and goalpost.what in _REASONS and not goalpost.minor
        if not part_of(goalpost.ref) or above in supports or goalpost.ref in supports
    )
