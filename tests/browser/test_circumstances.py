"""Pages under the circumstances of their readers: forced colours, little motion, no scripts, a part chosen."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from okrsite.cli import main
from tests.browser.chromium import Chromium, served
from tests.browser.test_reading import PAGES
from tests.companies import ROOT, TODAY, compile_files, write_files

if TYPE_CHECKING:
    from playwright.async_api import Page

TEAM: Final = "teams/app/2026-Q4/index.html"
OBJECTIVE: Final = "teams/app/2026-Q4/find-a-bike.html"

MARKS: Final = """() => {
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => numbers(colour).slice(0, 3).map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0);
  const contrast = (one, two) => {
    const [less, more] = [light(one), light(two)].sort((a, b) => a - b);
    return (more + 0.05) / (less + 0.05);
  };
  const seen = colour => colour !== 'none' && numbers(colour)[3] !== 0;
  const ground = getComputedStyle(document.body).backgroundColor;
  const found = {};
  for (const mark of document.querySelectorAll('svg.chart :is(rect, path, circle, line, polyline, polygon, text)')) {
    const style = getComputedStyle(mark);
    const drawn = [style.fill, style.stroke].filter(seen).map(colour => contrast(colour, ground));
    const name = `${mark.localName}.${mark.getAttribute('class') ?? mark.parentNode.getAttribute('class')}`;
    found[name] = Math.min(found[name] ?? 99, Math.max(0, ...drawn));
  }
  return found;
}"""
"""The contrast of each kind of mark in a chart with the page's ground."""

WORDS: Final = """() => [...document.querySelectorAll('main *, header.top *, footer *')].filter(element =>
    element.checkVisibility() && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()) &&
    !element.closest('svg') && getComputedStyle(element).color === getComputedStyle(document.body).backgroundColor
  ).map(element => element.textContent)"""
"""Words in the colour of their ground."""

