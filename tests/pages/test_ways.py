"""Ways in without git: which page invites to what, and that each file it begins is sound, filled or not."""

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest

from okrsite.core.compile import Compiled
from okrsite.pages.chrome_parts import Way
from okrsite.pages.plan import plan_site
from tests.companies import CHECKIN, TEAM, compile_files
from tests.core.company import codes

GITHUB: Final = 'repo_url = "https://github.com/acme/okrs"\n'
GITLAB: Final = 'repo_url = "https://gitlab.com/acme/okrs"\n'
OKRS: Final = """\
---
objectives:
  instant:
    title: Paying feels instant
    key_results:
      p95: {title: Checkout time, baseline: 200 ms, target: 100 ms}
      steps: {title: Steps, milestones: ["one, two", three]}
      signed: {title: Signed, deliver_by: 2026-12-01}
      cost: {title: Cost, baseline: "2,000 €", target: "1,000 €"}
  gone: {title: Gone, status: dropped, because: Why not, key_results: {a: {title: A, baseline: 1, target: 2}}}
guardrails:
  refunds: {title: Refunds, keep_above: 95%}
---
"""
FILES: Final = {
    "index.md": "---\nmission: Why\n---\nDear all\n",
    "pages/glossary.md": "Words.\n",
    "teams/acme/team.md": TEAM,
    "teams/acme/2026-Q4/okrs.md": OKRS,
    "teams/acme/2026-Q4/retro.md": "A look back.\n",
    "teams/acme/2026-Q4/checkins/2026-11-06.md": """\
---
progress:
  instant#p95: {value: 150 ms, confidence: 7}
  instant#steps: ["one, two"]
  instant#cost: "1,500 €"
  guardrails#refunds: 96.1%
---
""",
}
TEAM_PAGE: Final = "teams/acme/2026-Q4/index.html"
OBJECTIVE: Final = "teams/acme/2026-Q4/instant.html"


def _ways(page: str, *, settings: str = GITHUB, today: str = "2026-11-22", **more: str) -> dict[str, Way]:
    """What a page invites to, by kind."""
    compiled = _company(settings=settings, today=today, **more)
    (planned,) = (p for p in plan_site(compiled).pages if p.path == page)
    ways: tuple[Way, ...] = planned.page().view.chrome.ways  # type: ignore[union-attr]
    assert len({way.kind for way in ways}) == len(ways)
    return {way.kind: way for way in ways}


def _company(*, settings: str = "", today: str = "2026-11-22", **more: str) -> Compiled:
    return compile_files(
        {**FILES, **{name.replace("__", "/"): text for name, text in more.items()}}, settings=settings, today=today
    )


def _begun(way: Way) -> tuple[str, str]:
    """The path and the text of the file that an address begins."""
    fields = parse_qs(urlsplit(way.href).query)
    return fields["filename"][0].removeprefix("content/"), fields["value"][0]


def _wrong_with(place: str, text: str) -> list[str]:
    """The problems that a company gets with one more file."""
    before = [p.message for p in _company().problems]
    return [p.message for p in compile_files({**FILES, place: text}).problems if p.message not in before]


@pytest.mark.parametrize(
    ("page", "source"),
    [
        ("index.html", "index.md"),
        ("pages/glossary.html", "pages/glossary.md"),
        ("teams/acme/index.html", "teams/acme/team.md"),
        ("teams/acme/2026-Q4/retro.html", "teams/acme/2026-Q4/retro.md"),
        (TEAM_PAGE, "teams/acme/2026-Q4/okrs.md"),
        (OBJECTIVE, "teams/acme/2026-Q4/okrs.md"),
    ],
)
def test_a_page_leads_to_the_file_it_is_made_from(page: str, source: str) -> None:
    assert _ways(page)["edit"].href == f"https://github.com/acme/okrs/edit/main/content/{source}"


@pytest.mark.parametrize(
    "page", ["2026-Q4/map.html", "teams/index.html", "lessons.html", "404.html", "2026-Q4/index.html"]
)
def test_a_page_that_is_made_of_many_files_or_of_none_leads_nowhere(page: str) -> None:
    assert _ways(page) == {}


@pytest.mark.parametrize("page", ["index.html", TEAM_PAGE, OBJECTIVE])
def test_without_a_repository_there_is_no_way(page: str) -> None:
    assert _ways(page, settings="") == {}


def test_without_a_forge_a_question_goes_to_the_address_for_questions() -> None:
    settings = 'repo_url = "https://git.acme.example/x"\nask = "mailto:okrs@acme.example"\n'
    ways = _ways(OBJECTIVE, settings=settings)
    assert ways == {"question": Way("question", "mailto:okrs@acme.example?subject=acme/2026-Q4/instant")}
    assert _ways(TEAM_PAGE, settings=settings) == {}


# --- questions ------------------------------------------------------------------------------------------------------


def test_a_question_begins_with_what_it_is_about() -> None:
    place, text = _begun(_ways(OBJECTIVE)["question"])
    assert place == "teams/acme/2026-Q4/questions/2026-11-22-instant.md"
    assert _wrong_with(place, text) == []
    (question,) = compile_files({**FILES, place: f"{text}Why?\n"}).company.team_cycles["acme", "2026-Q4"].questions
    assert (question.about, str(question.file.asked_on)) == ("acme/2026-Q4/instant", "2026-11-22")


