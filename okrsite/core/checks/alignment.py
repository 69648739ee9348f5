"""How promises hang together: what they support, and whom they wait for."""

from collections.abc import Iterable, Iterator, Mapping

from okrsite.core.checks.part import Finding, Part, meant, places_of
from okrsite.core.company import Company
from okrsite.core.cycles import enclosing
from okrsite.core.grouping import inverse
from okrsite.core.model import Commitment, Status
from okrsite.core.refs import cycle_of, objective_of, part_of, place_of, tail_of, team_of

SHORTER = 0.75
"""The share of a cycle's length up to which another is shorter; quarters of two calendars differ by days."""


def unaligned(part: Part) -> Iterator[Finding]:
    if part.team.id == part.company.root or not _something_above(part):
        return
    for objective in part.active():
        leaning = objective.supports or any(kr.supports for kr in objective.key_results)
        entry = objective.entry
        # What was written and cannot be found has been reported already.
        if not (leaning or entry.supports or entry.shared_with or entry.provides or entry.serves):
            message = f"`{objective.id}` supports nothing and does not say why it stands alone"
            hint = "add `supports:`, or say who gains with `serves:`; `ignore: {unaligned: …}` says why it is local"
            yield part.find(objective.ref, "unaligned", entry.span, message, hint)


def _something_above(part: Part) -> bool:
    """Whether there is anything above a team that its objectives could support."""
    company, team = part.company, part.team
    above = {*company.teams_above(team.id, part.cycle.start), *([company.root] if company.root else [])}
    around = enclosing(part.cycle.id, company.cycles)
    places = [(id_, cycle) for id_ in above for cycle in around]
    places += [(team.id, cycle) for cycle in around[1:]]
    return any(place in company.team_cycles and company.team_cycles[place].objectives for place in places)


def upside_down(part: Part) -> Iterator[Finding]:
    for objective in part.promised():
        entries: list[tuple[str, Commitment, tuple[str, ...]]] = [(objective.ref, objective.entry, objective.supports)]
        entries += [(kr.ref, kr.entry, kr.supports) for kr in objective.key_results]
        for ref, entry, supports in entries:
            for target in supports:
                below = part.company.cycles[cycle_of(target)]
                if (
                    below.days <= SHORTER * part.cycle.days
                    and part.cycle.start <= below.end
                    and below.start <= part.cycle.end
                ):
                    span = places_of(entry.supports).get(tail_of(target), entry.span)
                    message = f"`{entry.id}` is of {part.cycle.id} and supports `{target}`, which ends with {below.id}"
                    hint = f"let `{target}` support this one instead"
                    yield part.find(ref, "upside-down", span, message, hint)
                    break


def unacknowledged_need(part: Part) -> Iterator[Finding]:
    for objective in part.active():
        entries: dict[str, Commitment] = {objective.ref: objective.entry}
        entries |= {kr.ref: kr.entry for kr in objective.key_results}
        places = {ref: places_of(one.source for one in entry.depends_on) for ref, entry in entries.items()}
        for need in part.company.needs.get(objective.ref, ()):
            provider = team_of(need.provider)
            if need.agreed or provider == part.team.id:
                continue
            entry = entries[need.asker]
            span = places[need.asker].get(tail_of(need.provider), entry.span)
            message = f"`{entry.id}` depends on `{need.provider}`, and `@{provider}` does not mention it"
            hint = f"talk to them; with `provides: {{to: {need.asker}}}` under one of their objectives it is agreed"
            yield part.find(need.asker, "unacknowledged-need", span, message, hint)


def support_loop(parts: Mapping[tuple[str, str], Part]) -> Iterator[Finding]:
    """Over the whole company: rings in which somebody can still change a promise."""
    company = next((part.company for part in parts.values()), None)
    if company is None:
        return
    reasons = _reasons(company)
    order = {ref: number for number, ref in enumerate(reasons)}
    for ring in rings(reasons):
        changeable = [ref for ref in ring if place_of(ref) in parts and _entry(company, ref).supports]
        if changeable:
            first = min(changeable, key=order.__getitem__)
            following = ring[(ring.index(first) + 1) % len(ring)]
            entry = _entry(company, first)
            message = f"`{entry.id}` supports `{following}`, and through it in the end itself"
            hint = "of two that help each other one is the reason; let only the other one support it"
            span = places_of(entry.supports).get(tail_of(following), entry.span)
            yield parts[place_of(first)].find(first, "support-loop", span, message, hint)


def _reasons(company: Company) -> dict[str, tuple[str, ...]]:
    """What each objective and key result is for, of those that may be in a ring: what it supports, and for a key result
    its own objective.
    """
    found: dict[str, tuple[str, ...]] = {}
    for objective in company.objectives.values():
        if objective.entry.status is Status.DROPPED:
            continue
        if objective.supports:
            found[objective.ref] = objective.supports
        found |= {kr.ref: (*kr.supports, objective.ref) for kr in meant(objective) if kr.supports}
    parts = [target for targets in found.values() for target in targets if part_of(target)]
    found |= {part: (objective_of(part),) for part in parts if part not in found}
    return {ref: tuple(target for target in targets if target in found) for ref, targets in found.items()}


def _entry(company: Company, ref: str) -> Commitment:
    return company.key_results[ref].entry if part_of(ref) else company.objectives[ref].entry


def rings(below: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """Rings in a graph of what each thing supports, no two with a member in common; in time linear in its size."""
    above = inverse((ref, target) for ref, targets in below.items() for target in targets)
    left = {ref: len(targets) for ref, targets in below.items()}
    ahead = {ref: iter(targets) for ref, targets in below.items()}
    gone: set[str] = set()

    def leave_out(refs: Iterable[str]) -> None:
        """Leave out what is in a ring that was found, and what leads to no further ring."""
        stack = list(refs)
        while stack:
            ref = stack.pop()
            if ref not in gone:
                gone.add(ref)
                for one in above.get(ref, ()):
                    left[one] -= 1
                    if not left[one]:
                        stack.append(one)

    leave_out([ref for ref, count in left.items() if not count])
    for start in below:
        path: dict[str, str] = {}
        ref = start
        while start not in gone:
            # Whatever is still there leads to something that is.
            if path.get(ref, ref) in gone or ref not in path:
                path[ref] = next(target for target in ahead[ref] if target not in gone)
            following = path[ref]
            if following in path:
                ring = list(_back_to(following, path))[::-1]
                yield ring
                leave_out(ring)
                while path and next(reversed(path)) in gone:
                    path.popitem()
                ref = next(reversed(path), start)
            else:
                ref = following


def _back_to(ref: str, path: dict[str, str]) -> Iterator[str]:
    for one in reversed(path):
        yield one
        if one == ref:
            return
