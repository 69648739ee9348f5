"""Searching as a reader does it, from a disk and from a web server, with the keyboard alone and without scripts."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.chromium import Chromium, served
from tests.browser.conftest import build
from tests.pages.test_search import FILES, LANGUAGES

if TYPE_CHECKING:
    from playwright.async_api import Page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("search"), FILES, LANGUAGES)


@pytest.fixture(scope="module", params=["disk", "server"])
def root(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    if request.param == "disk":
        yield site.as_uri()
    else:
        with served(site) as address:
            yield address


async def _search(tab: "Page", words: str) -> list[str]:
    """The titles of what is found, once it is."""
    await tab.fill("#search-for", words)
    return [text.strip() for text in await tab.locator("#search-found a").all_inner_texts()]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("first", "First steps"),
        ("FÍRST st", "First steps"),
        ("第一", "First steps"),
        ("calls", "More calls"),
        ("mondays", "The method"),
        ("wet", "Check-in of 16 October 2026"),
        ("16 october", "Check-in of 16 October 2026"),
        ("2026-10-16", "Check-in of 16 October 2026"),
        ("call", "More calls"),
        ("weeks", "Check-in of 16 October 2026"),  # one wet week
        ("ask fi", "Ask first"),
        ("mondya", "The method"),  # two letters that changed places
        ("frst stpes", "First steps"),
        ("batch", None),
        ("batc", None),  # too far from anything
        ("w x y z", None),  # single letters only begin words
        ("e st", None),
        ("acme ask", "Ask first"),
        ("nowhere at all", None),
        ("before", None),  # of an earlier cycle
    ],
)
def test_what_is_typed_is_found(chromium: Chromium, root: str, words: str, first: str | None) -> None:
    async def act(tab: "Page") -> list[str]:
        await tab.wait_for_function("document.scripts.length > 3")
        await tab.wait_for_load_state("networkidle")
        return await _search(tab, words)

    found = chromium.use(f"{root}/search.html", act)
    assert (found[0] if found else None) == first


def test_where_this_cycle_has_nothing_earlier_ones_are_offered(chromium: Chromium, root: str) -> None:
    async def act(tab: "Page") -> tuple[bool, list[str], bool, bool, str]:
        await tab.wait_for_load_state("networkidle")
        await _search(tab, "first")
        before = await tab.is_visible("#search-offer")
        await _search(tab, "before")
        await tab.keyboard.press("ArrowDown")
        await tab.keyboard.press("Enter")
        await tab.wait_for_selector("#search-found a")
        found = await _search(tab, "before")
        at = await tab.evaluate("document.activeElement.id")
        return before, found, await tab.is_visible("#search-offer"), await tab.is_checked("#search-older"), at

    assert chromium.use(f"{root}/search.html", act) == (False, ["Before"], False, True, "search-for")


def test_what_is_found_by_a_letter_more_or_less_says_so_and_is_marked(chromium: Chromium, root: str) -> None:
    async def act(tab: "Page") -> tuple[str, list[str], bool]:
        await tab.wait_for_load_state("networkidle")
        await _search(tab, "stps")
        marked = await tab.locator("#search-found mark").all_inner_texts()
        return await tab.inner_text("#search-status"), marked, await tab.is_visible("#search-offer")

    status = "Nothing is spelt like this; 1 found that differ by a letter"
    assert chromium.use(f"{root}/search.html", act) == (status, ["steps"], True)


def test_earlier_cycles_are_found_when_asked_for(chromium: Chromium, root: str) -> None:
    async def act(tab: "Page") -> tuple[str, list[str], bool]:
        await _search(tab, "before")
        said = await tab.inner_text("#search-status")
        await tab.check("#search-older")
        await tab.wait_for_selector("#search-found a")
        return said, await _search(tab, "before"), await tab.is_visible("#search-older")

    assert chromium.use(f"{root}/search.html", act) == ("Nothing found in this cycle", ["Before"], False)


def test_a_reader_needs_no_more_than_the_keyboard(chromium: Chromium, root: str) -> None:
    async def act(tab: "Page") -> tuple[list[str], str, str]:
        await tab.keyboard.press("/")
        await tab.wait_for_url("**/search.html")
        await tab.wait_for_load_state("networkidle")
        await tab.keyboard.type("ask")
        await tab.keyboard.press("ArrowDown")
        marked = await tab.locator("#search-found li:first-child mark").all_inner_texts()
        at = await tab.evaluate("document.activeElement.textContent")
        await tab.keyboard.press("ArrowUp")
        await tab.keyboard.press("Enter")
        await tab.wait_for_url("**/lessons.html*")
        await tab.go_back()
        await tab.wait_for_selector("#search-found a")
        return marked, at, await tab.input_value("#search-for")

    assert chromium.use(f"{root}/teams/acme/index.html", act) == (["Ask"], "Ask first", "ask")


def test_what_is_found_is_shown_as_text_whatever_it_is(chromium: Chromium, vectored_site: Path) -> None:
    async def act(tab: "Page") -> tuple[int, object]:
        await tab.wait_for_load_state("networkidle")
        found = await _search(tab, "script")
        await tab.wait_for_timeout(200)
        return len(found), await tab.evaluate(
            "window.__x ?? document.querySelectorAll('#search-found :is(script, img, svg)').length"
        )

    found, ran = chromium.use(f"{vectored_site.as_uri()}/search.html", act)
    assert found > 10
    assert ran == 0


_ROWS: Final = """() => [...document.querySelectorAll("#search-found li")].map((item) => ({
  title: item.querySelector("a").textContent, titled: item.querySelector("a").lang,
  kind: item.querySelector(".meta").firstChild.textContent, place: item.querySelector(".meta span")?.lang ?? "",
  excerpt: item.querySelector("p")?.textContent ?? "", quoted: item.querySelector("p")?.lang ?? "",
}))"""


def test_what_is_said_of_something_found_begins_and_ends_with_whole_words(chromium: Chromium, tmp_path: Path) -> None:
    words = [f"word{number:03}" for number in range(80)]
    files = {**FILES, "pages/long.md": f"---\ntitle: Long\n---\n{' '.join(words)}\n"}
    site = build(tmp_path, files, LANGUAGES)

    async def act(tab: "Page") -> str:
        await tab.wait_for_load_state("networkidle")
        await _search(tab, "word040")
        return str((await tab.evaluate(_ROWS))[0]["excerpt"])

    said = chromium.use(f"{site.as_uri()}/search.html", act)
    assert said.startswith("… word")
    assert said.endswith(" …")
    assert set(said.strip("… ").split()) <= set(words)


@pytest.mark.parametrize(
    ("words", "row", "status"),
    [
        ("第一", {"title": "第一步", "kind": "目标", "excerpt": ""}, "找到 1 条"),
        ("first steps", {"title": "第一步", "excerpt": "First steps Because </script>", "quoted": "en"}, "找到 1 条"),
        ("calls", {"title": "More calls", "titled": "en", "kind": "关键结果", "excerpt": ""}, "找到 1 条"),
        ("更新 wet", {"title": "2026年10月16日的进展更新", "kind": "进展更新", "quoted": "en"}, "找到 1 条"),
        ("复盘", {"title": "复盘", "kind": "复盘", "place": ""}, "找到 1 条"),
        ("before", None, "本周期内没有找到"),
    ],
)
def test_a_chinese_page_searches_in_its_own_words_and_marks_those_of_others(
    chromium: Chromium, root: str, words: str, row: dict[str, str] | None, status: str
) -> None:
    async def act(tab: "Page") -> tuple[list[dict[str, str]], str]:
        await tab.wait_for_load_state("networkidle")
        await _search(tab, words)
        return await tab.evaluate(_ROWS), await tab.inner_text("#search-status")

    rows, said = chromium.use(f"{root}/zh/search.html", act)
    usual = {"titled": "", "place": "", "quoted": ""}
    assert said == status
    assert bool(rows) == (row is not None)
    if row:
        assert {name: rows[0][name] for name in (usual | row)} == usual | row


def test_without_scripts_every_cycle_and_team_is_there_by_name(site: Path) -> None:
    text = (site / "search.html").read_text(encoding="utf-8")
    assert '<search class="search" id="search-box" hidden>' in text
    for address in ("teams/acme/index.html", "2026-Q4/index.html", "2026-Q3/index.html"):
        assert f'<a href="{address}">' in text
