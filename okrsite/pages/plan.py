"""Which pages the site has, and how each comes to say what it says. The third of the four steps."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from okrsite.core.company import Team
from okrsite.core.compile import Compiled
from okrsite.pages import urls
from okrsite.pages.calendars import present_cycle_calendar, present_site_calendar, present_team_calendar
from okrsite.pages.calibration import present_calibration
from okrsite.pages.chrome import Framer
from okrsite.pages.collections import (
    present_lessons,
    present_lessons_in,
    present_not_found,
    present_page,
    present_pages,
    present_questions,
    present_redirect,
    present_welcome,
)
from okrsite.pages.cycles import present_asks, present_changes, present_cycle, present_map, present_retros
from okrsite.pages.feeds import (
    objective_feed,
    present_cycle_feed,
    present_objective_feed,
    present_site_feed,
    present_team_feed,
)
from okrsite.pages.goalposts import present_goalposts, present_goalposts_in
from okrsite.pages.guide import present_guide
from okrsite.pages.hosting import plan_hosting
from okrsite.pages.memory import present_dropped
from okrsite.pages.objectives import present_objective
from okrsite.pages.search import plan_search, present_search
from okrsite.pages.teams import present_retro, present_team, present_team_cycle, present_teams
from okrsite.pages.tracer import Tracer
from okrsite.pages.views import Page
from okrsite.pages.words import Vocabulary

Presenter = partial[Any]
"""A function that presents, and what it is told to be about; it returns any kind of view."""


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page that will be: its path, and its view when asked for, so that a large site need not be held at once."""

    path: str
    present: Presenter

    def page(self) -> Page:
        """The page as a value."""
        return Page(self.path, self.present())

    @property
    def about(self) -> tuple[object, ...]:
        """What it is told to present, and how; the company is not part of that."""
        arguments = (argument for argument in self.present.args if not isinstance(argument, Framer))
        return (self.path, self.present.func.__qualname__, *arguments, *self.present.keywords.items())


@dataclass(frozen=True, slots=True)
class SitePlan:
    """All pages of a site, in order, each path once, and by path what makes the files that are no pages."""

    pages: tuple[PlannedPage, ...]
    files: Mapping[str, Callable[[], bytes]]
    tracer: Tracer
    """Notes what each page reads of the company."""


ENGLISH_ONLY: Final = Vocabulary()


def plan_site(
    compiled: Compiled, vocabulary: Vocabulary = ENGLISH_ONLY, sources: Mapping[str, bytes] | None = None
) -> SitePlan:
    """Decide which pages exist and what each of them shows, in the words of its language.

    `sources` are digests of content files by path, where they are known.
    """
    pages: list[PlannedPage] = []
    tracer = Tracer(compiled, sources or {})
    languages = compiled.company.settings.languages
    names = {reading: vocabulary.name(reading) for reading in languages}
    for reading in languages:
        framer = Framer(tracer, reading, vocabulary.words(reading), names)
        own = tuple(PlannedPage(path, present) for path, present in _pages(framer))
        followed = tuple(PlannedPage(path, present) for path, present in _followed(framer))
        pages += (PlannedPage(framer.tree + p.path, p.present) for p in (*own, *_redirects(own, framer), *followed))
    hosting = plan_hosting(compiled.company.settings)
    files = {path: partial(_as_it_is, content) for path, content in hosting.items()}
    return SitePlan(tuple(pages), {**files, **plan_search(compiled.company)}, tracer)


def _as_it_is(content: bytes) -> bytes:
    return content


def _pages(framer: Framer) -> Iterator[tuple[str, Presenter]]:
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
        yield urls.lessons(cycle.id), partial(present_lessons_in, cycle, framer)
        yield urls.goalposts(cycle.id), partial(present_goalposts_in, cycle, framer)
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
    yield urls.DROPPED, partial(present_dropped, framer)
    yield urls.QUESTIONS, partial(present_questions, framer)
    yield urls.GOALPOSTS, partial(present_goalposts, framer)
    yield urls.CALIBRATION, partial(present_calibration, framer)
    yield urls.GUIDE, partial(present_guide, framer)
    if framer.many_pages:
        yield urls.PAGES, partial(present_pages, framer)
    for file in company.pages:
        yield urls.page(file.slug), partial(present_page, file, framer)
    if not framer.tree:
        yield urls.NOT_FOUND, partial(present_not_found, framer)


def _followed(framer: Framer) -> Iterator[tuple[str, Presenter]]:
    """Feeds and calendars. No program is led on by a page, so a team's also stand at the addresses of its old ids."""
    company = framer.compiled.company
    yield urls.FEED, partial(present_site_feed, urls.FEED, framer)
    if company.cycles:
        yield urls.CALENDAR, partial(present_site_calendar, urls.CALENDAR, framer)
    for cycle in company.cycles.values():
        path = urls.cycle_feed(cycle.id)
        yield path, partial(present_cycle_feed, cycle, path, framer)
        path = urls.cycle_calendar(cycle.id)
        yield path, partial(present_cycle_calendar, cycle, path, framer)
    for team in company.teams.values():
        yield from _followed_of(team, team.id, framer)
    for alias, team_id in company.redirects.items():
        yield from _followed_of(company.teams[team_id], alias, framer)


def _followed_of(team: Team, name: str, framer: Framer) -> Iterator[tuple[str, Presenter]]:
    """The feeds and the calendar of a team at the addresses that one of its names gives them."""
    path = urls.team_feed(name)
    yield path, partial(present_team_feed, team, path, framer)
    parts = framer.compiled.company.cycles_of(team.id)
    if parts:
        path = urls.team_calendar(name)
        yield path, partial(present_team_calendar, team, path, framer)
    for objective in (objective for part in parts for objective in part.objectives):
        path = objective_feed(objective, framer.compiled.company, name)
        if path:
            yield path, partial(present_objective_feed, objective, path, framer)


def _redirects(pages: tuple[PlannedPage, ...], framer: Framer) -> Iterator[PlannedPage]:
    """For each old id of a team, pages at the old addresses that lead to the new ones."""
    for alias, team in framer.compiled.company.redirects.items():
        for planned in pages:
            old = urls.under_alias(planned.path, team, alias)
            if old:
                yield PlannedPage(old, partial(present_redirect, old, planned.path, team, framer))
