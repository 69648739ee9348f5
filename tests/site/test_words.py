"""What was written is there to be read: titles on their pages, headings in order, languages marked."""

import html
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from okrsite.core.compile import Compiled
from okrsite.shell.build import Run, load
from okrsite.shell.inputs import read_inputs
from okrsite.shell.project import day_of, find_project
from tests.companies import ROOT, TODAY
from tests.site.walker import Element, Page, chosen, inside, seen_text, text_of

Exported = Callable[[Path], dict[str, Any]]


def _plain(markdown: str) -> str:
    """The words of a title."""
    rendered = MarkdownIt("commonmark", {"html": False}).enable("strikethrough").renderInline(markdown)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", rendered)).split())


def _headings(page: Page) -> list[Element]:
    return [element for element in page.elements if re.fullmatch("h[1-6]", element.tag)]


def _demo() -> Compiled:
    return load(read_inputs(find_project(str(ROOT)), day_of(TODAY)), Run())


def test_every_objective_is_the_title_of_its_own_page(demo_pages: dict[str, Page], exported: Exported) -> None:
    objectives = exported(ROOT)["objectives"]
    assert len(objectives) > 100
    for objective in objectives:
        page = demo_pages[f"teams/{objective['ref']}.html"]
        (heading,) = chosen(page, "h1")
        assert seen_text(page, heading) == _plain(objective["title"]), objective["ref"]


def test_every_key_result_is_a_heading_under_its_objective(demo_pages: dict[str, Page], exported: Exported) -> None:
    seen = 0
    for objective in exported(ROOT)["objectives"]:
        page = demo_pages[f"teams/{objective['ref']}.html"]
        for key_result in objective["key_results"]:
            (section,) = chosen(page, id=f"kr-{key_result['ref'].partition('#')[2]}")
            titles = [seen_text(page, heading) for heading in _headings(page) if inside(heading, section)]
            assert titles[:1] == [_plain(key_result["title"])], key_result["ref"]
            seen += 1
    assert seen > 200


def test_every_objective_stands_on_its_teams_and_its_cycles_page(
    demo_pages: dict[str, Page], exported: Exported
) -> None:
    objectives = exported(ROOT)["objectives"]
    assert objectives
    for objective in objectives:
        for path in (f"teams/{objective['team']}/{objective['cycle']}/index.html", f"{objective['cycle']}/index.html"):
            page = demo_pages[path]
            (main,) = chosen(page, "main")
            assert _plain(objective["title"]) in seen_text(page, main), (objective["ref"], path)


def test_every_guardrail_stands_on_its_teams_page(demo_pages: dict[str, Page], exported: Exported) -> None:
    guardrails = exported(ROOT)["guardrails"]
    assert guardrails
    for guardrail in guardrails:
        team, cycle, name = guardrail["ref"].split("/")
        page = demo_pages[f"teams/{team}/{cycle}/index.html"]
        (section,) = chosen(page, id=f"kr-{name.partition('#')[2]}")
        assert _plain(guardrail["title"]) in seen_text(page, section)


def test_every_lesson_question_and_risk_can_be_read(demo_pages: dict[str, Page]) -> None:
    company = _demo().company
    lessons, questions = demo_pages["lessons.html"], demo_pages["questions.html"]
    (read,) = chosen(lessons, "main")
    assert len(company.lessons) > 20
    for ref, lesson in company.lessons.items():
        assert " ".join(lesson.entry.text.plain.split())[:40] in text_of(lessons, read), ref
    (asked,) = chosen(questions, "main")
    every = [question for tc in company.team_cycles.values() for question in tc.questions]
    assert len(every) >= 5
    for question in every:
        words = " ".join(question.file.body.lead.plain.split())
        assert words[:40] in text_of(questions, asked), question.ref
    assert len(company.risks) > 10
    for ref, risk in company.risks.items():
        team, cycle, name = ref.split("/")
        page = demo_pages[f"teams/{team}/{cycle}/index.html"]
        (article,) = chosen(page, id=f"risk-{name}")
        assert risk.what
        assert risk.what.plain[:40] in text_of(page, article), ref


def test_every_check_in_stands_on_its_teams_page(demo_pages: dict[str, Page], exported: Exported) -> None:
    checkins = exported(ROOT)["checkins"]
    assert len(checkins) > 100
    for checkin in checkins:
        page = demo_pages[f"teams/{checkin['team']}/{checkin['cycle']}/index.html"]
        assert list(chosen(page, id=f"on-{checkin['date']}")), checkin


def test_every_page_has_one_first_heading(demo_pages: dict[str, Page]) -> None:
    assert len(demo_pages) > 250
    assert {path for path, page in demo_pages.items() if len(list(chosen(page, "h1"))) != 1} == set()