def test_a_second_question_of_a_day_has_a_name_of_its_own() -> None:
    more = {"teams__acme__2026-Q4__questions__2026-11-22-instant.md": "---\nabout: instant\n---\nWhy?\n"}
    assert _begun(_ways(OBJECTIVE, **more)["question"])[0].endswith("/2026-11-22-instant-2.md")


@pytest.mark.parametrize("name", ["a" * 100, "鸟" * 66, "-x", "no", "2026-10-12"])
def test_a_question_about_any_objective_is_a_file_that_is_read(name: str) -> None:
    more = {"teams__acme__2026-Q4__okrs.md": f"---\nobjectives:\n  {name}: {{title: A}}\n---\n"}
    way = _ways(f"teams/acme/2026-Q4/{name}.html", **more)["question"]
    place, text = _begun(way)
    compiled = compile_files({"teams/acme/2026-Q4/okrs.md": next(iter(more.values())), place: f"{text}Why?\n"})
    assert codes(compiled.problems) == []
    assert [q.about for q in compiled.company.team_cycles["acme", "2026-Q4"].questions] == [f"acme/2026-Q4/{name}"]


# --- check-ins ------------------------------------------------------------------------------------------------------


def test_a_check_in_begins_with_what_was_last_said() -> None:
    place, text = _begun(_ways(TEAM_PAGE)["check-in"])
    assert place == "teams/acme/2026-Q4/checkins/2026-11-22.md"
    assert text.splitlines() == [
        "---",
        "# Take the # away before each line that has news, and write today's values; confidence may be left out.",
        "progress:",
        "#  instant#p95: {value: 150 ms, confidence: 7}",
        '#  instant#steps: {value: ["one, two"], confidence: …}',
        "#  instant#signed: {value: …, confidence: …}",
        '#  instant#cost: {value: "1,500 €", confidence: …}',
        "#  guardrails#refunds: 96.1%",
        "---",
    ]


def test_a_check_in_that_nobody_filled_says_nothing() -> None:
    place, text = _begun(_ways(TEAM_PAGE)["check-in"])
    assert _wrong_with(place, text) == []
    compiled = compile_files({**FILES, place: text})
    assert compiled.company.team_cycles["acme", "2026-Q4"].checkins[-1].readings == ()
    assert compiled.figures == _company().figures


def test_a_check_in_is_sound_once_it_is_filled() -> None:
    place, text = _begun(_ways(TEAM_PAGE)["check-in"])
    filled = (
        re.sub(r"^#  ", "  ", text, flags=re.MULTILINE)
        .replace("value: …", "value: yes")
        .replace("confidence: …", "confidence: 5")
    )
    assert _wrong_with(place, filled) == []
    readings = compile_files({**FILES, place: filled}).company.team_cycles["acme", "2026-Q4"].checkins[-1].readings
    assert [(r.about.text, r.value) for r in readings] == [
        ("instant#p95", "150 ms"),
        ("instant#steps", ("one, two",)),
        ("instant#signed", "yes"),
        ("instant#cost", "1,500 €"),
        ("guardrails#refunds", "96.1%"),
    ]


def test_a_value_that_was_forgotten_is_reported_and_never_taken_for_one() -> None:
    place, text = _begun(_ways(TEAM_PAGE)["check-in"])
    taken = text.replace("#  instant#signed", "  instant#signed")
    assert len(_wrong_with(place, taken)) == 2


def test_a_confidence_that_nobody_wrote_is_reported_with_the_way_to_leave_it_out() -> None:
    place, text = _begun(_ways(TEAM_PAGE)["check-in"])
    taken = text.replace("#  instant#signed: {value: …", "  instant#signed: {value: yes")
    (wrong,) = compile_files({**FILES, place: taken}).problems
    assert wrong.hint.endswith("without one take `confidence` out")
    assert _wrong_with(place, taken.replace(", confidence: …", "")) == []


@pytest.mark.parametrize("value", ["|\n      40%\n      injected: yes", "a", "'x ]}'"])
def test_what_is_no_value_is_not_repeated(value: str) -> None:
    said = f"---\nprogress:\n  instant#p95:\n    value: {value}\n---\n"
    _, text = _begun(_ways(TEAM_PAGE, **{"teams__acme__2026-Q4__checkins__2026-11-13.md": said})["check-in"])
    assert "#  instant#p95: {value: 150 ms, confidence: 7}\n" in text


@pytest.mark.parametrize(("title", "value"), [("x ]}", '["x ]}"]'), ("a: b #c", '["a: b #c"]'), ("a" * 300, "…")])
def test_a_value_stays_on_its_line(title: str, value: str) -> None:
    quoted = f"'{title}'"
    more = {
        "teams__acme__2026-Q4__okrs.md": OKRS.replace('"one, two"', quoted),
        "teams__acme__2026-Q4__checkins__2026-11-06.md": f"---\nprogress: {{instant#steps: [{quoted}]}}\n---\n",
    }
    _, text = _begun(_ways(TEAM_PAGE, **more)["check-in"])
    assert f"#  instant#steps: {{value: {value}, confidence: …}}\n" in text
    assert all(row.startswith(("#  ", "# ", "---", "progress:")) for row in text.splitlines())


