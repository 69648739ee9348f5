"""Which teams there are, how they form a tree over time, and the old names they answer to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from okrsite.core.company import Team
from okrsite.core.cycles import Cycle, cycle_hint, period
from okrsite.core.diagnostics import Diagnostic, did_you_mean, problem
from okrsite.core.grouping import grouped
from okrsite.core.lookalikes import check_lookalikes
from okrsite.core.model import TeamFile
from okrsite.core.refs import collision_key
from okrsite.core.source import Span
from okrsite.core.text import plain_text


def link_teams(
    files: Iterable[TeamFile], folders: Mapping[str, str], cycles: Mapping[str, Cycle], fiscal_year_start: int
) -> tuple[dict[str, Team], list[Diagnostic]]:
    """All teams by id in no order yet; `folders` maps each team that has files to the path of one of them."""

    def dates_of(name: str) -> tuple[date, date] | None:
        """First and last day of a cycle, which may be one that nobody has written for."""
        cycle = cycles.get(name)
        return (cycle.start, cycle.end) if cycle else period(name, fiscal_year_start)

    problems: list[Diagnostic] = []
    own = {file.team: file for file in files}
    named = {file.name.plain.casefold(): file.team for file in own.values() if file.name}
    teams: dict[str, Team] = {}
    seen: dict[str, str] = {}
    for id_ in sorted(folders):
        twin = seen.setdefault(collision_key(id_), id_)
        if twin != id_:
            message = f"the teams `{twin}` and `{id_}` differ only by case or Unicode form"
            problems.append(problem("id-collision", Span(folders[id_]), message, "rename one of the folders"))
        file = own.get(id_)
        if file is None:
            folder = folders[id_].split(f"/{id_}/")[0] + f"/{id_}"
            problems.append(
                problem("no-team-file", Span(folders[id_]), f"the team `{id_}` has no team.md", f"add {folder}/team.md")
            )
        teams[id_] = _team(id_, file, cycles, dates_of, folders, named, problems)
    problems += check_lookalikes(("team", id_, Span(folders[id_])) for id_ in teams)
    problems += check_lookalikes(("team", t.name.plain, Span(t.path)) for t in teams.values() if t.path)
    _break_loops(teams, own, problems)
    return teams, problems


def link_aliases(teams: Mapping[str, Team], files: Iterable[TeamFile]) -> tuple[dict[str, str], list[Diagnostic]]:
    """The teams that old ids stand for; an alias that is taken is reported and left out."""
    problems: list[Diagnostic] = []
    aliases: dict[str, str] = {}
    taken = {collision_key(id_): id_ for id_ in teams}
    for file in files:
        for alias, span in file.aliases:
            first = taken.setdefault(collision_key(alias), alias)
            if first in teams or first != alias or aliases.get(alias, file.team) != file.team:
                owner = f"the team `{first}`" if first in teams else f"`{aliases[first]}`"
                problems.append(problem("alias-clash", span, f"`{alias}` already belongs to {owner}"))
            else:
                aliases[alias] = file.team
    return aliases, problems


def in_order(teams: Mapping[str, Team], day: date) -> dict[str, Team]:
    """The teams in the organisation's order on a day: above before below, siblings by id."""
    below = grouped((teams[id_].parent(day), id_) for id_ in sorted(teams))
    ordered: dict[str, Team] = {}
    stack = list(reversed(below.get("", ())))
    while stack:
        id_ = stack.pop()
        if id_ not in ordered:
            ordered[id_] = teams[id_]
            stack.extend(reversed(below.get(id_, ())))
    return ordered | {id_: team for id_, team in teams.items() if id_ not in ordered}


def _team(
    id_: str,
    file: TeamFile | None,
    cycles: Mapping[str, Cycle],
    dates_of: Callable[[str], tuple[date, date] | None],
    folders: Mapping[str, str],
    named: Mapping[str, str],
    problems: list[Diagnostic],
) -> Team:
    if file is None:
        return Team(id_, plain_text(id_))
    parents = []
    for cycle, parent, span in file.parents:
        if parent not in folders:
            meant = named.get(parent.casefold(), parent.removeprefix("teams/"))
            near = f"write `{meant}`" if meant in folders else did_you_mean(parent, folders)
            hint = near or "`parent` is the name of a team's folder"
            problems.append(problem("unresolved-ref", span, f"no team is called `{parent}`", hint))
            continue
        dates = dates_of(cycle) if cycle else (date.min, date.max)
        if dates is None:
            hint = cycle_hint(cycle) or did_you_mean(cycle, cycles)
            problems.append(problem("unknown-cycle", span, f"there is no cycle `{cycle}`", hint))
        else:
            parents.append((dates[0], parent))
    life: dict[str, tuple[str, tuple[date, date]]] = {}
    for name, found in (("since", file.since), ("until", file.until)):
        known = dates_of(found[0]) if found else None
        if found and known is None:
            message = f"`{name}` names a cycle, and there is no cycle `{found[0]}`"
            hint = cycle_hint(found[0]) or did_you_mean(found[0], cycles)
            problems.append(problem("unknown-cycle", found[1], message, hint))
        elif found and known:
            life[name] = (found[0], known)
    return Team(
        id=id_,
        name=file.name or plain_text(id_),
        parents=tuple(sorted(parents, key=lambda pair: pair[0])),
        mission=file.mission,
        contact=file.contact,
        aliases=tuple(alias for alias, _ in file.aliases),
        since=life["since"][0] if "since" in life else "",
        until=life["until"][0] if "until" in life else "",
        first_day=life["since"][1][0] if "since" in life else date.min,
        last_day=life["until"][1][1] if "until" in life else date.max,
        cadence=file.cadence,
        words_only=file.words_only,
        body=file.body,
        path=file.path,
        ignore=file.ignore,
        extra=file.extra,
    )


def _break_loops(teams: dict[str, Team], files: Mapping[str, TeamFile], problems: list[Diagnostic]) -> None:
    """A team that would be above itself, at any time, stands at the top instead."""
    # Before its first day, too, the first parent is above a team.
    days = sorted({date.min, *(first for team in teams.values() for first, _ in team.parents)})
    for id_ in sorted(teams):
        for day in days:
            seen, above = {id_}, teams[id_].parent(day)
            while above and above not in seen:
                seen.add(above)
                above = teams[above].parent(day)
            if above == id_:
                span = files[id_].parents[0][2]
                message = (
                    f"`{id_}` is above itself"
                    if len(seen) == 1
                    else f"`{id_}` is above itself through `{teams[id_].parent(day)}`"
                )
                problems.append(problem("team-loop", span, message, "change the `parent` of one of them"))
                teams[id_] = replace(teams[id_], parents=())
                break