def test_headings_never_skip_a_level(demo_pages: dict[str, Page]) -> None:
    skipped = []
    for path, page in demo_pages.items():
        levels = [int(heading.tag[1]) for heading in _headings(page)]
        assert levels[0] == 1, path
        skipped += [f"{path}: h{a} to h{b}" for a, b in pairwise(levels) if b > a + 1]
    assert skipped == []


def test_no_heading_is_empty(demo_pages: dict[str, Page]) -> None:
    every = [(path, text_of(page, h)) for path, page in demo_pages.items() for h in _headings(page)[:60]]
    assert len(every) > 1_000
    assert [path for path, words in every if not words] == []


def test_the_chain_of_why_is_read_from_the_mission_down_to_the_objective(demo_pages: dict[str, Page]) -> None:
    page = demo_pages["teams/suzhou/2026-Q4/spring-line.html"]
    (chain,) = chosen(page, "ol", class_="why")
    steps = [text_of(page, step) for step in chosen(page, "li") if inside(step, chain)]
    ways = (
        "Everything a family needs",
        "Families stop needing",
        "Whatever a family",
        "When the first warm",
    )
    assert [step.startswith(way) for step, way in zip(steps, ways, strict=False)] == [True] * len(ways)
    assert len(steps) == len(ways) + 1, "each stands there once"
    (here,) = chosen(page, "li", aria_current="true")
    assert steps[-1] == text_of(page, here) == "春天要的车，冬天就在我们手里成形"


def test_sentences_beside_each_other_are_kept_apart(demo_pages: dict[str, Page]) -> None:
    """Where one element ends and the next begins, a reader who listens or copies needs the space as well."""
    glued = re.compile(r"[a-z\d][.,;:][A-Z]\w|[a-z](?:Next: |Retrospective\b|This team publishes)|\s”")
    lines, found = 0, set()
    for path, page in demo_pages.items():
        for line in (element for tag in ("p", "li", "dd") for element in chosen(page, tag)):
            lines += 1
            found |= {
                f"{path}: …{seen.string[max(0, seen.start() - 20) :][:60]}"
                for seen in glued.finditer(text_of(page, line))
            }
    assert lines > 10_000
    assert found == set()


def test_every_page_has_a_title_a_language_and_a_day(demo_pages: dict[str, Page]) -> None:
    titles = set()
    for path, page in demo_pages.items():
        (title,) = chosen(page, "title")
        assert text_of(page, title), path
        titles.add(text_of(page, title))
        assert [e.attributes.get("lang") for e in chosen(page, "html")] == ["en"], path
        if not list(chosen(page, "meta", http_equiv="refresh")):
            assert list(chosen(page, "time", datetime=TODAY)), path
    assert len(titles) > 150


def _is_chinese(words: str) -> bool:
    """Whether words are a sentence in Chinese, as opposed to a name or a unit in an English one."""
    letters = [letter for letter in words if letter.isalpha()]
    return len(letters) > 4 and len(re.findall("[\u4e00-\u9fff]", words)) > 0.8 * len(letters)


def test_what_is_written_in_chinese_is_marked_as_chinese(demo_pages: dict[str, Page]) -> None:
    """A screen reader speaks a text in the language of the nearest `lang` around it."""
    unmarked, seen = [], 0
    for path, page in demo_pages.items():
        for words, around in page.words:
            elements = [page.elements[number] for number in around]
            if not _is_chinese(words) or any(element.tag == "title" for element in elements):
                continue
            seen += 1
            if [element.attributes["lang"] for element in elements if "lang" in element.attributes][-1] != "zh":
                unmarked.append(f"{path}:{elements[-1].line}: {words.strip()[:20]}")
    assert seen > 500
    assert unmarked == []


def test_pages_say_what_their_figures_are_not_for(demo_pages: dict[str, Page]) -> None:
    for path, page in demo_pages.items():
        for foot in chosen(page, "footer"):
            if "foot" in foot.attributes.get("class", ""):
                assert "pay" in seen_text(page, foot), path


def test_no_template_sign_is_left_on_a_page(demo_pages: dict[str, Page]) -> None:
    left = re.compile(r"\{\{|\{%|<bound method|object at 0x|Fraction\(|Decimal\(|datetime\.")
    assert len(demo_pages) > 250
    for path, page in demo_pages.items():
        said = [words for words, _ in page.words] + [v for e in page.elements for v in e.attributes.values()]
        assert not left.search(" ".join(said)), path
        assert not {"None", "True", "False", "()"}.intersection(words.strip() for words in said), path
