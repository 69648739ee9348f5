"""Which pages a company has: one for everything that was written, and none twice."""

import re
from posixpath import dirname, join, normpath
from typing import Final

import pytest

from okrsite.pages.plan import SitePlan, plan_site
from okrsite.pages.views import CycleView, FreePageView, ObjectiveView, RedirectView
from tests.companies import CHECKIN, OKRS, TEAM, compile_files
from tests.core.company import codes

ACME: Final = {"teams/acme/team.md": TEAM, "teams/acme/2026-Q4/okrs.md": OKRS}
ALWAYS: Final = {
    *("index.html", "teams/index.html", "lessons.html", "search.html", "questions.html", "404.html"),
    *("goalposts.html", "calibration.html", "guide.html", "dropped.html", "feed.xml"),
}
CYCLE: Final = {
    "calendar.ics",
    *(f"2026-Q4/{name}" for name in ("feed.xml", "calendar.ics")),
    *(f"2026-Q4/{name}.html" for name in ("index", "map", "asks", "changes", "retros", "lessons", "goalposts")),
}


def _plan(files: dict[str, str], *, settings: str = "", today: str = "2026-11-22") -> SitePlan:
    return plan_site(compile_files(files, settings=settings, today=today))


def _paths(files: dict[str, str], *, settings: str = "", today: str = "2026-11-22") -> set[str]:
    paths = [page.path for page in _plan(files, settings=settings, today=today).pages]
    assert len(paths) == len(set(paths)), "a page is planned twice"
    return set(paths)


def _team_pages(*, team: str = "acme", cycle: str = "2026-Q4", names: tuple[str, ...] = ()) -> set[str]:
    """What there is of a team that has written for a cycle; a look back has no feed of its own."""
    return {
        *(f"teams/{team}/{name}" for name in ("index.html", "feed.xml", "calendar.ics")),
        *(f"teams/{team}/{cycle}/{name}.html" for name in ("index", *names)),
        *(f"teams/{team}/{cycle}/{name}.xml" for name in names if name != "retro"),
    }


# --- which pages there are ------------------------------------------------------------------------------------------


def test_a_company_without_a_word_has_a_home_that_says_what_comes_next() -> None:
    plan = _plan({})
    assert {page.path for page in plan.pages} == ALWAYS
    home = plan.pages[0].page().view
    assert isinstance(home, FreePageView)
    assert "okrs.md" in home.body


def test_a_team_with_objectives_has_a_page_for_itself_its_cycle_and_each_objective() -> None:
    assert _paths(ACME) == ALWAYS | CYCLE | _team_pages(names=("instant",))


def test_the_home_is_the_first_page() -> None:
    assert _plan(ACME).pages[0].path == "index.html"


@pytest.mark.parametrize(
    ("name", "text", "more"),
    [
        ("teams/acme/2026-Q4/checkins/2026-11-06.md", CHECKIN, set()),
        ("teams/acme/2026-Q4/questions/why.md", "---\nabout: instant\nasked_on: 2026-11-06\n---\nWhy?\n", set()),
        ("teams/acme/2026-Q4/retro.md", "## What we learned\n\nA lot.\n", {"teams/acme/2026-Q4/retro.html"}),
        ("pages/glossary.md", "Words.\n", {"pages/glossary.html"}),
        ("pages/词汇.md", "词。\n", {"pages/词汇.html"}),
        ("index.md", "Dear all\n", set()),
        ("teams/zest/team.md", "---\nname: Zest\n---\n", {"teams/zest/index.html", "teams/zest/feed.xml"}),
        ("teams/zest/2026-Q4/okrs.md", "", _team_pages(team="zest")),
        (
            "teams/苏州/2026-Q4/okrs.md",
            "---\nobjectives:\n  提速: {title: 快}\n---\n",
            _team_pages(team="苏州", names=("提速",)),
        ),
        ("teams/acme/2026/okrs.md", "", {"teams/acme/2026/index.html", *(p.replace("2026-Q4", "2026") for p in CYCLE)}),
        ("cycles/2027-Q1.md", "", {p.replace("2026-Q4", "2027-Q1") for p in CYCLE}),
        ("teams/acme/team.zh.md", "你好\n", set()),
    ],
)
def test_each_file_brings_the_pages_it_is_shown_on(name: str, text: str, more: set[str]) -> None:
    base = _paths(ACME)
    assert _paths({**ACME, name: text}, settings='languages = ["en", "zh"]\n') == {
        f"{tree}{path}" for tree in ("", "zh/") for path in base | more if (tree, path) != ("zh/", "404.html")
    }


