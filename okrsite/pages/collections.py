"""What is kept in one place for the whole company: lessons, questions, free pages, and pages that only point on."""

from html import escape

from okrsite.core.model import PageFile
from okrsite.core.text import Html
from okrsite.pages import urls
from okrsite.pages.around import present_lesson, present_question
from okrsite.pages.chrome import Framer
from okrsite.pages.views import FreePageView, LessonsView, NotFoundView, QuestionsView, RedirectView
from okrsite.pages.ways import edit_ways


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
    """Every lesson, newest cycle first, in the organisation's order."""
    compiled, company = framer.compiled, framer.compiled.company
    writer = framer.writer(urls.LESSONS)
    by_cycle: dict[str, list[str]] = {}
    for ref in company.lessons:
        by_cycle.setdefault(ref.split("/", 2)[1], []).append(ref)
    cycles = tuple(
        (writer.cycle(cycle), tuple(present_lesson(ref, compiled, writer) for ref in by_cycle[cycle]))
        for cycle in reversed(tuple(company.cycles))
        if cycle in by_cycle
    )
    return LessonsView(chrome=framer.chrome(writer, writer.say.plain.gettext("Lessons")), cycles=cycles)


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


def present_not_found(framer: Framer) -> NotFoundView:
    """What a server shows for an address that does not exist; it alone must know where the site lives."""
    from dataclasses import replace
    from urllib.parse import urlsplit

    base = urlsplit(framer.compiled.company.settings.base_url).path.rstrip("/") + "/"
    writer = framer.writer(urls.NOT_FOUND, base)
    chrome = framer.chrome(writer, writer.say.plain.gettext("Page not found"))
    return NotFoundView(chrome=replace(chrome, readings=framer.readings(writer, urls.HOME)))


def present_redirect(old: str, path: str, team: str, framer: Framer) -> RedirectView:
    """A page at an old address of a team that leads to the new one."""
    writer = framer.writer(old)
    name = writer.plain(framer.compiled.company.teams[team].name)
    return RedirectView(title=name, language=writer.language, href=writer.href(path))
