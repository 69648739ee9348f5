"""What can be searched: every kind of thing, its words in all languages, and never a figure."""

import json
from collections.abc import Mapping

from okrsite.pages.search import Entry, plan_search
from tests.companies import compile_files

LANGUAGES = 'languages = ["en", "zh"]\n'
FILES = {
    "teams/acme/team.md": "---\nname: {en: Acme, zh: 甲}\nmission: We make things.\n---\n",
    "teams/acme/2026-Q3/okrs.md": "---\nobjectives: {old: {title: Before}}\n---\n",
    "teams/acme/2026-Q4/okrs.md": (
        "---\nobjectives:\n  a:\n    title: {en: First steps, zh: 第一步}\n    why: Because </script>\n"
        "    key_results: {k: {title: More calls, baseline: 4711, target: 8822}}\n---\n"
    ),
    "teams/acme/2026-Q4/checkins/2026-10-16.md": (
        "---\nprogress: {a#k: {value: 5555, confidence: 3, note: We called}}\n"
        "risks: {r: {about: a, what: Rain}}\n---\nA wet week.\n"
    ),
    "teams/acme/2026-Q4/questions/how.md": "---\nabout: a\nasked_on: 2026-10-20\n---\nHow do you know?\n",
    "teams/acme/2026-Q4/retro.md": "---\nlessons: {l: Ask first}\n---\n## What helped\n\nAsking.\n",
    "pages/method.md": "---\ntitle: The method\n---\nWe meet on Mondays.\n",
}


def _entries(part: str, files: Mapping[str, str] = FILES) -> list[Entry]:
    text = plan_search(compile_files(files, settings=LANGUAGES).company)[f"search/{part}.js"]().decode()
    assert text.startswith("okrsiteFound(") and text.endswith(");\n")
    return [Entry(*entry) for entry in json.loads(text.removeprefix("okrsiteFound(").removesuffix(");\n"))]


def test_every_kind_of_thing_can_be_found_at_its_place() -> None:
    assert list(plan_search(compile_files(FILES).company)) == [
        "search/site.js",
        "search/2026-Q4.js",
        "search/2026-Q3.js",
    ]
    found = {entry.kind: entry for entry in _entries("2026-Q4")}
    base = "teams/acme/2026-Q4"
    assert {kind: entry.address for kind, entry in found.items()} == {
        "objective": f"{base}/a.html",
        "key result": f"{base}/a.html#kr-k",
        "risk": f"{base}/index.html#risk-r",
        "check-in": f"{base}/index.html#on-2026-10-16",
        "question": f"{base}/index.html#question-how",
        "retrospective": f"{base}/retro.html",
        "lesson": "2026-Q4/lessons.html#lesson-acme.2026-Q4.l",
    }
    titles = {entry.kind: entry.title for entry in _entries("site")}
    assert titles == {"team": [["en", "Acme"], ["zh", "甲"]], "page": "The method"}
    assert [entry.title for entry in _entries("2026-Q3")] == ["Before"]


def test_what_is_written_in_several_languages_is_there_in_each() -> None:
    found = {entry.kind: entry for entry in _entries("2026-Q4")}
    assert found["objective"].title == [["en", "First steps"], ["zh", "第一步"]]
    assert found["objective"].words == [["en", "First steps Because </script>"], ["zh", "第一步"]]
    assert found["objective"].place == [["en", "Acme · 2026-Q4"], ["zh", "甲 · 2026-Q4"]]
    assert found["check-in"].words == "A wet week. We called"


def test_what_is_not_marked_is_in_the_sites_language_unless_its_letters_say_otherwise() -> None:
    files = {
        **FILES,
        "teams/b/team.md": "---\nname: 乙\nmission: 做事。\n---\n",
        "pages/method.zh.md": "每周一见面。\n",
    }
    found = {entry.address: entry for entry in _entries("site", files)}
    assert found["teams/b/index.html"].title == [["zh", "乙"]]
    assert found["pages/method.html"].words == [["en", "The method We meet on Mondays."], ["zh", "每周一见面。"]]
    assert found["teams/acme/index.html"].words == [["en", "Acme We make things."], ["zh", "甲"]]


def test_references_are_searched_and_shown_as_the_titles_of_what_they_name() -> None:
    asked = "Why [[a]], *and* [[a]], not\n[[acme/2026-Q3/old]] & [[@acme]]? [[b]]\n\nMore."
    files = {
        **FILES,
        "teams/acme/2026-Q4/questions/how.md": f"---\nabout: a\n---\n{asked}\n",
        "pages/method.md": "---\ntitle: As [[acme/2026-Q4/a#k]] says\n---\nSee [[acme/2026-Q4/lesson/l]].\n",
    }
    found = {entry.kind: entry for entry in (*_entries("2026-Q4", files), *_entries("site", files))}
    assert found["question"].title == "Why First steps, and First steps, not Before & Acme? b"
    assert found["question"].words == found["question"].title + " More."
    assert found["page"].title == "As More calls says"


def test_what_has_no_title_of_its_own_is_named_by_the_page() -> None:
    found = {entry.kind: entry for entry in _entries("2026-Q4")}
    assert (found["check-in"].title, found["retrospective"].title) == ("2026-10-16", "")


def test_nothing_that_is_searched_is_a_figure_or_could_end_a_script() -> None:
    for make in plan_search(compile_files(FILES).company).values():
        data = make()
        assert b"<" not in data
        for figure in (b"4711", b"8822", b"5555", b"confidence"):
            assert figure not in data