@pytest.mark.parametrize("status", ["draft", "paused", "dropped"])
def test_an_objective_has_a_page_whatever_became_of_it(status: str) -> None:
    okrs = OKRS.replace("    key_results:", f"    status: {status}\n    because: Reasons.\n    key_results:")
    assert "teams/acme/2026-Q4/instant.html" in _paths({**ACME, "teams/acme/2026-Q4/okrs.md": okrs})


def test_a_cycle_that_nobody_knows_has_no_pages() -> None:
    paths = _paths({**ACME, "teams/acme/someday/okrs.md": OKRS})
    assert not [path for path in paths if "someday" in path]


def test_a_cycle_to_come_has_its_pages_already() -> None:
    assert "teams/acme/2027-Q1/instant.html" in _paths({**ACME, "teams/acme/2027-Q1/okrs.md": OKRS})


def test_a_file_with_an_error_still_has_its_page() -> None:
    broken = OKRS.replace("baseline: 200 ms", "baseline: many")
    assert "teams/acme/2026-Q4/instant.html" in _paths({**ACME, "teams/acme/2026-Q4/okrs.md": broken})


def test_a_file_that_cannot_be_read_leaves_every_other_page() -> None:
    files = {**ACME, "teams/zest/team.md": TEAM, "teams/zest/2026-Q4/okrs.md": "---\nobjectives: {\n---\n"}
    assert _paths(files) == _paths(ACME) | _team_pages(team="zest")


@pytest.mark.parametrize("taken", ["index", "retro", "guardrails", "Index"])
def test_an_objective_never_takes_the_place_of_another_page(taken: str) -> None:
    okrs = f"---\nobjectives:\n  {taken}: {{title: Taken}}\n---\n"
    files = {**ACME, "teams/acme/2026-Q4/okrs.md": okrs, "teams/acme/2026-Q4/retro.md": ""}
    assert [p.code for p in compile_files(files).problems] == ["id-collision"]
    assert _paths(files) == ALWAYS | CYCLE | _team_pages(names=("retro",))


@pytest.mark.parametrize("folder", ["teams", "pages", "assets"])
def test_a_cycle_never_takes_the_place_of_another_folder(folder: str) -> None:
    files = {**ACME, f"cycles/{folder}.md": "---\nstart: 2026-10-01\nend: 2026-12-31\n---\n"}
    assert codes(compile_files(files).problems) == ["id-collision"]
    assert _paths(files) == _paths(ACME)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("pages/glossary.md", "pages/Glossary.md"),
        ("cycles/Autumn.md", "cycles/autumn.md"),
        ("teams/zest/team.md", "teams/Zest/team.md"),
    ],
)
def test_two_pages_whose_names_differ_only_by_case_are_reported(one: str, two: str) -> None:
    dates = "---\nstart: 2026-09-01\nend: 2026-11-30\n---\n" if one.startswith("cycles") else ""
    files = {**ACME, one: dates, two: dates}
    assert "id-collision" in [p.code for p in compile_files(files).problems]


# --- old addresses --------------------------------------------------------------------------------------------------


def test_every_page_of_a_team_has_a_redirect_under_its_old_names() -> None:
    team = "---\nname: Acme\naliases: [till, desk]\n---\n"
    plan = _plan({**ACME, "teams/acme/team.md": team})
    own = sorted(page.path for page in plan.pages if re.match(r"teams/acme/.*\.html", page.path))
    assert len(own) == 3
    for alias in ("till", "desk"):
        old = {page.path: page.page().view for page in plan.pages if re.match(f"teams/{alias}/.*html", page.path)}
        assert sorted(old) == [path.replace("acme", alias) for path in own]
        for path, view in old.items():
            assert isinstance(view, RedirectView)
            assert normpath(join(dirname(path), view.href)) == path.replace(alias, "acme")


def test_an_alias_that_a_team_has_makes_no_redirect_and_is_reported() -> None:
    files = {
        **ACME,
        "teams/acme/team.md": "---\nname: Acme\naliases: [zest]\n---\n",
        "teams/zest/team.md": "---\nname: Zest\n---\n",
    }
    assert codes(compile_files(files).problems) == ["alias-clash"]
    assert _paths(files) == _paths(ACME) | {"teams/zest/index.html", "teams/zest/feed.xml"}


def test_references_to_an_old_name_still_lead_to_the_team() -> None:
    files = {
        **ACME,
        "teams/acme/team.md": "---\nname: Acme\naliases: [till]\n---\n",
        "teams/zest/team.md": "---\nname: Zest\n---\n",
        "teams/zest/2026-Q4/okrs.md": "---\nobjectives:\n  calm: {title: Calm, supports: till/instant}\n---\n",
    }
    compiled = compile_files(files)
    assert codes(compiled.problems) == []
    assert compiled.company.objectives["zest/2026-Q4/calm"].supports == ("acme/2026-Q4/instant",)


