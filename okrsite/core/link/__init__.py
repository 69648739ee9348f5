"""Files to one company: every value in its place, every reference resolved, and a problem for each that is not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from posixpath import dirname, join, normpath
from typing import TypeVar
from urllib.parse import unquote

from okrsite.core.company import Company, Objective, Question, TeamCycle
from okrsite.core.cycles import Cycle, current_cycle, enclosing
from okrsite.core.diagnostics import Diagnostic, did_you_mean, problem
from okrsite.core.link.cycles import link_cycles
from okrsite.core.link.names import collect_names
from okrsite.core.link.objectives import Linker, link_dependencies, link_okrs
from okrsite.core.link.resolver import Resolver
from okrsite.core.link.teams import in_order, link_aliases, link_teams
from okrsite.core.link.threads import counted, link_bets, link_questions, link_retro, link_risks
from okrsite.core.markdown import is_own_address
from okrsite.core.model import (
    AnyFile,
    CheckInFile,
    CycleFile,
    MissionFile,
    OkrsFile,
    PageFile,
    QuestionFile,
    RetroFile,
    TeamFile,
    TranslationFile,
)
from okrsite.core.settings import Settings
from okrsite.core.source import Span
from okrsite.core.text import LinkOpen, RefMark

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a company's files do not say themselves: its settings and the day on which they are read."""

    settings: Settings
    today: date


def link_company(files: tuple[AnyFile, ...], facts: Facts) -> tuple[Company, list[Diagnostic]]:
    """Link all files; what cannot be linked is reported and left out, the rest stands."""
    settings, today = facts.settings, facts.today
    used = {file.cycle: file.path for file in reversed(files) if file.team and file.cycle}
    cycles, problems = link_cycles(_of(files, CycleFile), used, settings)
    folders = {file.team: file.path for file in reversed(files) if file.team}
    teams, found = link_teams(_of(files, TeamFile), folders, cycles)
    aliases, clashes = link_aliases(teams, _of(files, TeamFile))
    names, collisions = collect_names(files, folders)
    problems += [*found, *clashes, *collisions]
    current = current_cycle(tuple(cycles.values()), today)
    day = current.start if current else today
    teams = in_order(teams, day)
    broken = {(file.team, file.cycle) for file in files if isinstance(file, OkrsFile) and file.broken}
    resolver = Resolver(
        names, lambda cycle: enclosing(cycle, cycles), aliases, current.id if current else "", broken
    )
    by_place: dict[tuple[str, str], list[AnyFile]] = {}
    for file in files:
        if file.cycle in cycles and file.team:
            by_place.setdefault((file.team, file.cycle), []).append(file)
    places = [(t, c) for t in teams for c in cycles if (t, c) in by_place]
    linkers = {place: Linker(resolver, *place, problems) for place in places}
    okrs = {place: _first(by_place[place], OkrsFile) for place in places}
    linked = {place: link_okrs(file, linkers[place]) if file else ((), ()) for place, file in okrs.items()}
    objectives = _shared({o.ref: o for own, _ in linked.values() for o in own}, linkers, problems)
    used_by = _inverse((o.ref, lesson) for o in objectives.values() for lesson in o.learned_from)
    team_cycles = {}
    for place in places:
        own = tuple(objectives[o.ref] for o in linked[place][0])
        cycle = cycles[place[1]]
        checkins = counted(_of(by_place[place], CheckInFile), cycle, today, problems)
        retro = _first(by_place[place], RetroFile)
        okr = okrs[place]
        _check_life(place, teams, cycles, by_place[place], problems)
        team_cycles[place] = TeamCycle(
            team=place[0],
            cycle=place[1],
            objectives=own,
            guardrails=linked[place][1],
            not_doing=okr.not_doing if okr else (),
            **({"body": okr.body, "extra": okr.extra} if okr else {}),
            checkins=checkins,
            risks=link_risks(checkins, linkers[place]),
            bets=link_bets(own, checkins, linkers[place]),
            questions=link_questions(_of(by_place[place], QuestionFile), linkers[place]),
            retro=link_retro(retro, linkers[place], used_by) if retro else None,
            paths=tuple(sorted(file.path for file in by_place[place])),
            broken=place in broken,
        )
    roots = [team.id for team in teams.values() if not team.parent(day)]
    problems += _check_company(settings, teams)
    company = Company(
        settings=settings,
        today=today,
        mission=_first(files, MissionFile),
        pages=tuple(_of(files, PageFile)),
        cycles=cycles,
        current=current.id if current else "",
        teams=teams,
        root=settings.company if settings.company in teams else roots[0] if len(roots) == 1 else "",
        team_cycles=team_cycles,
        dependencies=link_dependencies(objectives, linkers),
        supported_by=_supported_by(objectives.values()),
        places={name: kind for name, (kind, _) in names.items()},
        links=_link_prose(files, resolver, problems),
        translations=_translations(_of(files, TranslationFile), files, problems),
        redirects=aliases,
        shown=_shown(files, cycles, team_cycles),
    )
    _check_languages(files, settings, problems)
    return company, problems


def _shown(
    files: Iterable[AnyFile], cycles: Mapping[str, Cycle], team_cycles: Mapping[tuple[str, str], TeamCycle]
) -> dict[str, AnyFile]:
    """The files that have a place on the site: not those of unknown cycles, nor check-ins that do not count."""
    counted_paths = {c.path for tc in team_cycles.values() for c in tc.checkins}
    return {
        file.path: file
        for file in files
        if not isinstance(file, TranslationFile)
        and (not file.cycle or file.cycle in cycles)
        and (not isinstance(file, CheckInFile) or file.path in counted_paths)
    }


