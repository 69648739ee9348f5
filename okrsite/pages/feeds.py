"""Atom feeds: what a company, a team or an objective's team said lately, in words and without a figure."""

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import blake2b
from typing import Final

from okrsite.core.company import Company, Objective, Team
from okrsite.core.cycles import Cycle
from okrsite.core.settings import Settings
from okrsite.pages import urls
from okrsite.pages.chrome import Framer
from okrsite.pages.feed_parts import FeedEntry
from okrsite.pages.happenings import Happening, happenings, newest
from okrsite.pages.views import FeedView
from okrsite.pages.writer import Writer

MAX_ENTRIES: Final = 30
"""How many check-ins a feed holds at most, and how many other entries."""


def present_site_feed(path: str, framer: Framer) -> FeedView:
    """What was said in every cycle that is still written for: one address that outlives the cycles."""
    found = _said_in(framer.compiled.company.open_cycles, framer)
    return _feed(path, urls.HOME, framer.site, found, framer)


def present_cycle_feed(cycle: Cycle, path: str, framer: Framer) -> FeedView:
    """What was said in a cycle, by whichever team."""
    title = f"{framer.writer(path).cycle_name(cycle.id)} · {framer.site}"
    return _feed(path, urls.cycle(cycle.id), title, _said_in((cycle.id,), framer), framer, cycle.start)


def present_team_feed(team: Team, path: str, framer: Framer) -> FeedView:
    """What one team said, in all its cycles."""
    company = framer.compiled.company
    title = f"{framer.writer(path).plain(team.name)} · {framer.site}"
    found = (one for team_cycle in company.cycles_of(team.id) for one in happenings(team_cycle, framer))
    return _feed(path, urls.team(team.id), title, found, framer)


def present_objective_feed(objective: Objective, path: str, framer: Framer) -> FeedView:
    """What was said about one objective and its key results."""
    company, writer = framer.compiled.company, framer.writer(path)
    title = (
        f"{writer.plain(objective.entry.title)} · {writer.plain(company.teams[objective.team].name)} · {framer.site}"
    )
    found = happenings(company.team_cycles[objective.team, objective.cycle], framer, objective)
    start = company.cycles[objective.cycle].start
    return _feed(path, urls.objective(objective.ref), title, found, framer, start)


def objective_feed(objective: Objective, company: Company, team: str = "") -> str:
    """Where an objective's feed is, by one of its team's names; '' once its cycle has closed: nothing can be added."""
    if company.cycles[objective.cycle].closed(company.today):
        return ""
    return urls.objective_feed(team or objective.team, objective.cycle, objective.id)


def _said_in(cycles: Iterable[str], framer: Framer) -> Iterator[Happening]:
    company = framer.compiled.company
    return (one for cycle in cycles for part in company.parts_in.get(cycle, ()) for one in happenings(part, framer))


def _feed(
    path: str, page: str, title: str, found: Iterable[Happening], framer: Framer, begins: date | None = None
) -> FeedView:
    """The feed at a path, about a page, of the newest of what was found; an empty one dates from where it begins."""
    settings = framer.compiled.company.settings
    writer = framer.far_writer(path)
    entries = tuple(_entry(one, writer, framer) for one in newest(found, MAX_ENTRIES))
    return FeedView(
        language=framer.say.language,
        id=stable_uuid(settings, framer.tree + path),
        title=title,
        site=framer.site,
        updated=entries[0].on if entries else begins or framer.compiled.company.day,
        own=writer.href(path),
        page=writer.href(page),
        entries=entries,
    )


def _entry(happening: Happening, writer: Writer, framer: Framer) -> FeedEntry:
    told = happening.tell(writer)
    return FeedEntry(
        id=stable_uuid(writer.company.settings, framer.tree + happening.key),
        title=told.title,
        kind=happening.kind,
        on=happening.on,
        href=writer.href(*happening.place),
        team=writer.plain(writer.company.teams[happening.team].name),
        text=told.text,
        about=told.about,
        asks=told.asks,
        said=told.said,
    )


def stable_uuid(settings: Settings, key: str) -> str:
    """A name that nothing else in the world has, made of where the site is published and of what is named.

    A UUID of version 8 (RFC 9562): no wording, clock or machine goes into it.
    """
    where = settings.base_url.rstrip("/") or settings.title
    digest = bytearray(blake2b(f"{where}\n{key}".encode(), digest_size=16).digest())
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