# --- what pages say -------------------------------------------------------------------------------------------------


def _view(files: dict[str, str], path: str) -> ObjectiveView:
    view = next(page for page in _plan(files).pages if page.path == path).page().view
    assert isinstance(view, ObjectiveView)
    return view


def test_the_chain_of_why_ends_where_it_would_close_a_circle() -> None:
    lines = "".join(f"  {a}: {{title: {a.upper()}, supports: {b}}}\n" for a, b in ("ab", "bc", "ca"))
    circle = f"---\nobjectives:\n{lines}---\n"
    view = _view({**ACME, "teams/acme/2026-Q4/okrs.md": circle}, "teams/acme/2026-Q4/a.html")
    assert [reason.link.words for reason in view.reasons] == ["C", "B"]


def test_the_chain_of_why_names_each_objective_once_below_what_it_leans_on() -> None:
    lines = (
        "  d: {title: D, supports: [b, c, a#a1]}\n"
        "  c: {title: C, supports: [a]}\n"
        "  b: {title: B, supports: [a#a2]}\n"
        "  a: {title: A, key_results: {a1: {title: One, target: 1}, a2: {title: Two, target: 2}}}\n"
    )
    files = {**ACME, "teams/acme/2026-Q4/okrs.md": f"---\nobjectives:\n{lines}---\n"}
    view = _view(files, "teams/acme/2026-Q4/d.html")
    assert [(reason.link.words, reason.through, reason.apart) for reason in view.reasons] == [
        ("A", ("One", "Two"), False),
        ("B", (), True),
        ("C", (), False),
    ]
    assert view.more == ""


def test_a_chain_of_why_that_is_too_long_for_a_page_leads_to_the_map() -> None:
    lines = "".join(f"  o{n}: {{title: O{n}, supports: o{n + 1}}}\n" for n in range(200))
    files = {**ACME, "teams/acme/2026-Q4/okrs.md": f"---\nobjectives:\n{lines}  o200: {{title: Top}}\n---\n"}
    view = _view(files, "teams/acme/2026-Q4/o0.html")
    assert [reason.link.words for reason in view.reasons] == [f"O{n}" for n in range(79, 0, -1)]
    assert view.more == "../../../2026-Q4/map.html"


def test_a_wide_net_of_support_is_planned_in_moments() -> None:
    """Sixteen layers of three that all support each other have 43 million ways to the top."""
    layers = [
        f"  l{n}-{i}: {{title: L{n}, supports: [{', '.join(f'l{n - 1}-{j}' for j in range(3))}]}}\n"
        if n
        else f"  l0-{i}: {{title: Top}}\n"
        for n in range(16)
        for i in range(3)
    ]
    files = {**ACME, "teams/acme/2026-Q4/okrs.md": "---\nobjectives:\n" + "".join(layers) + "---\n"}
    plan = _plan(files)
    assert len([page.page() for page in plan.pages]) > 48


def test_a_page_names_the_files_that_have_errors_and_others_do_not() -> None:
    files = {
        **ACME,
        "teams/acme/2026-Q4/okrs.md": OKRS.replace("baseline: 200 ms", "baseline: many"),
        "teams/zest/team.md": "---\nname: Zest\n---\n",
        "teams/zest/2026-Q4/okrs.md": OKRS,
    }
    acme = _view(files, "teams/acme/2026-Q4/instant.html")
    assert acme.chrome.troubled == ("content/teams/acme/2026-Q4/okrs.md",)
    assert _view(files, "teams/zest/2026-Q4/instant.html").chrome.troubled == ()


def test_a_further_language_has_a_tree_of_pages_of_its_own() -> None:
    files = {**ACME, "index.md": "---\nmission: {en: Fast, zh: 快}\n---\n", "index.zh.md": "大家好\n"}
    pages = {p.path: p.present() for p in _plan(files, settings='languages = ["en", "zh"]\n').pages}
    home, other = pages["index.html"], pages["zh/index.html"]
    assert isinstance(home, CycleView)
    assert isinstance(other, CycleView)
    assert (home.mission, other.mission) == ("Fast", '<span lang="zh">快</span>')
    assert "大家好" in other.letter
    assert [(nav.words, nav.href, nav.here) for nav in other.chrome.readings] == [
        ("English", "../index.html", False),
        ("zh", "../zh/index.html", True),
    ]
    assert (home.chrome.assets, other.chrome.assets, other.chrome.root) == ("", "../", "")


def test_a_single_language_has_no_choice_of_languages() -> None:
    views = [p.present() for p in _plan(ACME).pages]
    assert [view.chrome.readings for view in views if isinstance(view, CycleView)] == [(), ()]
