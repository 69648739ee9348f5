"""What can be searched: words and addresses in files of their own, and no figures at all.

The files are scripts, for a page opened from a disk may load those and nothing else. What belongs to no cycle is in
one, each cycle in one of its own, so that a reader of a large company loads only what is asked for.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from html import escape, unescape
from typing import Final, NamedTuple

from okrsite.core.company import Company, TeamCycle
from okrsite.core.cycles import Cycle
from okrsite.core.model import CheckInFile, File
from okrsite.core.text import Body, HeadingTag, Piece, Prose, RefMark, Text
from okrsite.pages import urls
from okrsite.pages.chrome import Framer
from okrsite.pages.languages import guess_language
from okrsite.pages.parts import Link
from okrsite.pages.views import SearchView
from okrsite.pages.writer import file_place, named_by

MAX_WORDS: Final = 600
"""Characters of one text that are searched, so that what a reader loads stays in proportion to what there is."""

_BLOCK: Final = re.compile(
    r"</?(?:p|[uo]l|li|d[ltd]|h[1-6r]|table|t(?:head|body|r|h|d)|blockquote|pre|br|div)\b[^<>]*>"
)
_TAG: Final = re.compile("<[^<>]*>")

Said = str | tuple[tuple[str, str], ...]
"""Words in the site's own language, or those in each language with its tag."""


class Entry(NamedTuple):
    """One thing that can be found: what it is, its title, where it belongs, its address, and its other words.

    What it is has a name in the search page; so has a check-in, whose title here is only its day.
    """

    kind: str
    title: Said
    place: Said
    address: str
    words: Said


def plan_search(company: Company) -> Mapping[str, Callable[[], bytes]]:
    """Everything that can be found, by path of the file in which it is; each is made when it is asked for.

    Addresses lead from the search page, in whichever language's tree it is.
    """
    parts: dict[str, list[TeamCycle]] = {cycle: [] for cycle in _parts(company)}
    for team_cycle in company.team_cycles.values():
        parts[team_cycle.cycle].append(team_cycle)
    found = {urls.search_index(cycle): partial(_of_cycle, within, company) for cycle, within in parts.items() if cycle}
    return {urls.search_index(""): partial(_of_company, company), **found}


def _parts(company: Company) -> tuple[str, ...]:
    """The parts of what can be searched: '' for what belongs to no cycle, then the cycles, newest first."""
    return ("", *reversed(tuple(company.cycles)))


def present_search(framer: Framer) -> SearchView:
    """The search page; without scripts it leads to every cycle and team by name."""
    company, writer = framer.compiled.company, framer.writer(urls.SEARCH)
    teams = sorted(company.teams, key=lambda team: writer.plain(company.teams[team].name).casefold())
    return SearchView(
        language=framer.compiled.company.settings.language,
        months=tuple(writer.say.plain.month(number) for number in range(1, 13)),
        chrome=framer.chrome(writer, writer.say.plain.gettext("Search")),
        sources=tuple(
            (
                writer.top + urls.quoted(urls.search_index(cycle)),
                not cycle or company.cycles[cycle].contains(company.today),
            )
            for cycle in _parts(company)
        ),
        cycles=tuple(
            Link(writer.cycle(cycle), writer.href(urls.cycle(cycle))) for cycle in reversed(tuple(company.cycles))
        ),
        teams=tuple(writer.team(team) for team in teams),
    )


def _of_company(company: Company) -> bytes:
    return _file((*_teams(company), *_pages(company)))


def _of_cycle(team_cycles: Iterable[TeamCycle], company: Company) -> bytes:
    return _file(entry for team_cycle in team_cycles for entry in _of_team_cycle(team_cycle, company))


def _file(entries: Iterable[Entry]) -> bytes:
    listed = json.dumps(list(entries), ensure_ascii=False, separators=(",", ":"))
    return f"okrsiteFound({listed});\n".replace("<", "\\u003c").encode("utf-8", "replace")


def _teams(company: Company) -> Iterator[Entry]:
    for team in company.teams.values():
        words = _words(company, team.name, team.mission, *_bodies(team.body, team.path, company))
        yield Entry("team", _words(company, team.name), "", urls.quoted(urls.team(team.id)), words)


def _pages(company: Company) -> Iterator[Entry]:
    for file in company.pages:
        words = _words(company, file.title, *_bodies(file.body, file.path, company))
        yield Entry("page", _words(company, file.title) or file.slug, "", _address(file), words)


