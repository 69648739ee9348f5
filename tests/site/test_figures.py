"""No league table can be read off the demo company's pages: outcome figures stand where one team speaks for itself."""

import re
from pathlib import Path
from typing import Final

import pytest

from okrsite.cli import main
from tests.conftest import Project
from tests.site.walker import Element, Page, chosen, figures, inside, read_site, text_of

WHICH: Final = {"value", "progress", "raw", "kept", "score", "confidence", "pace"}
WORDS_ONLY: Final = "payments"

QUIET: Final = {
    "content/teams/quiet/team.md": "---\nname: Quiet\nfigures: words\n---\n",
    "content/teams/quiet/2026-Q4/okrs.md": """---
objectives:
  calm:
    title: It is calm
    key_results:
      metric: {title: Metric, baseline: 200 ms, target: 100 ms}
      steps: {title: Steps, milestones: [first, second]}
      by: {title: Delivery, deliver_by: 2026-11-30}
      found: {title: Found, find_baseline: true}
      judged: {title: Judged, target: a signed contract}
      rail: {title: Rail, keep_above: 95%}
guardrails:
  own: {title: Own, keep_above: 95%}
---
""",
    "content/teams/quiet/2026-Q4/checkins/2026-11-06.md": """---
progress:
  calm: {confidence: 8}
  calm#metric: {value: 151 ms, confidence: 8}
  calm#steps: {value: [first], confidence: 8}
  calm#by: {value: "yes", confidence: 8}
  calm#found: {value: 45%, confidence: 8}
  calm#judged: {value: 45%, confidence: 8}
  calm#rail: {value: 96.5%, confidence: 8}
  guardrails#own: {value: 96.5%, confidence: 8}
---
""",
    "content/teams/quiet/2026-Q4/retro.md": """---
scores:
  calm: {score: 0.55, because: So it was.}
  calm#metric: {score: 0.65, because: So it was.}
---
""",
}
"""A team of one or two, with a key result and a reading of every kind."""


def _of_one_team(path: str) -> bool:
    """Whether a path lies in one team's folder: everything else lists several teams, or none."""
    return bool(re.match(r"teams/[^/]+/", path))


def _may_show_the_company(path: str) -> bool:
    return bool(re.fullmatch(r"(?:[^/]+/)?index\.html", path)) and path != "teams/index.html"


def _company_section(page: Page) -> Element:
    (section,) = chosen(page, "section", aria_labelledby="company")
    return section


def test_figures_are_marked_and_of_known_kinds(demo_pages: dict[str, Page]) -> None:
    kinds = {element.attributes["data-figure"] for page in demo_pages.values() for element in figures(page)}
    assert kinds == WHICH


def test_pages_that_list_several_teams_hold_no_figure(demo_pages: dict[str, Page]) -> None:
    shared = [path for path in demo_pages if not _of_one_team(path) and not _may_show_the_company(path)]
    assert len(shared) > 20
    for kind in ("map", "asks", "changes", "retros", "lessons", "questions", "teams/index"):
        assert [path for path in shared if path.endswith(f"{kind}.html")], kind
    assert {path: len(figures(demo_pages[path])) for path in shared if figures(demo_pages[path])} == {}


def test_the_fronts_of_cycles_hold_figures_only_of_the_company(demo_pages: dict[str, Page]) -> None:
    fronts = [path for path in demo_pages if _may_show_the_company(path)]
    assert {"index.html", "2026-Q4/index.html", "2026/index.html"} <= set(fronts)
    for path in fronts:
        page = demo_pages[path]
        section = _company_section(page)
        assert figures(page), path
        assert [element.line for element in figures(page) if not inside(element, section)] == [], path


def test_the_company_section_holds_no_other_teams_objectives(demo_pages: dict[str, Page]) -> None:
    for path in (path for path in demo_pages if _may_show_the_company(path)):
        page = demo_pages[path]
        cards = [
            link.attributes["href"]
            for heading in page.elements
            if heading.tag in ("h2", "h3", "h4") and inside(heading, _company_section(page))
            for link in chosen(page, "a")
            if inside(link, heading)
        ]
        assert len(cards) >= 2, path
        assert [href for href in cards if "/velomere/" not in href] == [], path


def test_pages_of_one_team_do_show_figures(demo_pages: dict[str, Page]) -> None:
    assert len([path for path in demo_pages if _of_one_team(path) and figures(demo_pages[path])]) > 100


def test_a_team_that_publishes_words_only_shows_no_figure(demo_pages: dict[str, Page]) -> None:
    pages = [path for path in demo_pages if path.startswith(f"teams/{WORDS_ONLY}/")]
    assert len(pages) > 10
    assert {path: len(figures(demo_pages[path])) for path in pages if figures(demo_pages[path])} == {}


