"""Objectives and key results in their places, with what they support, need, provide and come from resolved."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from okrsite.core.company import Dependency, KeyResult, Objective
from okrsite.core.cycles import Cycle
from okrsite.core.diagnostics import Diagnostic, problem
from okrsite.core.history import History, What
from okrsite.core.link.resolver import Resolver
from okrsite.core.model import Commitment, DeliverBy, OkrsFile
from okrsite.core.refs import Ref, objective_of, team_of
from okrsite.core.source import Span
from okrsite.core.text import Section

SUPPORTED = ("objective", "key result")
PROVIDERS = ("objective", "key result", "team")
_NAMES = {"objective": "an objective", "key result": "a key result", "team": "a team", "lesson": "a lesson"}


class Linker:
    """Resolves the references of one team's cycle and reports those that name nothing, or the wrong thing."""

    def __init__(self, resolver: Resolver, team: str, cycle: str, problems: list[Diagnostic]) -> None:
        self.resolver, self.team, self.cycle, self.problems = resolver, team, cycle, problems
        self.itself = ""

    def one(self, ref: Ref | None, kinds: Sequence[str]) -> str:
        """The full reference of one thing of certain kinds, or ''."""
        if ref is None:
            return ""
        found = self.resolver.resolve(ref, self.team, self.cycle)
        if not found:
            if not self.resolver.unknowable(ref, self.team, self.cycle):
                self.problems.append(self.resolver.explain(ref, self.team, self.cycle, teams="team" in kinds))
            return ""
        kind = self.resolver.places[found][0]
        if found == self.itself:
            self.problems.append(problem("wrong-target", ref.span, "an objective cannot lean on itself"))
            return ""
        if kind not in kinds:
            wanted = " or ".join(_NAMES.get(k, k) for k in kinds)
            message = f"`{ref.text}` is {_NAMES.get(kind, 'a ' + kind)}; {wanted} is needed here"
            self.problems.append(problem("wrong-target", ref.span, message))
            return ""
        return found

    def many(self, refs: Iterable[Ref], kinds: Sequence[str]) -> tuple[str, ...]:
        """The full references of several things, each once."""
        return tuple(dict.fromkeys(found for ref in refs if (found := self.one(ref, kinds))))


def link_okrs(file: OkrsFile, linker: Linker) -> tuple[tuple[Objective, ...], tuple[KeyResult, ...]]:
    """The objectives and guardrails of one okrs.md, in order."""
    base = f"{file.team}/{file.cycle}"
    stories: dict[str, Section] = {}
    for section in file.body.sections:
        if section.id and stories.setdefault(section.id, section) is not section:
            message = f"`{section.id}` has a story already; this section stays with the team's text"
            linker.problems.append(problem("duplicate-id", Span(file.path, section.line), message))
    objectives = []
    for entry in file.objectives:
        ref = linker.itself = f"{base}/{entry.id}"
        objectives.append(
            Objective(
                ref=ref,
                team=file.team,
                cycle=file.cycle,
                path=file.path,
                entry=entry,
                key_results=tuple(
                    KeyResult(f"{ref}#{kr.id}", ref, kr, linker.many(kr.supports, SUPPORTED))
                    for kr in entry.key_results
                ),
                supports=linker.many(entry.supports, SUPPORTED),
                carried_from=linker.many(entry.carried_from, ("objective",)),
                moved_from=linker.one(entry.moved_from, ("objective",)),
                moved_to=linker.one(entry.moved_to, ("objective",)),
                learned_from=linker.many(entry.learned_from, ("lesson",)),
                story=stories.get(entry.id),
            )
        )
    linker.itself = ""
    guardrails = tuple(
        KeyResult(f"{base}/guardrails#{kr.id}", f"{base}/guardrails", kr, linker.many(kr.supports, SUPPORTED))
        for kr in file.guardrails
    )
    return tuple(objectives), guardrails


def too_early(file: OkrsFile, cycle: Cycle) -> list[Diagnostic]:
    """A problem for each key result that was to be delivered before its cycle began."""
    entries = [kr for objective in file.objectives for kr in objective.key_results] + list(file.guardrails)
    days = [(kr, kr.measure.by) for kr in entries if isinstance(kr.measure, DeliverBy)]
    return [
        problem(
            "outside-cycle",
            kr.span,
            f"`{kr.id}` is due on {day}, before the cycle `{cycle.id}` begins on {cycle.start}",
            "is the year of `deliver_by` right?",
        )
        for kr, day in days
        if day < cycle.start
    ]


def link_dependencies(
    objectives: Mapping[str, Objective], linkers: Mapping[tuple[str, str], Linker], history: History
) -> tuple[Dependency, ...]:
    """Who waits for whom: agreed where the provider's `provides` or `shared_with` acknowledges it."""
    promised: dict[str, list[tuple[str, Objective, date | None]]] = {}
    for objective in objectives.values():
        linker = linkers[objective.team, objective.cycle]
        for provision in objective.entry.provides:
            to = linker.one(provision.to, PROVIDERS)
            if to:
                promised.setdefault(objective_of(to), []).append((to, objective, provision.by))
    asked = {(r.change.ref, r.change.after): r.on for r in history.recorded if r.change.what is What.NEED}
    found = []
    for objective in objectives.values():
        linker = linkers[objective.team, objective.cycle]
        entries: list[tuple[str, Commitment]] = [(objective.ref, objective.entry)]
        entries += [(kr.ref, kr.entry) for kr in objective.key_results]
        for asker, entry in entries:
            for need in entry.depends_on:
                provider = linker.one(need.source, PROVIDERS)
                if provider:
                    agreed, by = _agreement(asker, provider, objective, objectives, promised)
                    on = asked.get((asker, need.source.text)) or history.first.get(objective.ref)
                    found.append(Dependency(asker, provider, need.need, agreed, by, on))
    return tuple(found)


def _agreement(
    asker: str,
    provider: str,
    objective: Objective,
    objectives: Mapping[str, Objective],
    promised: Mapping[str, list[tuple[str, Objective, date | None]]],
) -> tuple[bool, date | None]:
    """Whether what an objective waits for was acknowledged, and by when it is to come."""
    team = team_of(provider)
    for to, source, by in (*promised.get(objective.ref, ()), *promised.get(f"@{objective.team}", ())):
        exact = to in (asker, objective.ref, f"@{objective.team}")
        if exact and source.team == team and (provider.startswith("@") or source.ref == objective_of(provider)):
            return True, by
    shared = objectives.get(objective_of(provider))
    return bool(shared and any(team == objective.team for team, _ in shared.shared_with)), None