MOVING: Final = """() => [...document.querySelectorAll('*')].filter(element => {
    const style = getComputedStyle(element);
    return style.animationName !== 'none' || style.transitionDuration.split(', ').some(time => time !== '0s') ||
      style.scrollBehavior === 'smooth';
  }).length + document.getAnimations().length"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("circumstances") / "site"
    assert main(["build", "-q", "-C", str(ROOT), "-o", str(folder), "--today", TODAY, "--no-cache"]) == 0
    return folder


@pytest.fixture(scope="module")
def root(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


# --- forced colours, little motion ----------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", [TEAM, OBJECTIVE, "2026-Q4/index.html", "guide.html", "calibration.html"])
def test_in_forced_colours_every_mark_of_a_chart_stands_out(
    chromium: Chromium, root: str, page: str, scheme: Any
) -> None:
    async def act(tab: "Page") -> tuple[dict[str, float], list[str], bool]:
        await tab.emulate_media(forced_colors="active", color_scheme=scheme)
        forced = await tab.evaluate("matchMedia('(forced-colors: active)').matches")
        return await tab.evaluate(MARKS), await tab.evaluate(WORDS), forced

    marks, hidden, forced = chromium.use(root + page, act)
    assert forced
    assert len(marks) >= 2
    # A grid and an axis carry nothing; what a ring leaves free is to be seen through.
    told = {name: found for name, found in marks.items() if not name.endswith((".grid", ".axis"))}
    assert {name: round(found, 1) for name, found in told.items() if found < 4.5} == {}
    assert hidden == []


def test_in_forced_colours_steps_and_periods_differ_by_more_than_colour(chromium: Chromium, root: str) -> None:
    question = """names => [...document.querySelectorAll('.steps li, .periods li')].map(item => {
        const style = getComputedStyle(item);
        return [item.className, [style.borderTopStyle, style.borderTopColor, style.backgroundColor].join(' ')];
      })"""

    async def act(tab: "Page") -> list[list[str]]:
        await tab.emulate_media(forced_colors="active")
        found = []
        for page in (TEAM, "teams/care/2026-Q4/index.html", "teams/stations/2026-Q4/index.html"):
            await tab.goto(root + page)
            found += await tab.evaluate(question)
        return found

    looks: dict[str, set[str]] = {}
    for name, look in chromium.use(root + TEAM, act):
        looks.setdefault(name, set()).add(look)
    assert {"reached", "ahead", "kept", "pending"} <= set(looks)
    assert not looks["reached"] & looks["ahead"]
    states = [looks[name] for name in ("kept", "outside", "not-heard", "pending") if name in looks]
    assert len(set().union(*states)) >= len(states)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_on_a_page_moves(chromium: Chromium, root: str, motion: Any) -> None:
    async def act(tab: "Page") -> dict[str, int]:
        await tab.emulate_media(reduced_motion=motion)
        moving = {}
        for page in PAGES:
            await tab.goto(root + page)
            moving[page] = await tab.evaluate(MOVING)
        return {page: count for page, count in moving.items() if count}

    assert chromium.use(root + PAGES[0], act) == {}


# --- without scripts ------------------------------------------------------------------------------------------------


def test_without_scripts_every_page_says_what_it_says_with_them(chromium: Chromium, root: str) -> None:
    async def act(tab: "Page") -> dict[str, str]:
        said = {}
        for page in PAGES:
            await tab.goto(root + page)
            said[page] = await tab.inner_text("main")
        return said

    without = chromium.use(root + PAGES[0], act, scripts=False)
    scripted = chromium.use(root + PAGES[0], act)
    assert {page for page, words in without.items() if len(words) < 50} == set()
    assert {page for page in PAGES if without[page] != scripted[page]} == {"search.html"}


def test_without_scripts_the_search_page_leads_to_every_team_and_cycle(chromium: Chromium, root: str) -> None:
    async def act(tab: "Page") -> tuple[list[str], bool, bool, str]:
        names = await tab.locator("main .ways a").all_inner_texts()
        box = await tab.is_visible("#search-box")
        choice = await tab.is_visible("#display")
        await tab.click("main .ways a >> text=Rider App")
        return names, box, choice, await tab.inner_text("h1")

    names, box, choice, arrived = chromium.use(f"{root}search.html", act, scripts=False)
    teams = sorted(path.parent.name for path in (ROOT / "content" / "teams").glob("*/team.md"))
    assert len(names) >= len(teams) + 4
    assert {"Rider App", "Autumn 2026"} <= set(names)
    assert (box, choice, arrived) == (False, False, "Rider App")


# --- a part chosen --------------------------------------------------------------------------------------------------


def _shown(tab: "Page") -> Any:
    return tab.evaluate(
        "[...document.querySelectorAll('main > .card')].filter(card => card.checkVisibility())"
        ".map(card => card.querySelector('h2').textContent.trim())"
    )


def test_a_reader_chooses_where_help_would_matter_or_what_was_raised_early(chromium: Chromium, root: str) -> None:
    async def act(tab: "Page") -> list[Any]:
        found = [await _shown(tab)]
        for choice in ("help", "early", "all"):
            await tab.check(f"#filter [value={choice}]")
            found.append(await _shown(tab))
        return found

    everything, needing, early, again = chromium.use(root + "teams/workshops/2026-Q4/index.html", act)
    assert len(everything) == 3
    assert 0 < len(needing) < 3
    assert 0 < len(early) < 3
    assert needing != early
    assert again == everything


@pytest.mark.parametrize("scripts", [True, False])
def test_choosing_needs_no_mouse_and_no_script(chromium: Chromium, root: str, scripts: bool) -> None:
    async def act(tab: "Page") -> list[Any]:
        await tab.focus("#filter [value=all]")
        found = []
        for _ in range(2):
            await tab.keyboard.press("ArrowDown")
            found.append(await _shown(tab))
        await tab.keyboard.press("Tab")
        found.append(await tab.evaluate("document.activeElement.closest('.card') !== null"))
        return found

    needing, early, on_a_card = chromium.use(root + "teams/workshops/2026-Q4/index.html", act, scripts=scripts)
    assert len(needing) == 2
    assert len(early) == 1
    assert on_a_card


def test_the_choice_says_what_it_is_to_who_cannot_see_it(chromium: Chromium, root: str) -> None:
    async def act(tab: "Page") -> list[int]:
        group = tab.get_by_role("group", name="Show")
        names = ("everything", "where help would matter", "what was raised early")
        return [await group.get_by_role("radio", name=name).count() for name in names]

    assert chromium.use(root + "teams/workshops/2026-Q4/index.html", act) == [1, 1, 1]


def test_a_choice_hides_no_risk_to_which_a_link_leads(chromium: Chromium, root: str) -> None:
    async def act(tab: "Page") -> list[bool]:
        await tab.check("#filter [value=help]")
        hidden = await tab.evaluate("document.querySelector('.risk:not(.for-help)').id")
        seen = [await tab.is_visible(f"[id={hidden}]")]
        await tab.evaluate(f"location.hash = '{hidden}'")
        return [*seen, await tab.is_visible(f"[id={hidden}]")]

    assert chromium.use(f"{root}teams/frames/2026-Q4/index.html", act) == [False, True]


def test_paper_has_all_of_it_whatever_is_chosen(chromium: Chromium, root: str) -> None:
    async def act(tab: "Page") -> tuple[Any, bool]:
        await tab.check("#filter [value=help]")
        await tab.emulate_media(media="print")
        return await _shown(tab), await tab.is_visible("#filter")

    shown, choice = chromium.use(root + "teams/workshops/2026-Q4/index.html", act)
    assert (len(shown), choice) == (3, False)


def test_where_a_browser_cannot_choose_everything_is_shown(chromium: Chromium, site: Path, tmp_path: Path) -> None:
    """A browser without `:has()` drops what is written for those that know it."""
    (style,) = (site / "assets").glob("site.*.css")
    old = tmp_path / "site"
    for path in (site / "teams/workshops/2026-Q4/index.html", *(site / "assets").glob("*.css")):
        text = path.read_text(encoding="utf-8")
        write_files(old, {path.relative_to(site).as_posix(): text.replace(":has(", ":unheard-of(")})

    async def act(tab: "Page") -> tuple[Any, bool]:
        return await _shown(tab), await tab.is_visible("#filter")

    shown, choice = chromium.use((old / "teams/workshops/2026-Q4/index.html").as_uri(), act)
    assert (len(shown), choice) == (3, False)
    assert ":has(" in style.read_text(encoding="utf-8")


def test_only_a_part_of_an_open_cycle_can_be_chosen() -> None:
    from okrsite.pages.plan import plan_site
    from okrsite.pages.views import TeamCycleView

    okrs = "---\nobjectives:\n  one: {title: One}\n  two: {title: Two}\n---\n"
    checkin = "---\nprogress:\n  one: {confidence: 3}\n{two}risks:\n  late: {about: one, what: Late}\n---\n"
    chosen = []
    for two, today in (("", TODAY), ("  two: {confidence: 2}\n", TODAY), ("", "2027-06-01")):
        files = {
            "teams/acme/2026-Q4/okrs.md": okrs,
            "teams/acme/2026-Q4/checkins/2026-11-06.md": checkin.replace("{two}", two),
        }
        pages = {page.path: page.present for page in plan_site(compile_files(files, today=today)).pages}
        view = pages["teams/acme/2026-Q4/index.html"]()
        assert isinstance(view, TeamCycleView)
        chosen.append(view.choices)
    assert chosen == [("help", "early"), ("early",), ()]
