"""The site as a value: every page with its path and what it shows. The third of the four steps."""

from collections.abc import Iterator
from dataclasses import dataclass

from okrsite.core.compile import Compiled
from okrsite.pages import urls
from okrsite.pages.chrome import Framer
from okrsite.pages.collections import (
    present_lessons,
    present_not_found,
    present_page,
    present_questions,
    present_welcome,
    redirects,
)
from okrsite.pages.cycles import present_asks, present_changes, present_cycle, present_map, present_retros
from okrsite.pages.objectives import present_objective
from okrsite.pages.teams import present_retro, present_team, present_team_cycle, present_teams
from okrsite.pages.views import Page


@dataclass(frozen=True, slots=True)
class SitePlan:
    """All pages of a site, in order."""

    pages: tuple[Page, ...]


def plan_site(compiled: Compiled) -> SitePlan:
    """Decide which pages exist and what each of them shows."""
    framer = Framer(compiled, compiled.company.settings.language)
    pages = tuple(_pages(framer))
    return SitePlan((*pages, *redirects(pages, framer)))


def _pages(framer: Framer) -> Iterator[Page]:
    company = framer.compiled.company
    if company.current:
        yield Page(urls.HOME, present_cycle(company.cycles[company.current], framer, home=True))
    else:
        yield Page(urls.HOME, present_welcome(framer))
    for cycle in company.cycles.values():
        yield Page(urls.cycle(cycle.id), present_cycle(cycle, framer, home=False))
        yield Page(urls.cascade(cycle.id), present_map(cycle, framer))
        yield Page(urls.asks(cycle.id), present_asks(cycle, framer))
        yield Page(urls.changes(cycle.id), present_changes(cycle, framer))
        yield Page(urls.retros(cycle.id), present_retros(cycle, framer))
    yield Page(urls.TEAMS, present_teams(framer))
    for team in company.teams.values():
        yield Page(urls.team(team.id), present_team(team, framer))
    for team_cycle in company.team_cycles.values():
        yield Page(urls.team_cycle(team_cycle.team, team_cycle.cycle), present_team_cycle(team_cycle, framer))
        for objective in team_cycle.objectives:
            yield Page(urls.objective(objective.ref), present_objective(objective, framer))
        if team_cycle.retro:
            yield Page(urls.retro(team_cycle.team, team_cycle.cycle), present_retro(team_cycle, framer))
    yield Page(urls.LESSONS, present_lessons(framer))
    yield Page(urls.QUESTIONS, present_questions(framer))
    for file in company.pages:
        yield Page(urls.page(file.slug), present_page(file, framer))
    yield Page(urls.NOT_FOUND, present_not_found(framer))