def _of_team_cycle(team_cycle: TeamCycle, company: Company) -> Iterator[Entry]:
    place = _place(company.teams[team_cycle.team].name, company.cycles[team_cycle.cycle], company)

    def entry(kind: str, title: Text | None, ref: str, words: Said) -> Entry:
        return Entry(kind, _words(company, title), place, urls.quoted(*urls.place(ref, company.places[ref])), words)

    for objective in team_cycle.objectives:
        title, story = objective.entry.title, objective.story
        words = _words(company, title, objective.entry.why, ("", story.prose) if story else None)
        yield entry("objective", title, objective.ref, words)
    for kr in (*team_cycle.key_results, *team_cycle.guardrails):
        yield entry("key result", kr.entry.title, kr.ref, _words(company, kr.entry.title))
    for risk in team_cycle.risks:
        yield entry("risk", risk.what, risk.ref, "")
    for checkin in team_cycle.checkins:
        words = _words(company, *_bodies(checkin.body, checkin.path, company), *_notes(checkin))
        yield Entry("check-in", checkin.on.isoformat(), place, _address(checkin), words)
    for question in team_cycle.questions:
        file = question.file
        asked = _said([_spoken("", _titled(file.body.lead, company).split("\n", 1)[0][:120], company)], company)
        words = _words(company, *_bodies(file.body, file.path, company))
        yield Entry("question", asked, place, _address(file), words)
    if team_cycle.retro:
        retro = team_cycle.retro.file
        words = _words(company, *_bodies(retro.body, retro.path, company))
        yield Entry("retrospective", "", place, _address(retro), words)
        for lesson in team_cycle.retro.lessons:
            yield entry("lesson", lesson.entry.text, lesson.ref, _words(company, lesson.entry.text))


def _place(team: Text, cycle: Cycle, company: Company) -> Said:
    """Where something belongs, in each of the site's languages in which that differs."""
    places: dict[str, str] = {}
    for reading in company.settings.languages:
        language, name = team.prose(reading)
        words = f"{name.plain} · {cycle.title.prose(reading)[1].plain if cycle.title else cycle.id}"
        places.setdefault(words, language or guess_language(name.plain, company.settings.language))
    return _said(((language, words) for words, language in places.items()), company)


def _notes(checkin: CheckInFile) -> Iterator[Text]:
    yield from (reading.note for reading in checkin.readings if reading.note)


def _address(file: File) -> str:
    return urls.quoted(*file_place(file))


def _bodies(body: Body, path: str, company: Company) -> Iterator[tuple[str, Prose]]:
    """What a body says, and its translations, each with its language ('' = unmarked)."""
    said = [("", body), *((other.language, other.body) for other in company.translations.get(path, ()))]
    for language, version in said:
        yield language, version.lead
        for section in version.sections:
            yield language, section.heading
            yield language, section.prose


def _words(company: Company, *parts: Text | tuple[str, Prose] | None) -> Said:
    """Texts in all their languages as plain words, the beginning of each."""
    said: list[tuple[str, Prose]] = []
    for part in parts:
        if isinstance(part, Text):
            said += part.versions
        elif part:
            said.append(part)
    return _said((_spoken(language, _titled(prose, company, language), company) for language, prose in said), company)


def _spoken(language: str, words: str, company: Company) -> tuple[str, str]:
    """Words with the language that they are taken for, where they are not marked."""
    return language or guess_language(words, company.settings.language), words


def _titled(prose: Prose, company: Company, language: str = "") -> str:
    """A text's plain words, its references as the titles of what they name; what a title names stays as typed."""
    if not any(isinstance(piece, RefMark) for piece in prose.pieces):
        return prose.plain
    html = "".join(_piece(piece, company, language) for piece in prose.pieces)
    return unescape(_TAG.sub("", _BLOCK.sub("\n", html.replace("\n", " ")))).strip()


def _piece(piece: Piece, company: Company, language: str) -> str:
    """A piece of a text as HTML without links."""
    if isinstance(piece, RefMark):
        ref = company.links.get((piece.text, piece.home.team, piece.home.cycle), "")
        named = named_by(ref, company) if ref else None
        return escape(named.prose(language)[1].plain if named else piece.text)
    if isinstance(piece, HeadingTag):
        return "<p>"
    return piece if isinstance(piece, str) else ""


def _said(said: Iterable[tuple[str, str]], company: Company) -> Said:
    """Words by language, each text once; only words where all are in the site's own language."""
    by_language: dict[str, dict[str, None]] = {}
    for language, words in said:
        if words:
            by_language.setdefault(language, {})[" ".join(words.split())[:MAX_WORDS]] = None
    if by_language.keys() <= {company.settings.language}:
        return " ".join(by_language.get(company.settings.language, ()))
    return tuple((language, " ".join(words)) for language, words in by_language.items())
