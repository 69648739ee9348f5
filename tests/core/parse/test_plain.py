"""Mission, cycles, free pages, questions, and bodies in another language."""

from datetime import date

import pytest

from okrsite.core.model import CycleFile, MissionFile, PageFile, QuestionFile, TranslationFile

from ..company import matter, parsed, place_of

QUESTION = "teams/a/2026-Q4/questions/why-not-cash.md"


def test_a_mission_and_a_letter() -> None:
    found = parsed(
        "index.md", matter("mission: Everything a family needs\nextra: {a: b}", "Dear all,\n\n## News\n\nx\n")
    )
    assert found.problems == ()
    assert isinstance(found.file, MissionFile)
    assert found.file.mission
    assert (found.file.mission.source, found.file.extra) == ("Everything a family needs", {"a": "b"})
    assert (found.file.body.lead.plain, found.file.body.sections[0].heading.plain) == ("Dear all,", "News")


def test_a_cycle_has_title_days_and_theme() -> None:
    text = "title: Spring\nstart: 2026-03-01\nend: 2026-05-30\ntheme: Less, but better"
    found = parsed("cycles/spring.md", matter(text, "Why spring.\n"))
    assert found.problems == ()
    assert isinstance(found.file, CycleFile)
    assert found.file.title and found.file.theme
    assert (found.file.cycle, found.file.title.source, found.file.theme.source) == (
        "spring",
        "Spring",
        "Less, but better",
    )
    assert (found.file.start, found.file.end) == (date(2026, 3, 1), date(2026, 5, 30))


def test_a_cycle_with_a_day_that_is_none_is_reported() -> None:
    found = parsed("cycles/spring.md", matter("start: 2026-03-01\nend: 2026-02-30"))
    assert [(problem.code, place_of(problem)) for problem in found.problems] == [("bad-date", "cycles/spring.md:3:6")]


def test_a_free_page_has_a_title() -> None:
    found = parsed("pages/glossary.md", matter("title: Words we use", "OKR: …\n"))
    assert isinstance(found.file, PageFile)
    assert found.file.title
    assert (found.file.slug, found.file.title.source, found.problems) == ("glossary", "Words we use", ())


def test_a_question_is_about_something_and_asked_by_a_team() -> None:
    text = 'about: fast#p95\nasked_on: 2026-10-20\nasked_by: "@stores"\nanswered_on: 2026-10-22'
    found = parsed(QUESTION, matter(text, "Why?\n\n## Answer\n\nBecause.\n"))
    assert found.problems == ()
    file = found.file
    assert isinstance(file, QuestionFile)
    assert file.about and file.asked_by
    assert (file.slug, file.about.text, file.asked_by.team) == ("why-not-cash", "fast#p95", "stores")
    assert (file.asked_on, file.answered_on) == (date(2026, 10, 20), date(2026, 10, 22))
    assert (file.body.lead.plain, file.body.sections[0].heading.plain) == ("Why?", "Answer")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("asked_on: 2026-10-20", "missing-field"),
        ("about: fast", "missing-field"),
        ("about: fast\nasked_on: yesterday", "bad-date"),
        ("about: fast\nasked_on: 2026-10-20\nasked_by: stores", "wrong-target"),
        ("about: two words\nasked_on: 2026-10-20", "bad-ref"),
        ("about: fast\nasked_on: 2026-10-20\nanswerd_on: 2026-10-22", "unknown-key"),
    ],
)
def test_what_a_question_lacks_is_reported(text: str, code: str) -> None:
    assert [problem.code for problem in parsed(QUESTION, matter(text)).problems] == [code]


def test_a_body_in_another_language_belongs_to_its_file() -> None:
    found = parsed("teams/a/2026-Q4/retro.zh.md", "回顾。\n")
    assert isinstance(found.file, TranslationFile)
    assert (found.file.of, found.file.language) == ("content/teams/a/2026-Q4/retro.md", "zh")
    assert (found.file.body.lead.plain, found.problems) == ("回顾。", ())


def test_a_body_in_another_language_has_no_fields() -> None:
    found = parsed("teams/a/team.zh.md", matter("name: 支付", "正文\n"))
    assert [(problem.code, problem.span.line) for problem in found.problems] == [("unknown-key", 2)]
    assert "`title: {en: …, zh: …}`" in found.problems[0].hint
