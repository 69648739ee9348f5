"""The chain of why: what an objective leans on, and what that leans on, up to the top of the company."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from okrsite.core.company import Company, Objective
from okrsite.core.refs import objective_of
from okrsite.pages.parts import Reason
from okrsite.pages.writer import Writer

MAX_REASONS: Final = 80
"""Steps of the chain on one page, the objective's own with them; the map of the cycle has the rest."""


def present_reasons(objective: Objective, company: Company, writer: Writer) -> tuple[tuple[Reason, ...], bool]:
    """The steps of the chain of why above an objective, from the top down; and whether there are more than these."""
    chain, more = _chain(objective, company)
    return tuple(_present(chain, company, writer)), more


def _present(chain: dict[str, dict[str, list[str]]], company: Company, writer: Writer) -> Iterable[Reason]:
    steps = list(chain)
    for ref, following in pairwise(steps):
        objective = company.objectives[ref]
        supported = {part for step in chain.values() for part in step.get(ref, ())}
        yield Reason(
            link=writer.link(ref),
            team=writer.team(objective.team),
            through=tuple(writer.title(part) for part in objective.refs[1:] if part in supported),
            apart=ref not in chain[following],
        )


def _chain(objective: Objective, company: Company) -> tuple[dict[str, dict[str, list[str]]], bool]:
    """What an objective leans on and what that leans on, up to the top, each once and below what it leans on itself.

    Each with what it supports of which, the objective last; and whether there is more than a page shows.
    """
    found = {objective.ref: _supported(objective)}
    waiting, more = [objective.ref], False
    for ref in waiting:
        for above in found[ref]:
            if above in found:
                continue
            if len(found) == MAX_REASONS:
                more = True
                break
            found[above] = _supported(company.objectives[above])
            waiting.append(above)
    seen, ordered = {objective.ref}, list[str]()

    def climb(ref: str) -> None:
        for above in found[ref]:
            if above in found and above not in seen:
                seen.add(above)
                climb(above)
        ordered.append(ref)

    climb(objective.ref)
    return {ref: found[ref] for ref in ordered}, more


def _supported(objective: Objective) -> dict[str, list[str]]:
    """The objectives that an objective or its key results support, each with what of it is supported."""
    supported: dict[str, list[str]] = {}
    for ref in objective.leans_on:
        above = objective_of(ref)
        if above != objective.ref:
            supported.setdefault(above, []).append(ref)
    return supported
