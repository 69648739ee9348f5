"""What is remembered across cycles: where objectives come from and went, and those that were let go."""

from collections.abc import Iterable

from okrsite.core.company import Company, Objective
from okrsite.core.grouping import grouped
from okrsite.core.lineage import lineage, predecessors, successors
from okrsite.core.model import Status
from okrsite.pages import urls
from okrsite.pages.around import present_replacement, status_mark
from okrsite.pages.chrome import Framer
from okrsite.pages.company_parts import DroppedView
from okrsite.pages.parts import Generation
from okrsite.pages.views import DroppedPageView
from okrsite.pages.words import term
from okrsite.pages.writer import Writer


def present_lineage(objective: Objective, company: Company, writer: Writer) -> tuple[Generation, ...]:
    """The chain that an objective is a part of, from its beginning on; nothing when it is alone."""
    chain = lineage(objective.ref, company)
    return tuple(_generations(chain, objective.ref, company, writer)) if len(chain) > 1 else ()


def _generations(chain: tuple[str, ...], here: str, company: Company, writer: Writer) -> Iterable[Generation]:
    above = ""
    for ref in chain:
        objective = company.objectives[ref]
        before = tuple(one for one in predecessors(ref, company) if one in chain)
        handed = set(before).intersection(company.handed_from.get(ref, ()))
        yield Generation(
            link=writer.link(ref),
            team=writer.team(objective.team),
            cycle=writer.cycle(objective.cycle),
            status=status_mark(objective.entry.status),
            here=ref == here,
            how=term("lineage", "handed over") if handed else term("lineage", "carried over") if before else "",
            after=writer.links(before) if before not in ((), (above,)) else (),
        )
        above = ref


def present_dropped(framer: Framer) -> DroppedPageView:
    """Every objective that was dropped, newest cycle first, in the organisation's order."""
    company = framer.compiled.company
    writer = framer.writer(urls.DROPPED)
    by_cycle = grouped((o.cycle, o) for o in company.objectives.values() if o.entry.status is Status.DROPPED)
    cycles = tuple(
        (writer.cycle(cycle), tuple(_dropped(objective, company, writer) for objective in by_cycle[cycle]))
        for cycle in reversed(tuple(company.cycles))
        if cycle in by_cycle
    )
    return DroppedPageView(chrome=framer.chrome(writer, writer.say.plain.gettext("What we let go")), cycles=cycles)


def _dropped(objective: Objective, company: Company, writer: Writer) -> DroppedView:
    entry = objective.entry
    return DroppedView(
        link=writer.link(objective.ref),
        team=writer.team(objective.team),
        because=writer.block(entry.because),
        replaced_by=present_replacement(entry.replaced_by, objective.team, objective.cycle, writer),
        carried_on=writer.links(successors(objective.ref, company)),
    )
