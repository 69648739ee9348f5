"""What must be known before anything can be resolved: cycles, teams, whose file is where, and every name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from okrsite.core.company import Team
from okrsite.core.cycles import Cycle, current_cycle, enclosing
from okrsite.core.diagnostics import Diagnostic, did_you_mean, problem
from okrsite.core.grouping import grouped
from okrsite.core.history import NO_HISTORY, History
from okrsite.core.link.cycles import link_cycles
from okrsite.core.link.names import collect_names
from okrsite.core.link.resolver import Resolver
from okrsite.core.link.teams import in_order, link_aliases, link_teams
from okrsite.core.model import AnyFile, CycleFile, OkrsFile, TeamFile
from okrsite.core.pictures import Picture
from okrsite.core.settings import FILE_NAME, Settings, forge_of
from okrsite.core.source import Span

F = TypeVar("F")
Place = tuple[str, str]
"""A team and a cycle."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a company's texts do not say: its settings, the day on which they are read, its pictures, past and place."""

    settings: Settings
    today: date
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """The pictures that texts name, by path; those that are not there are missing."""
    history: History = NO_HISTORY
    folder: str = ""
    """Where the project lies in its repository; '' is its root."""
    as_of: date | None = None
    """The day as of which the content stands, where another time than now was asked for."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The company's frame: what exists, in which order, and how it is named."""

    cycles: dict[str, Cycle]
    current: str
    teams: dict[str, Team]
    root: str
    aliases: dict[str, str]
    resolver: Resolver
    files: dict[Place, tuple[AnyFile, ...]]
    """Each team's files of each known cycle, by place in the organisation's order and in order of time."""
    broken: frozenset[Place]


def lay_out(files: tuple[AnyFile, ...], facts: Facts) -> tuple[Skeleton, list[Diagnostic]]:
    """The frame in which all files find their place."""
    settings = facts.settings
    used = {file.cycle: file.path for file in reversed(files) if file.team and file.cycle}
    folders = {file.team: file.path for file in reversed(files) if file.team}
    team_files = of_kind(files, TeamFile)
    cycles, problems = link_cycles(of_kind(files, CycleFile), used, settings, facts.history)
    teams, found = link_teams(team_files, folders, cycles, settings.fiscal_year_start)
    aliases, clashes = link_aliases(teams, team_files)
    # What lies in a cycle that there is not has no page to lead to: it is named by nothing, and missed by nobody.
    placed = [file for file in files if not file.cycle or file.cycle in cycles]
    adrift = frozenset((file.team, file.cycle) for file in files if file.cycle and file.cycle not in cycles)
    names, collisions = collect_names(placed, folders)
    problems += [*found, *clashes, *collisions]
    current = current_cycle(tuple(cycles.values()), facts.today)
    day = current.start if current else facts.today
    teams = in_order(teams, day)
    broken = frozenset((file.team, file.cycle) for file in of_kind(files, OkrsFile) if file.broken)
    by_place = grouped(((file.team, file.cycle), file) for file in files)
    tops = [team.id for team in teams.values() if not team.parent(day)]
    if settings.company and settings.company not in teams:
        message = f"`company` names no team: `{settings.company}`"
        problems.append(problem("settings", Span(FILE_NAME), message, did_you_mean(settings.company, teams)))
    if settings.repo_url and not forge_of(settings):
        message = f"nothing tells what forge {settings.repo_url} is"
        hint = "set `forge` to `github`, `gitlab` or `gitea`"
        problems.append(problem("unknown-forge", Span(FILE_NAME), message, hint))
    now = current.id if current else ""
    return Skeleton(
        cycles=cycles,
        current=now,
        teams=teams,
        root=settings.company if settings.company in teams else tops[0] if len(tops) == 1 else "",
        aliases=aliases,
        resolver=Resolver(names, lambda cycle: enclosing(cycle, cycles), aliases, now, broken | adrift),
        files={(t, c): by_place[t, c] for t in teams for c in cycles if (t, c) in by_place},
        broken=broken,
    ), problems


def of_kind(files: Iterable[AnyFile], kind: type[F]) -> list[F]:
    """The files of one kind, in order."""
    return [file for file in files if isinstance(file, kind)]


def first_of(files: Iterable[AnyFile], kind: type[F]) -> F | None:
    """The first file of a kind, if there is one."""
    return next((file for file in files if isinstance(file, kind)), None)