def test_an_objectives_own_confidence_is_asked_instead_of_each_key_results() -> None:
    more = {"teams__acme__2026-Q4__checkins__2026-11-13.md": "---\nprogress:\n  instant: {confidence: 6}\n---\n"}
    _, text = _begun(_ways(TEAM_PAGE, **more)["check-in"])
    assert "#  instant: {confidence: 6}\n" in text
    assert "#  instant#signed: …\n" in text


def test_a_team_that_publishes_words_only_has_no_figure_in_its_draft() -> None:
    more = {"teams__acme__team.md": "---\nname: Acme\nfigures: words\n---\n"}
    _, text = _begun(_ways(TEAM_PAGE, **more)["check-in"])
    assert "#  instant#p95: {value: …, confidence: …}\n" in text
    assert "150" not in text and "96.1" not in text


def test_a_check_in_of_today_is_gone_on_with() -> None:
    way = _ways(TEAM_PAGE, **{"teams__acme__2026-Q4__checkins__2026-11-22.md": CHECKIN})["check-in"]
    assert way.href.endswith("/edit/main/content/teams/acme/2026-Q4/checkins/2026-11-22.md")


@pytest.mark.parametrize(
    ("today", "kinds"),
    [
        ("2026-09-20", {"proposal", "edit"}),
        ("2026-11-22", {"check-in", "proposal", "edit"}),
        ("2027-01-10", {"check-in", "proposal", "edit"}),
        ("2027-02-10", {"edit"}),
    ],
)
def test_a_cycle_takes_check_ins_from_its_start_until_it_closes(today: str, kinds: set[str]) -> None:
    assert set(_ways(TEAM_PAGE, today=today)) == kinds


# --- proposals ------------------------------------------------------------------------------------------------------


def test_an_objective_is_proposed_for_the_next_cycle() -> None:
    way = _ways(TEAM_PAGE)["proposal"]
    place, text = _begun(way)
    assert (way.cycle, place) == ("2027-Q1", "teams/acme/2027-Q1/okrs.md")
    compiled = compile_files({place: text}, today="2027-01-10")
    assert codes(compiled.problems) == []
    (objective,) = compiled.company.objectives.values()
    assert (objective.entry.status, objective.entry.proposed_by) == ("draft", "team")


def test_while_a_cycle_opens_an_objective_is_proposed_for_it_with_the_lines_to_add() -> None:
    way = _ways(TEAM_PAGE, today="2026-10-03")["proposal"]
    assert (way.cycle, way.href) == ("2026-Q4", _ways(TEAM_PAGE)["edit"].href)
    text = OKRS.replace("guardrails:", f"{way.draft}guardrails:")
    compiled = compile_files({"teams/acme/2026-Q4/okrs.md": text})
    assert codes(compiled.problems) == []
    assert len(compiled.company.objectives) == 3


def test_a_next_cycle_that_is_written_already_is_edited() -> None:
    way = _ways(TEAM_PAGE, **{"teams__acme__2027-Q1__okrs.md": OKRS})["proposal"]
    assert way.href.endswith("/edit/main/content/teams/acme/2027-Q1/okrs.md")
    assert "status: draft" in way.draft


# --- what an address cannot bring along ---------------------------------------------------------------------------


def test_where_the_forge_takes_no_text_the_page_shows_it() -> None:
    for page, kind in ((OBJECTIVE, "question"), (TEAM_PAGE, "check-in"), (TEAM_PAGE, "proposal")):
        way = _ways(page, settings=GITLAB)[kind]
        assert way.draft == _begun(_ways(page)[kind])[1]
        assert set(parse_qs(urlsplit(way.href).query)) == {"file_name"}


def test_a_long_check_in_is_shown_instead_of_sent() -> None:
    key_results = "".join(f"      result-number-{n}: {{title: A, baseline: 1 ms, target: 2 ms}}\n" for n in range(40))
    okrs = f"---\nobjectives:\n  instant:\n    title: A\n    key_results:\n{key_results}---\n"
    way = _ways(TEAM_PAGE, **{"teams__acme__2026-Q4__okrs.md": okrs})["check-in"]
    assert "value=" not in way.href
    assert way.draft.count("\n#  instant#") == 40


def test_a_project_below_its_repositorys_root_is_found_there() -> None:
    from dataclasses import replace

    compiled = _company(settings=GITHUB)
    moved = replace(compiled, company=replace(compiled.company, folder="okrs"))
    (planned,) = (p for p in plan_site(moved).pages if p.path == TEAM_PAGE)
    ways = planned.page().view.chrome.ways  # type: ignore[union-attr]
    assert {way.kind for way in ways} >= {"check-in", "proposal"}
    for way in ways:
        assert "okrs/content/teams/acme/" in way.href
