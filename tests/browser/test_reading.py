"""The demo company as readers meet it: in the light they chose, on narrow screens, on paper, without scripts."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from okrsite.cli import main
from tests.browser.chromium import Chromium, served
from tests.companies import ROOT, TODAY

if TYPE_CHECKING:
    from playwright.async_api import Page

PAGES: Final = (
    "index.html",
    "2026-Q4/map.html",
    "2026-Q4/asks.html",
    "2026-Q4/changes.html",
    "2026-Q3/retros.html",
    "teams/index.html",
    "teams/app/index.html",
    "teams/app/2026-Q4/index.html",
    "teams/app/2026-Q4/find-a-bike.html",
    "teams/battery/2026-Q3/retro.html",
    "teams/suzhou/2026-Q4/spring-line.html",
    "lessons.html",
    "questions.html",
    "goalposts.html",
    "calibration.html",
    "dropped.html",
    "guide.html",
    "search.html",
    "404.html",
)
"""A page of each kind."""
GROUND: Final = "getComputedStyle(document.documentElement).backgroundColor"
LIGHT, DARK = "rgb(250, 249, 246)", "rgb(20, 22, 26)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reading") / "site"
    assert main(["build", "-q", "-C", str(ROOT), "-o", str(folder), "--today", TODAY, "--no-cache"]) == 0
    return folder


@pytest.fixture(scope="module")
def root(site: Path) -> Iterator[str]:
    """The site in a folder of a web server."""
    with served(site.parent) as address:
        yield f"{address.rstrip('/')}/site"


@pytest.mark.parametrize("width", [320, 390, 768])
def test_no_page_is_wider_than_the_screen(chromium: Chromium, root: str, width: int) -> None:
    async def act(tab: "Page") -> dict[str, int]:
        await tab.set_viewport_size({"width": width, "height": 800})
        wide = {}
        for page in PAGES:
            await tab.goto(f"{root}/{page}")
            wide[page] = await tab.evaluate("document.documentElement.scrollWidth")
        return {page: found for page, found in wide.items() if found > width}

    assert chromium.use(f"{root}/index.html", act) == {}


def test_a_label_stands_in_one_line_with_its_colon_in_chinese_too(chromium: Chromium, tmp_path: Path) -> None:
    (tmp_path / "okrsite.toml").write_text('language = "zh"\n' + (ROOT / "okrsite.toml").read_text("utf-8"), "utf-8")
    shutil.copytree(ROOT / "content", tmp_path / "content")
    assert main(["build", "-q", "-C", str(tmp_path), "--today", TODAY, "--no-cache"]) == 0

    async def act(tab: "Page") -> list[float]:
        heights: list[float] = await tab.evaluate(
            "[...document.querySelectorAll('.kr-foot dt')].map(it =>"
            " it.offsetHeight / parseFloat(getComputedStyle(it).lineHeight))"
        )
        return heights

    with served(tmp_path) as address:
        lines = chromium.use(f"{address}site/teams/battery/2026-Q4/index.html", act)
    assert len(lines) > 10
    assert max(lines) < 1.5


def test_without_a_choice_the_system_decides(chromium: Chromium, root: str) -> None:
    async def act(tab: "Page") -> list[str]:
        grounds = []
        for scheme in ("light", "dark"):
            await tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            grounds.append(await tab.evaluate(GROUND))
        return grounds

    assert chromium.use(f"{root}/index.html", act) == [LIGHT, DARK]


def test_a_choice_holds_on_every_page_and_is_there_before_anything_is_drawn(chromium: Chromium, root: str) -> None:
    async def act(tab: "Page") -> list[object]:
        await tab.emulate_media(color_scheme="light")
        await tab.check("#display [value=dark]")
        found: list[object] = [await tab.evaluate(GROUND)]
        await tab.goto(f"{root}/teams/app/2026-Q4/find-a-bike.html", wait_until="commit")
        await tab.wait_for_selector("header.top", state="attached")
        found += [await tab.evaluate(GROUND), await tab.is_checked("#display [value=dark]")]
        await tab.check("#display [value=system]")
        found += [await tab.evaluate(GROUND)]
        return found

    assert chromium.use(f"{root}/index.html", act) == [DARK, DARK, True, LIGHT]


def test_the_keyboard_comes_to_the_text_first_and_to_every_link_in_order(chromium: Chromium, root: str) -> None:
    async def act(tab: "Page") -> tuple[list[str], bool]:
        reached = []
        for _ in range(8):
            await tab.keyboard.press("Tab")
            reached.append(await tab.evaluate("document.activeElement.textContent.trim()"))
        outline = await tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        return reached, outline != "none"

    reached, seen = chromium.use(f"{root}/index.html", act)
    assert reached[0] == "Skip to the text"
    assert reached[2:] == ["Home", "Map", "Asks", "Week by week", "Retrospectives", "Teams"]
    assert seen


@pytest.mark.parametrize("page", ["teams/app/2026-Q4/index.html", "teams/app/2026-Q4/find-a-bike.html"])
def test_a_page_on_paper_keeps_its_text_and_its_charts_within_the_sheet(
    chromium: Chromium, root: str, page: str
) -> None:
    async def act(tab: "Page") -> tuple[bytes, int, list[str], int]:
        await tab.emulate_media(media="print")
        await tab.set_viewport_size({"width": 718, "height": 1000})  # A4 with the margins of the browser
        beyond = await tab.evaluate(
            "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > 719)"
            ".map(e => e.tagName + '.' + (e.className.baseVal ?? e.className))"
        )
        charts = await tab.locator("svg.chart:visible").count()
        return (
            await tab.pdf(format="A4"),
            charts,
            beyond,
            await tab.locator("header.top:visible, aside.write:visible").count(),
        )

    paper, charts, beyond, navigation = chromium.use(f"{root}/{page}", act)
    assert paper.startswith(b"%PDF-")
    assert charts >= 3
    assert beyond == []
    assert not navigation


def test_on_paper_an_objective_is_a_handout_of_all_there_is(chromium: Chromium, root: str) -> None:
    """Whoever prints it for a retrospective holds the tables that are folded on a screen, and whose it is."""
    shown = "[...document.querySelectorAll('details:not([open]) :is(table, li)')].map(e => e.checkVisibility())"

    async def act(tab: "Page") -> tuple[list[bool], list[bool], str, list[str], list[bool]]:
        folded = await tab.evaluate(shown)
        await tab.emulate_media(media="print")
        unfolded = await tab.evaluate(shown)
        whose = await tab.inner_text("nav.crumbs")
        headings = await tab.evaluate("[...document.querySelectorAll('h2')].map(e => e.firstChild.textContent.trim())")
        foot = [await tab.is_visible("footer.foot"), await tab.is_visible("#display")]
        return folded, unfolded, whose, headings, foot

    folded, unfolded, whose, headings, foot = chromium.use(f"{root}/teams/app/2026-Q4/find-a-bike.html", act)
    assert len(folded) > 10
    assert set(folded) == {False}
    assert set(unfolded) == {True}
    assert "Rider App" in whose
    parts = {"Key results", "Beside it", "What this stands on", "Risks said out loud", "Questions", "Check-ins"}
    assert parts <= set(headings)
    assert foot == [True, False]
