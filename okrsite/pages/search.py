"""What can be searched: words and addresses in files of their own, and no figures at all.

The files are scripts, for a page opened from a disk may load those and nothing else. What belongs to no cycle is in
one, each cycle in one of its own, so that a reader of a large company loads only what is asked for.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple

from okrsite.core.company import Company, TeamCycle
from okrsite.core.model import CheckInFile, File
from okrsite.core.text import Body, Text
from okrsite.pages import urls
from okrsite.pages.chrome import Framer
from okrsite.pages.parts import Link
from okrsite.pages.views import SearchView
from okrsite.pages.writer import file_place

MAX_WORDS: Final = 600
"""Characters of one text that are searched, so that what a reader loads stays in proportion to what there is."""


class Entry(NamedTuple):
    """One thing that can be found: what it is, its title, where it belongs, its address, and its other words."""

    kind: str
    title: str
    place: str
    address: str
    words: str


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
        chrome=framer.chrome(writer, "Search"),
        sources=tuple(
            (
                writer.top + urls.quoted(urls.search_index(cycle)),
                not cycle or company.cycles[cycle].start <= company.today <= company.cycles[cycle].end,
            )
            for cycle in _parts(company)
        ),
        cycles=tuple(
            Link(writer.words(writer.cycle_name(cycle)), writer.href(urls.cycle(cycle)))
            for cycle in reversed(tuple(company.cycles))
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
        words = _words(team.name, team.mission, team.body)
        yield Entry("team", _title(team.name), "", urls.quoted(urls.team(team.id)), words)


def _pages(company: Company) -> Iterator[Entry]:
    for file in company.pages:
        title = _title(file.title) or file.slug
        yield Entry("page", title, "", _address(file), _words(file.title, file.body))


def _of_team_cycle(team_cycle: TeamCycle, company: Company) -> Iterator[Entry]:
    team, cycle = company.teams[team_cycle.team], company.cycles[team_cycle.cycle]
    place = f"{_title(team.name)} · {_title(cycle.title) or cycle.id}"

    def entry(kind: str, title: str, ref: str, words: str) -> Entry:
        return Entry(kind, title, place, urls.quoted(*urls.place(ref, company.places[ref])), words)

    for objective in team_cycle.objectives:
        story = objective.story.prose.plain if objective.story else ""
        words = _words(objective.entry.title, objective.entry.why, story)
        yield entry("objective", _title(objective.entry.title), objective.ref, words)
    for kr in (*team_cycle.key_results, *team_cycle.guardrails):
        yield entry("key result", _title(kr.entry.title), kr.ref, _words(kr.entry.title))
    for risk in team_cycle.risks:
        yield entry("risk", _title(risk.what), risk.ref, "")
    for checkin in team_cycle.checkins:
        title = f"Check-in of {checkin.on}"
        yield Entry("check-in", title, place, _address(checkin), _words(checkin.body, *_notes(checkin)))
    for question in team_cycle.questions:
        title = question.file.body.lead.plain.split("\n", 1)[0]
        yield Entry("question", title[:120], place, _address(question.file), _words(question.file.body))
    if team_cycle.retro:
        file = team_cycle.retro.file
        yield Entry("retrospective", "Retrospective", place, _address(file), _words(file.body))
        for lesson in team_cycle.retro.lessons:
            yield entry("lesson", _title(lesson.entry.text), lesson.ref, _words(lesson.entry.text))


def _notes(checkin: CheckInFile) -> Iterator[Text]:
    yield from (reading.note for reading in checkin.readings if reading.note)


def _address(file: File) -> str:
    return urls.quoted(*file_place(file))


def _title(text: Text | None) -> str:
    return text.plain if text else ""


def _words(*parts: Text | Body | str | None) -> str:
    """Texts in all their languages as plain words, the beginning of each."""
    said: list[str] = []
    for part in parts:
        if isinstance(part, Text):
            said += (prose.plain for _, prose in part.versions)
        elif isinstance(part, Body):
            said.append(part.lead.plain)
            said += (f"{section.heading.plain} {section.prose.plain}" for section in part.sections)
        elif part:
            said.append(part)
    return " ".join(" ".join(words.split())[:MAX_WORDS] for words in dict.fromkeys(said))