def _of(files: Iterable[AnyFile], kind: type[F]) -> list[F]:
    return [file for file in files if isinstance(file, kind)]


def _first(files: Iterable[AnyFile], kind: type[F]) -> F | None:
    return next((file for file in files if isinstance(file, kind)), None)


def _inverse(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for source, target in pairs:
        found.setdefault(target, []).append(source)
    return {target: tuple(dict.fromkeys(sources)) for target, sources in found.items()}


def _supported_by(objectives: Iterable[Objective]) -> dict[str, tuple[str, ...]]:
    pairs = []
    for objective in objectives:
        pairs += [(objective.ref, target) for target in objective.supports]
        pairs += [(kr.ref, target) for kr in objective.key_results for target in kr.supports]
    return _inverse(pairs)


def _shared(
    objectives: dict[str, Objective], linkers: Mapping[tuple[str, str], Linker], problems: list[Diagnostic]
) -> dict[str, Objective]:
    """Objectives with the teams they are shared with: agreed once one of that team's is shared back."""
    offered = {
        (o.team, o.cycle, ref.team) for o in objectives.values() for ref in o.entry.shared_with
    }
    result = {}
    for objective in objectives.values():
        linker = linkers[objective.team, objective.cycle]
        shared = []
        for ref in objective.entry.shared_with:
            target = linker.one(ref, ("team",))
            if target:
                agreed = (target[1:], objective.cycle, objective.team) in offered
                shared.append((target[1:], agreed))
                if not agreed:
                    message = f"`{ref.text}` does not list an objective as shared with this team yet"
                    problems.append(problem("shared-not-agreed", ref.span, message))
        result[objective.ref] = replace(objective, shared_with=tuple(shared)) if shared else objective
    return result


def _check_life(
    place: tuple[str, str],
    teams: Mapping[str, object],
    cycles: Mapping[str, object],
    files: list[AnyFile],
    problems: list[Diagnostic],
) -> None:
    """A team writes from its first cycle to its last."""
    from okrsite.core.company import Team
    from okrsite.core.cycles import Cycle

    team, cycle = teams[place[0]], cycles[place[1]]
    assert isinstance(team, Team) and isinstance(cycle, Cycle)
    for name, bound in (("since", team.since), ("until", team.until)):
        limit = cycles.get(bound)
        if isinstance(limit, Cycle) and (cycle.end < limit.start if name == "since" else cycle.start > limit.end):
            message = f"`{team.id}` says `{name}: {bound}` and has files in `{cycle.id}`"
            problems.append(problem("outside-life", Span(files[0].path), message, f"correct `{name}` in {team.path}"))


def _check_company(settings: Settings, teams: Mapping[str, object]) -> list[Diagnostic]:
    if settings.company and settings.company not in teams:
        message = f"`company` names no team: `{settings.company}`"
        return [problem("settings", Span("okrsite.toml"), message, did_you_mean(settings.company, teams))]
    return []


def _link_prose(
    files: Iterable[AnyFile], resolver: Resolver, problems: list[Diagnostic]
) -> dict[tuple[str, str, str], str]:
    """What every link in prose leads to: references by text and home, content paths by path."""
    files = tuple(files)
    links: dict[tuple[str, str, str], str] = {}
    paths = {file.path: file for file in files}
    root = next((file.path.split("/teams/")[0] for file in files if "/teams/" in file.path), "content")
    for file in files:
        for mark in file.marks:
            if isinstance(mark, RefMark):
                key = (mark.text, mark.home.team, mark.home.cycle)
                if key not in links:
                    links[key] = resolver.resolve_in_prose(*key)
                if not links[key]:
                    message = f"`[[{mark.text}]]` names nothing; it is shown as typed"
                    problems.append(problem("unresolved-link", mark.span, message))
            elif not is_own_address(mark.address):
                path = content_path(mark, root)
                if path in paths:
                    links[mark.address, file.path, ""] = path
                else:
                    message = f"the link to `{mark.address}` leads to no content file; it is shown as text"
                    hint = "link to a Markdown file by its path, or write `[[team/objective]]`"
                    problems.append(problem("dead-link", mark.span, message, hint))
    return links


def content_path(mark: LinkOpen, root: str) -> str:
    """The content file that a relative link means; `/` in front begins at the content folder."""
    address = unquote(mark.address.split("#")[0].split("?")[0])
    if address.startswith("/"):
        return normpath(join(root, address.lstrip("/")))
    return normpath(join(dirname(mark.home.path), address))


def _translations(
    translations: Iterable[TranslationFile], files: Iterable[AnyFile], problems: list[Diagnostic]
) -> dict[str, tuple[TranslationFile, ...]]:
    found: dict[str, tuple[TranslationFile, ...]] = {}
    paths = {file.path for file in files if not isinstance(file, TranslationFile)}
    for file in translations:
        if file.of in paths:
            found[file.of] = (*found.get(file.of, ()), file)
        else:
            message = f"there is no {file.of.rsplit('/', 1)[-1]} beside this translation"
            problems.append(problem("stray-file", Span(file.path), message, f"add {file.of}"))
    return found


def _check_languages(files: Iterable[AnyFile], settings: Settings, problems: list[Diagnostic]) -> None:
    for file in files:
        spoken = list(file.languages)
        if isinstance(file, TranslationFile):
            spoken.append((file.language, Span(file.path)))
        for language, span in spoken:
            if language not in settings.languages:
                listed = ", ".join(f'"{name}"' for name in (*settings.languages, language))
                hint = f"add it in okrsite.toml: `languages = [{listed}]`; or quote the text if no language is meant"
                problems.append(
                    problem("unknown-language", span, f"`{language}` is not a language of this site", hint)
                )


__all__ = ["Facts", "Question", "link_company"]