def test_no_kind_of_key_result_brings_a_figure_to_a_words_only_team(project: Project, tmp_path: Path) -> None:
    main(["build", "-q", "-C", str(project(QUIET)), "--today", "2027-02-01", "-o", str(tmp_path / "site")])
    pages = {path: page for path, page in read_site(tmp_path / "site").items() if path.startswith("teams/quiet/")}
    assert set(pages) == {
        "teams/quiet/index.html",
        "teams/quiet/2026-Q4/index.html",
        "teams/quiet/2026-Q4/calm.html",
        "teams/quiet/2026-Q4/retro.html",
    }
    assert {path: [text_of(page, e) for e in figures(page)] for path, page in pages.items() if figures(page)} == {}
    said = " ".join(words for page in pages.values() for words, _ in page.words)
    for figure in ("151 ms", "96.5%", "45%", "0.45", "0.55", "0.65", "8/10"):
        assert figure not in said, figure


def test_a_team_that_publishes_words_only_says_so(demo_pages: dict[str, Page]) -> None:
    page = demo_pages[f"teams/{WORDS_ONLY}/2026-Q4/index.html"]
    (main,) = chosen(page, "main")
    assert "words only" in text_of(page, main)


@pytest.mark.parametrize(
    "pattern", [r"\b\d{1,2}/10\b", r"\bconfidence \d", r"\b0\.\d of the way\b", r"\bkept \d+, outside"]
)
def test_no_figure_hides_in_unmarked_words_of_shared_pages(demo_pages: dict[str, Page], pattern: str) -> None:
    """Authors' prose is theirs; these are the words in which the templates say figures."""
    shared = [path for path in demo_pages if not _of_one_team(path) and not _may_show_the_company(path)]
    marked = 0
    for path in shared:
        page = demo_pages[path]
        spoken = " ".join([*(e.attributes.get("aria-label", "") for e in page.elements), *(w for w, _ in page.words)])
        assert not re.search(pattern, spoken), path
        marked += 1
    assert marked > 20


def test_every_chart_is_marked_as_the_figure_that_it_draws(demo_pages: dict[str, Page]) -> None:
    charts = [
        (path, chart.attributes["class"].removeprefix("chart "), chart)
        for path, page in demo_pages.items()
        for chart in chosen(page, "svg")
        if "chart" in chart.attributes["class"]
    ]
    kinds = {kind for _, kind, _ in charts}
    company = {"forecast", "spread", "shares"}
    assert kinds == {"bullet", "burn-up", "guardrail", "score-ruler", "sparkline", "weeks"} | company
    assert {path for path, kind, _ in charts if kind in company} == {"calibration.html"}
    assert len(charts) > 300
    # The weeks of a cycle with the risks said in them are no outcome, the guide's specimens are nobody's, and what is
    # known of all teams together is no team's.
    nobodys = {"weeks", *company}
    none = {(path, kind) for path, kind, _ in charts if kind in nobodys or path == "guide.html"}
    assert [path for path, kind, chart in charts if ("data-figure" in chart.attributes) == ((path, kind) in none)] == []


def test_every_confidence_is_marked_as_a_figure(demo_pages: dict[str, Page]) -> None:
    marked = 0
    for path, page in demo_pages.items():
        numbers = {element.number for element in figures(page)}
        for words, around in page.words:
            if re.fullmatch(r"(?:confidence )?\d+/10", words.strip()):
                assert numbers.intersection(around), path
                marked += 1
    assert marked > 500


def test_a_score_never_stands_without_the_way_it_reads(demo_pages: dict[str, Page]) -> None:
    bands = ("little movement", "real progress", "delivered", "a promise missed")
    scores = 0
    for path, page in demo_pages.items():
        for element in page.elements:
            if element.attributes.get("class") == "score":
                scores += 1
                text = text_of(page, element)
                assert any(band in text for band in bands), path
                assert not ("delivered" in text and "a promise missed" in text), path
    assert scores > 100


def test_what_the_company_knows_of_itself_leads_to_no_team(demo_pages: dict[str, Page]) -> None:
    page = demo_pages["calibration.html"]
    (main,) = chosen(page, "main")
    assert list(chosen(page, "svg"))
    assert [a.attributes["href"] for a in chosen(page, "a") if inside(a, main)] == []


def test_nobody_is_compared_or_added_up(demo_pages: dict[str, Page]) -> None:
    """A page of a cycle names no average and no rank."""
    shared = [path for path in demo_pages if not _of_one_team(path)]
    for path in shared:
        page = demo_pages[path]
        labels = " ".join(text_of(page, e) for e in page.elements if e.tag in ("dt", "th", "h2", "h3")).casefold()
        assert not re.search(r"\b(?:average|rank(?:ing)?|top \d|leaderboard)\b", labels), path
