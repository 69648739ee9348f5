"""Which pages the site has, and how each comes to say what it says. The third of the four steps."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from okrsite.core.compile import Compiled
from okrsite.pages import urls
from okrsite.pages.chrome import Framer
from okrsite.pages.collections import (
    present_lessons,
    present_not_found,
    present_page,
    present_questions,
    present_redirect,
    present_welcome,
)
from okrsite.pages.cycles import present_asks, present_changes, present_cycle, present_map, present_retros
from okrsite.pages.guide import present_calibration, present_goalposts, present_guide
from okrsite.pages.hosting import plan_hosting
from okrsite.pages.objectives import present_objective
from okrsite.pages.search import plan_search, present_search
from okrsite.pages.teams import present_retro, present_team, present_team_cycle, present_teams
from okrsite.pages.views import AnyView, Page


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page that will be: its path, and its view when asked for, so that a large site need not be held at once."""

    path: str
    present: Callable[[], AnyView]

    def page(self) -> Page:
        """The page as a value."""
        return Page(self.path, self.present())


@dataclass(frozen=True, slots=True)
class SitePlan:
    """All pages of a site, in order, each path once; and, when asked for, by path the files that are no pages."""

    pages: tuple[PlannedPage, ...]
    files: Callable[[], Mapping[str, bytes]]


def plan_site(compiled: Compiled) -> SitePlan:
    """Decide which pages exist and what each of them shows."""
    pages: list[PlannedPage] = []
    for reading in compiled.company.settings.languages:
        framer = Framer(compiled, reading)
        own = tuple(PlannedPage(path, present) for path, present in _pages(framer))
        pages += (PlannedPage(framer.tree + p.path, p.present) for p in (*own, *_redirects(own, framer)))
    return SitePlan(tuple(pages), partial(_files, compiled))


def _files(compiled: Compiled) -> Mapping[str, bytes]:
    return {**plan_hosting(compiled.company.settings), **plan_search(compiled.company)}


def _pages(framer: Framer) -> Iterator[tuple[str, Callable[[], AnyView]]]:
    company = framer.compiled.company
    if company.current:
        yield urls.HOME, partial(present_cycle, company.cycles[company.current], framer, home=True)
    else:
        yield urls.HOME, partial(present_welcome, framer)
    for cycle in company.cycles.values():
        yield urls.cycle(cycle.id), partial(present_cycle, cycle, framer, home=False)
        yield urls.cascade(cycle.id), partial(present_map, cycle, framer)
        yield urls.asks(cycle.id), partial(present_asks, cycle, framer)
        yield urls.changes(cycle.id), partial(present_changes, cycle, framer)
        yield urls.retros(cycle.id), partial(present_retros, cycle, framer)
    yield urls.TEAMS, partial(present_teams, framer)
    for team in company.teams.values():
        yield urls.team(team.id), partial(present_team, team, framer)
    for team_cycle in company.team_cycles.values():
        yield urls.team_cycle(team_cycle.team, team_cycle.cycle), partial(present_team_cycle, team_cycle, framer)
        for objective in team_cycle.objectives:
            yield urls.objective(objective.ref), partial(present_objective, objective, framer)
        if team_cycle.retro:
            yield urls.retro(team_cycle.team, team_cycle.cycle), partial(present_retro, team_cycle, framer)
    yield urls.SEARCH, partial(present_search, framer)
    yield urls.LESSONS, partial(present_lessons, framer)
    yield urls.QUESTIONS, partial(present_questions, framer)
    yield urls.GOALPOSTS, partial(present_goalposts, framer)
    yield urls.CALIBRATION, partial(present_calibration, framer)
    yield urls.GUIDE, partial(present_guide, framer)
    for file in company.pages:
        yield urls.page(file.slug), partial(present_page, file, framer)
    if not framer.tree:
        yield urls.NOT_FOUND, partial(present_not_found, framer)


def _redirects(pages: tuple[PlannedPage, ...], framer: Framer) -> Iterator[PlannedPage]:
    """For each old id of a team, pages at the old addresses that lead to the new ones."""
    for alias, team in framer.compiled.company.redirects.items():
        for planned in pages:
            old = urls.under_alias(planned.path, team, alias)
            if old:
                yield PlannedPage(old, partial(present_redirect, old, planned.path, team, framer))
