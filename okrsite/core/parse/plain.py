"""Mission, cycles, free pages, questions, and bodies in another language."""

from typing import TypedDict

from okrsite.core.diagnostics import problem
from okrsite.core.fields import Reader
from okrsite.core.format import CYCLE, MISSION, PAGE, QUESTION
from okrsite.core.markdown import is_as_typed, name_of, parse_body
from okrsite.core.model import CycleFile, MissionFile, PageFile, QuestionFile, TranslationFile
from okrsite.core.parse.place import Place
from okrsite.core.refs import team_hint
from okrsite.core.source import Span
from okrsite.core.text import Body, Leading

_NEEDED = {
    "about": "add `about:` and what it asks about, such as `objective` or `objective#key-result`",
    "asked_on": "add `asked_on:` and the day, such as `2026-10-31`",
}


def read_body(reader: Reader) -> Body:
    """The Markdown body of the document that a reader reads."""
    document = reader.document
    body = parse_body(document.body, reader.home, document.body_line, name_of(document.path))
    for prose in (body.lead, *(s.prose for s in body.sections), *(s.heading for s in body.sections)):
        reader.collect(prose)
    if is_as_typed(body.lead) or any(is_as_typed(section.prose) for section in body.sections):
        span = Span(document.path, document.body_line)
        message = "this Markdown grows too much when rendered; it is shown as typed"
        reader.problems.append(problem("body-too-large", span, message, "use fewer repetitions of long links"))
    for line, what in body.lost:
        message = f"no page will show all of this: {what}"
        reader.problems.append(problem("lost-text", Span(document.path, document.body_line + line), message))
    return body


def parse_mission(reader: Reader, _place: Place) -> MissionFile:
    """index.md: what the company is for."""
    fields = reader.fields(reader.document.root, "index.md", MISSION)
    mission, extra, body = fields.inline("mission"), fields.extra(), read_body(reader)
    return MissionFile(**common(reader), mission=mission, extra=extra, body=body)


def parse_cycle(reader: Reader, place: Place) -> CycleFile:
    """cycles/<cycle>.md: a title, a theme, and dates where the name does not say them."""
    fields = reader.fields(reader.document.root, "a cycle", CYCLE)
    title, theme = fields.inline("title"), fields.inline("theme")
    start, end = fields.date("start"), fields.date("end")
    extra, body = fields.extra(), read_body(reader)
    about = common(reader)
    about["cycle"] = place.name
    return CycleFile(**about, title=title, theme=theme, start=start, end=end, extra=extra, body=body)


def parse_page(reader: Reader, place: Place) -> PageFile:
    """pages/<slug>.md: a free page."""
    fields = reader.fields(reader.document.root, "a page", PAGE)
    title, extra, body = fields.inline("title"), fields.extra(), read_body(reader)
    return PageFile(**common(reader), slug=place.name, title=title, extra=extra, body=body)


def parse_question(reader: Reader, place: Place) -> QuestionFile:
    """questions/<slug>.md: a question and, under `## Answer`, its answer."""
    fields = reader.fields(reader.document.root, "a question", QUESTION)
    about, asked_by = fields.ref("about"), fields.ref("asked_by")
    if asked_by and asked_by.name:
        reader.report("wrong-target", fields.node("asked_by"), f"`{asked_by.text}` is not a team", team_hint(asked_by))
        asked_by = None
    asked_on, answered_on = fields.date("asked_on"), fields.date("answered_on")
    if not reader.document.broken:
        for name, hint in _NEEDED.items():
            if not fields.has(name):
                reader.report("missing-field", reader.document.root, f"a question needs `{name}`", hint)
    extra, body = fields.extra(), read_body(reader)
    return QuestionFile(
        **common(reader),
        slug=place.name,
        about=about,
        asked_on=asked_on,
        asked_by=asked_by,
        answered_on=answered_on,
        extra=extra,
        body=body,
    )


def parse_translation(reader: Reader, place: Place) -> TranslationFile:
    """A body in another language; its front matter belongs into the file that it translates."""
    if reader.document.root.pairs:
        reader.report(
            "unknown-key",
            reader.document.root.pairs[0][0],
            "a translated body has no fields of its own",
            "translate a field where it stands: `title: {en: …, zh: …}`",
        )
    body = read_body(reader)
    path = reader.document.path.removesuffix(f".{place.language}.md") + ".md"
    return TranslationFile(**common(reader), of=path, language=place.language, body=body)


class Common(TypedDict):
    """The fields of a file value that every kind has."""

    path: str
    team: str
    cycle: str
    marks: tuple[Leading, ...]
    languages: tuple[tuple[str, Span], ...]
    broken: bool


def common(reader: Reader) -> Common:
    """What every file value carries, taken after all fields were read."""
    home = reader.home
    return {
        "path": home.path,
        "team": home.team,
        "cycle": home.cycle,
        "marks": tuple(reader.marks),
        "languages": tuple(reader.languages.items()),
        "broken": reader.document.broken,
    }
