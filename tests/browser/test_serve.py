"""Writing with the site beside it: what a browser shows while files change, break and are mended."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.chromium import Chromium
from tests.companies import FINE, OKRS, ROOT, write_files
from tests.serving.running import Serving, serving

if TYPE_CHECKING:
    from playwright.async_api import Page

OKRS_FILE: Final = "content/teams/acme/2026-Q4/okrs.md"
PAGE: Final = "/teams/acme/2026-Q4/instant.html"
TITLE: Final = "Paying feels instant everywhere"
REPORT: Final = "okrsite-problems pre"
STORY: Final = "\n".join(f"Paragraph {number} of a long story.\n" for number in range(200))
WAIT: Final = 20_000
"""Milliseconds within which something must be seen, on however busy a machine."""


def okrs(title: str = TITLE) -> str:
    return f"{OKRS.replace(TITLE, title)}\n## Story {{#instant}}\n\n{STORY}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "project", {"okrsite.toml": "", **FINE, OKRS_FILE: okrs()})


@pytest.fixture
def served(folder: Path) -> Iterator[Serving]:
    with serving(folder) as running:
        yield running


async def _heard(tab: "Page") -> None:
    """Wait until the page listens."""
    await tab.wait_for_load_state("load")
    await asyncio.sleep(0.3)


async def _until(tab: "Page", question: str) -> None:
    """Wait until a page answers yes; playwright's own waiting is refused by the pages' policy."""
    for _ in range(WAIT // 50):
        if await tab.evaluate(question):
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"{question} is not so")


def test_an_edit_is_seen_where_the_reader_was(chromium: Chromium, folder: Path, served: Serving) -> None:
    async def act(tab: "Page") -> tuple[float, float, list[bool], list[bool]]:
        await _heard(tab)
        await tab.evaluate("document.querySelectorAll('details').forEach((fold, n) => fold.open = n === 1)")
        await tab.evaluate("scrollTo({top: 700, behavior: 'instant'})")
        opened = "[...document.querySelectorAll('details')].map((fold) => fold.open)"
        before = await tab.evaluate("scrollY"), await tab.evaluate(opened)
        write_files(folder, {OKRS_FILE: okrs("Paying is quick")})
        await tab.wait_for_selector("h1:has-text('Paying is quick')", timeout=WAIT)
        await tab.wait_for_load_state("load")
        return before[0], await tab.evaluate("scrollY"), before[1], await tab.evaluate(opened)

    y, y_after, folds, folds_after = chromium.use(served.address + PAGE, act)
    assert y == y_after == 700
    assert folds == folds_after
    assert True in folds and False in folds


def test_a_page_that_an_edit_does_not_concern_stays(chromium: Chromium, folder: Path, served: Serving) -> None:
    async def act(tab: "Page") -> bool:
        await _heard(tab)
        await tab.evaluate("window.untouched = true")
        write_files(folder, {OKRS_FILE: okrs("Paying is quick")})
        served.until_page(PAGE, "Paying is quick")
        await asyncio.sleep(0.5)
        return bool(await tab.evaluate("window.untouched === true"))

    assert chromium.use(f"{served.address}/guide.html", act)


def test_a_style_is_exchanged_without_loading_the_page_anew(chromium: Chromium, folder: Path, served: Serving) -> None:
    write_files(folder, {"okrsite.toml": 'theme = "own"\n', "themes/own/static/tokens.css": ":root { --paper: red }"})
    served.until_page("/", "assets/tokens.")
    colour = "getComputedStyle(document.documentElement).backgroundColor"

    async def act(tab: "Page") -> tuple[bool, int]:
        await _until(tab, f"{colour} === 'rgb(255, 0, 0)'")
        await _heard(tab)
        await tab.evaluate("window.untouched = true")
        for word, value in (("blue", "rgb(0, 0, 255)"), ("lime", "rgb(0, 255, 0)")):
            write_files(folder, {"themes/own/static/tokens.css": f":root {{ --paper: {word} }}"})
            await _until(tab, f"{colour} === '{value}'")
        await asyncio.sleep(0.3)
        untouched = bool(await tab.evaluate("window.untouched === true"))
        return untouched, await tab.evaluate("document.querySelectorAll('link[rel=stylesheet]').length")

    assert chromium.use(served.address + PAGE, act) == (True, 2)


BREAKS: Final = {
    "content": (
        OKRS_FILE,
        "---\nobjectives:\n  instant:\n    title: 7\n    supports: [nowhere]\n---\n",
        "supports: [nowhere]",
    ),
    "settings": ("okrsite.toml", 'theme = "own"\ntitel = "Acme"\n', "titel = "),
    "template": (
        "themes/own/templates/objective.html",
        "<!doctype html>\n{{ view.nothing }}",
        "objective.html:2",
    ),
}


@pytest.mark.parametrize("what", BREAKS)
def test_what_is_broken_is_shown_over_the_good_page_until_it_is_mended(
    chromium: Chromium, folder: Path, what: str
) -> None:
    place, broken, said = BREAKS[what]
    write_files(folder, {"okrsite.toml": 'theme = "own"\n', "themes/own/templates/none.html": ""})
    sound = (folder / place).read_bytes() if (folder / place).exists() else None

    async def act(tab: "Page") -> tuple[str, str, int, list[object]]:
        await _heard(tab)
        write_files(folder, {place: broken})
        await tab.wait_for_selector(REPORT, timeout=WAIT)
        report, title = await tab.inner_text(REPORT), await tab.inner_text("h1")
        await tab.keyboard.press("Escape")
        hidden = await tab.locator(REPORT).count()
        await tab.reload()
        await tab.wait_for_selector(REPORT, timeout=WAIT)
        if sound is None:
            (folder / place).unlink()
        else:
            (folder / place).write_bytes(sound)
        await tab.wait_for_selector(REPORT, state="detached", timeout=WAIT)
        return report, title, hidden, await tab.evaluate("window.__refused")

    with serving(folder) as served:
        report, title, hidden, refused = chromium.use(served.address + PAGE, act)
    assert said in report
    assert title == TITLE
    assert hidden == 0
    assert refused == []


@pytest.mark.parametrize("what", BREAKS)
def test_a_first_build_that_fails_is_shown_and_gives_way_to_the_site(
    chromium: Chromium, folder: Path, what: str
) -> None:
    place, broken, said = BREAKS[what]
    write_files(folder, {"okrsite.toml": 'theme = "own"\n', "themes/own/templates/none.html": ""})
    sound = (folder / place).read_bytes() if (folder / place).exists() else None
    write_files(folder, {place: broken})

    async def act(tab: "Page") -> tuple[str, str]:
        report = await tab.inner_text("#report, " + REPORT, timeout=WAIT)
        if sound is None:
            (folder / place).unlink()
        else:
            (folder / place).write_bytes(sound)
        await tab.wait_for_selector(f"h1:has-text('{TITLE}')", timeout=WAIT)
        await tab.wait_for_selector(REPORT, state="detached", timeout=WAIT)
        return report, await tab.inner_text("h1")

    with serving(folder) as served:
        report, title = chromium.use(served.address + PAGE, act)
    assert said in report
    assert title == TITLE


def test_it_is_told_again_after_the_server_was_gone(chromium: Chromium, folder: Path) -> None:
    async def act(tab: "Page") -> bool:
        await _heard(tab)
        assert first.end() == 130
        write_files(folder, {OKRS_FILE: okrs("Paying is quick")})
        with serving(folder, "--port", str(first.port)) as second:
            assert second.port == first.port
            await tab.wait_for_selector("h1:has-text('Paying is quick')", timeout=WAIT)
        return True

    with serving(folder) as first:
        assert chromium.use(first.address + PAGE, act)


def test_pages_ask_for_nothing_that_their_policy_refuses(chromium: Chromium, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "project" / "content")
    with serving(tmp_path / "project") as served:
        pages = ("/", "/2026-Q4/map.html", "/teams/app/2026-Q4/find-a-bike.html", "/search.html", "/nowhere.html")
        visits = chromium.visit(served.address + page for page in pages)
    assert [visit.refused for visit in visits] == [[]] * len(pages)
    assert [error for visit in visits[:-1] for error in visit.errors] == []
