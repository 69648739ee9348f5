"""Files to one company: every value in its place, every reference resolved, and a problem for each that is not."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from okrsite.core.company import Company, KeyResult, Objective, TeamCycle
from okrsite.core.diagnostics import Diagnostic, problem
from okrsite.core.grouping import grouped, inverse
from okrsite.core.link.objectives import Linker, link_dependencies, link_okrs, too_early
from okrsite.core.link.prose import (
    check_languages,
    link_prose,
    link_translations,
    named_pictures,
    shown_files,
    shown_pictures,
)
from okrsite.core.link.skeleton import Facts, Place, Skeleton, first_of, lay_out, of_kind
from okrsite.core.link.threads import came_late, counted, link_bets, link_questions, link_retro, link_risks
from okrsite.core.model import (
    AnyFile,
    CheckInFile,
    MissionFile,
    OkrsFile,
    PageFile,
    QuestionFile,
    RetroFile,
)
from okrsite.core.refs import Ref, team_of
from okrsite.core.source import Span

Linkers = Mapping[Place, Linker]


def link_company(files: tuple[AnyFile, ...], facts: Facts) -> tuple[Company, list[Diagnostic]]:
    """Link all files; what cannot be linked is reported and left out, the rest stands."""
    skeleton, problems = lay_out(files, facts)
    linkers = {place: Linker(skeleton.resolver, *place, problems) for place in skeleton.files}
    objectives, guardrails = _link_objectives(skeleton, linkers, problems)
    team_cycles = _link_team_cycles(skeleton, linkers, objectives, guardrails, facts, problems)
    shown = shown_files(files, skeleton.cycles, team_cycles)
    translations = link_translations(files, problems)
    visible = [*shown.values(), *(file for others in translations.values() for file in others)]
    company = Company(
        settings=facts.settings,
        today=facts.today,
        mission=first_of(files, MissionFile),
        pages=tuple(of_kind(files, PageFile)),
        cycles=skeleton.cycles,
        current=skeleton.current,
        teams=skeleton.teams,
        root=skeleton.root,
        team_cycles=team_cycles,
        dependencies=link_dependencies(objectives, linkers, facts.history),
        supported_by=_supported_by(objectives.values()),
        places={name: kind for name, (kind, _) in skeleton.resolver.places.items()},
        links=link_prose(files, skeleton.resolver, facts.settings.content, facts.pictures, problems),
        translations=translations,
        redirects=skeleton.aliases,
        shown=shown,
        pictures=shown_pictures(visible, facts),
        history=facts.history,
        folder=facts.folder,
        as_of=facts.as_of,
    )
    return company, problems + check_languages(files, facts.settings)


def _link_objectives(
    skeleton: Skeleton, linkers: Linkers, problems: list[Diagnostic]
) -> tuple[dict[str, Objective], dict[Place, tuple[KeyResult, ...]]]:
    """All objectives by full reference, and each team's guardrails."""
    objectives: dict[str, Objective] = {}
    guardrails: dict[Place, tuple[KeyResult, ...]] = {}
    for place, files in skeleton.files.items():
        okrs = first_of(files, OkrsFile)
        if okrs:
            own, guardrails[place] = link_okrs(okrs, linkers[place])
            problems += too_early(okrs, skeleton.cycles[place[1]])
            objectives |= {objective.ref: objective for objective in own}
    return _share(objectives, linkers, problems), guardrails


def _share(objectives: Mapping[str, Objective], linkers: Linkers, problems: list[Diagnostic]) -> dict[str, Objective]:
    """Objectives with the teams they are shared with: agreed once one of that team's is shared back."""
    shared: dict[str, list[tuple[str, Ref]]] = {}
    for objective in objectives.values():
        linker = linkers[objective.team, objective.cycle]
        found = ((linker.one(ref, ("team",)), ref) for ref in objective.entry.shared_with)
        shared[objective.ref] = [(team_of(target), ref) for target, ref in found if target]
    offered = {(o.team, o.cycle, team) for o in objectives.values() for team, _ in shared[o.ref]}
    result = {}
    for objective in objectives.values():
        pairs = []
        for team, ref in shared[objective.ref]:
            agreed = (team, objective.cycle, objective.team) in offered
            pairs.append((team, agreed))
            if not agreed:
                message = f"`{ref.text}` does not list an objective as shared with this team yet"
                problems.append(problem("shared-not-agreed", ref.span, message))
        result[objective.ref] = replace(objective, shared_with=tuple(pairs)) if pairs else objective
    return result


def _link_team_cycles(
    skeleton: Skeleton,
    linkers: Linkers,
    objectives: Mapping[str, Objective],
    guardrails: Mapping[Place, tuple[KeyResult, ...]],
    facts: Facts,
    problems: list[Diagnostic],
) -> dict[Place, TeamCycle]:
    """Everything that each team wrote for each cycle."""
    used_by = inverse((o.ref, lesson) for o in objectives.values() for lesson in o.learned_from)
    own = grouped(((objective.team, objective.cycle), objective) for objective in objectives.values())
    team_cycles = {}
    for place, files in skeleton.files.items():
        linker = linkers[place]
        checkins = counted(of_kind(files, CheckInFile), skeleton.cycles[place[1]], facts.today, problems)
        late = came_late(checkins, skeleton.teams[place[0]].cadence, facts.history.late)
        okrs, retro = first_of(files, OkrsFile) or OkrsFile(path=""), first_of(files, RetroFile)
        problems += _check_life(place, skeleton, files[0].path)
        team_cycles[place] = TeamCycle(
            team=place[0],
            cycle=place[1],
            objectives=own.get(place, ()),
            guardrails=guardrails.get(place, ()),
            not_doing=okrs.not_doing,
            ignore=okrs.ignore,
            body=okrs.body,
            extra=okrs.extra,
            checkins=checkins,
            late={name: on for name, on in late.items() if "#" not in name},
            risks=link_risks(checkins, late, linker),
            bets=link_bets(own.get(place, ()), checkins, linker),
            questions=link_questions(of_kind(files, QuestionFile), linker),
            retro=link_retro(retro, linker, used_by) if retro else None,
            paths=tuple(file.path for file in files),
            broken=place in skeleton.broken,
        )
    return team_cycles


def _check_life(place: Place, skeleton: Skeleton, path: str) -> list[Diagnostic]:
    """A team writes from its first cycle to its last."""
    team, cycle = skeleton.teams[place[0]], skeleton.cycles[place[1]]
    outside = []
    if cycle.end < team.first_day:
        outside.append(f"since: {team.since}")
    if cycle.start > team.last_day:
        outside.append(f"until: {team.until}")
    return [
        problem(
            "outside-life", Span(path), f"`{team.id}` says `{said}` and has files in `{cycle.id}`", f"see {team.path}"
        )
        for said in outside
    ]


def _supported_by(objectives: Iterable[Objective]) -> dict[str, tuple[str, ...]]:
    pairs = []
    for objective in objectives:
        pairs += [(objective.ref, target) for target in objective.supports]
        pairs += [(kr.ref, target) for kr in objective.key_results for target in kr.supports]
    return inverse(pairs)


__all__ = ["Facts", "link_company", "named_pictures"]
