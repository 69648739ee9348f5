"""What is kept in one place for the whole company: lessons, questions, free pages, and pages that only point on."""

from dataclasses import replace
from html import escape
from itertools import accumulate
from typing import Final
from urllib.parse import urlsplit

from okrsite.core.cycles import Cycle
from okrsite.core.model import PageFile
from okrsite.core.text import Html
from okrsite.pages import urls
from okrsite.pages.around import present_lesson, present_question
from okrsite.pages.chrome import Framer
from okrsite.pages.parts import LessonView, Link
from okrsite.pages.views import FreePageView, LessonsView, NotFoundView, QuestionsView, RedirectView
from okrsite.pages.ways import edit_ways
from okrsite.pages.writer import Writer

MAX_LESSONS: Final = 200
"""How many lessons the company's page shows before it leaves further cycles to their own pages."""


def present_welcome(framer: Framer) -> FreePageView:
    """The home of a company that has no cycle yet: its mission and letter, and what comes next."""
    company = framer.compiled.company
    writer = framer.writer(urls.HOME)
    mission = company.mission
    title = Html(escape(company.settings.title))
    letter = writer.body(mission.body, mission.path) if mission else Html("")
    why = f"<p>{writer.inline(mission.mission)}</p>\n" if mission and mission.mission else ""
    first = writer.say.gettext(
        "No team has written objectives yet. They will appear here with the first %(file)s.",
        file=Html("<code>okrs.md</code>"),
    )
    start = f"<p>{first}</p>\n"
    path = mission.path if mission else ""
    ways = edit_ways(path, framer.repository)
    chrome = framer.chrome(writer, company.settings.title, paths=[path] if path else [], ways=ways)
    return FreePageView(chrome=chrome, title=title, body=Html(why + letter + start), extra={})


def present_lessons(framer: Framer) -> LessonsView:
    """The lessons of the newest cycles, and the way to those of each."""
    company, writer = framer.compiled.company, framer.writer(urls.LESSONS)
    title = writer.say.plain.gettext("Lessons")
    cycles = tuple(reversed(tuple(company.cycles)))
    learned = [cycle for cycle in cycles if cycle in company.lessons_in]
    before = accumulate((len(company.lessons_in[cycle]) for cycle in learned), initial=0)
    shown = [cycle for cycle, others in zip(learned, before, strict=False) if others < MAX_LESSONS]
    return LessonsView(
        chrome=framer.chrome(writer, title),
        title=title,
        cycles=tuple(_lessons_in(cycle, framer, writer) for cycle in shown),
        pages=tuple(Link(writer.cycle(cycle), writer.href(urls.lessons(cycle))) for cycle in cycles),
    )


def present_lessons_in(cycle: Cycle, framer: Framer) -> LessonsView:
    """The lessons of a cycle."""
    writer = framer.writer(urls.lessons(cycle.id))
    title = writer.say.plain.gettext("Lessons, %(cycle)s", cycle=writer.cycle_name(cycle.id))
    found = cycle.id in framer.compiled.company.lessons_in
    return LessonsView(
        chrome=framer.cycle_chrome(cycle.id, title, writer),
        title=title,
        cycles=(_lessons_in(cycle.id, framer, writer),) if found else (),
        pages=(),
    )


def _lessons_in(cycle: str, framer: Framer, writer: Writer) -> tuple[Html, tuple[LessonView, ...]]:
    """A cycle and its lessons, in the organisation's order."""
    refs = framer.compiled.company.lessons_in[cycle]
    return writer.cycle(cycle), tuple(present_lesson(ref, framer.compiled, writer) for ref in refs)


def present_questions(framer: Framer) -> QuestionsView:
    """Every question: those that wait, longest first, then those answered, newest first."""
    writer = framer.writer(urls.QUESTIONS)
    found = [(q, tc) for tc in framer.compiled.company.team_cycles.values() for q in tc.questions]
    views = [present_question(q, tc, writer) for q, tc in found]
    views = [view for view, _ in sorted(zip(views, found, strict=True), key=lambda pair: str(pair[0].asked_on))]
    return QuestionsView(
        chrome=framer.chrome(writer, writer.say.plain.gettext("Questions")),
        open=tuple(view for view in views if not view.answer),
        answered=tuple(view for view in reversed(views) if view.answer),
    )


def present_page(file: PageFile, framer: Framer) -> FreePageView:
    """A free page."""
    writer = framer.writer(urls.page(file.slug))
    title = writer.inline(file.title) if file.title else Html(escape(file.slug))
    name = writer.plain(file.title) if file.title else file.slug
    chrome = framer.chrome(writer, name, paths=[file.path], ways=edit_ways(file.path, framer.repository))
    return FreePageView(chrome=chrome, title=title, body=writer.body(file.body, file.path), extra=file.extra)


def present_pages(framer: Framer) -> FreePageView:
    """All free pages, where they are too many to be named below every page."""
    writer = framer.writer(urls.PAGES)
    links = framer.free_pages(writer)
    items = "".join(f'<li><a href="{escape(link.href)}">{link.words}</a></li>\n' for link in links)
    chrome = framer.chrome(writer, writer.say.plain.gettext("All pages"))
    body = Html(f"<ul>\n{items}</ul>\n")
    return FreePageView(chrome=chrome, title=writer.say.gettext("All pages"), body=body, extra={})


def present_not_found(framer: Framer) -> NotFoundView:
    """What a server shows for an address that does not exist; it alone must know where the site lives."""
    base = urlsplit(framer.compiled.company.settings.base_url).path.rstrip("/") + "/"
    writer = framer.writer(urls.NOT_FOUND, base)
    chrome = framer.chrome(writer, writer.say.plain.gettext("Page not found"))
    return NotFoundView(chrome=replace(chrome, readings=framer.readings(writer, urls.HOME)))


def present_redirect(old: str, path: str, team: str, framer: Framer) -> RedirectView:
    """A page at an old address of a team that leads to the new one."""
    writer = framer.writer(old)
    name = writer.plain(framer.compiled.company.teams[team].name)
    return RedirectView(title=name, language=writer.language, href=writer.href(path))
