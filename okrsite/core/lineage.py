"""Where an objective comes from and where it went: the whole chain through cycles and teams."""

from collections.abc import Callable, Iterable
from typing import Final

from okrsite.core.company import Company

MAX_LINEAGE: Final = 60
"""Objectives of one chain that are followed in each direction."""


def predecessors(ref: str, company: Company) -> tuple[str, ...]:
    """What an objective was carried over from or handed over by."""
    return tuple(dict.fromkeys((*company.objectives[ref].carried_from, *company.handed_from.get(ref, ()))))


def successors(ref: str, company: Company) -> tuple[str, ...]:
    """What carries an objective on, or where it was handed to."""
    return tuple(dict.fromkeys((*company.handed_on.get(ref, ()), *company.carried_on.get(ref, ()))))


def lineage(ref: str, company: Company) -> tuple[str, ...]:
    """All that an objective comes from and all that came of it, itself among them, in order of time."""
    before = _followed(ref, lambda name: predecessors(name, company))
    after = _followed(ref, lambda name: successors(name, company))
    order = {cycle: number for number, cycle in enumerate(company.cycles)}
    chain = dict.fromkeys((*reversed(before), ref, *after))
    return tuple(sorted(chain, key=lambda name: order[company.objectives[name].cycle]))


def _followed(ref: str, step: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """What is reached from an objective step by step, nearest first; a circle ends where it would close."""
    found = {ref: None}
    waiting = [ref]
    for name in waiting:
        for following in step(name):
            if following not in found and len(found) <= MAX_LINEAGE:
                found[following] = None
                waiting.append(following)
    return tuple(found)[1:]
