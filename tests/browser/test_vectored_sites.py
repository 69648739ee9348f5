"""Sites in which every field holds script vectors run nothing, ask nobody, and load nothing from elsewhere."""

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.browser.chromium import Chromium, Visit, served
from tests.browser.conftest import ACTIVE, build, without_policy
from tests.companies import WRONG, tree
from tests.hostile.vectors import VECTORS, in_line

Visits = list[Visit]


def paths(site: Path) -> list[str]:
    """The pages of a site."""
    return [name for name in sorted(tree(site)) if name.endswith(".html")]


@pytest.fixture(scope="module", params=["vectored", "refused"])
def site(request: pytest.FixtureRequest) -> Path:
    """Both sites in turn; all tests of one run before the other."""
    found: Path = request.getfixturevalue(f"{request.param}_site")
    return found


@pytest.fixture(scope="module")
def visits(site: Path, chromium: Chromium) -> Visits:
    """Every page as readers have it: from a web server, for there a site's own files are told from all others."""
    with served(site) as root:
        found = chromium.visit(root + quote(path) for path in paths(site))
    return [visit._replace(requests=[url for url in visit.requests if not url.startswith(root)]) for visit in found]


@pytest.fixture(scope="module")
def bare_visits(vectored_site: Path, chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Visits:
    """Every page with its policy taken away, opened from disk, where scripts may do the most."""
    return chromium.visit(path.as_uri() for path in without_policy(vectored_site, tmp_path_factory.mktemp("bare")))


def test_no_page_runs_anything_or_asks_anybody(visits: Visits) -> None:
    assert len(visits) >= 150
    assert [visit for visit in visits if visit.dialogs or visit.ran != "undefined"] == []
    assert [visit.acting for visit in visits if visit.acting] == []


def test_no_page_tries_what_its_policy_refuses(visits: Visits) -> None:
    assert [visit.refused for visit in visits if visit.refused] == []
    assert [visit.errors for visit in visits if visit.errors] == []


def test_no_page_asks_for_anything_outside_the_site(visits: Visits) -> None:
    assert [visit.requests for visit in visits if visit.requests] == []


def test_every_page_was_there(visits: Visits) -> None:
    assert [visit.address for visit in visits if visit.elements < 20] == []
    assert sum(visit.elements for visit in visits) > 10_000


def test_without_its_policy_no_page_runs_anything_either(bare_visits: Visits, vectored_site: Path) -> None:
    assert len(bare_visits) == len(paths(vectored_site))
    assert [visit for visit in bare_visits if visit.dialogs or visit.ran != "undefined"] == []
    assert [visit.acting for visit in bare_visits if visit.acting] == []


def test_without_its_policy_no_page_asks_for_anything_outside_the_site(bare_visits: Visits) -> None:
    requests = [url for visit in bare_visits for url in visit.requests]
    assert len(requests) > len(bare_visits)
    assert [url for url in requests if not url.startswith("file:///")] == []


def test_the_words_of_the_vectors_are_shown(visits: Visits) -> None:
    """What is inert because it is not there at all would show nothing."""
    assert max(visit.words for visit in visits) > sum(map(len, VECTORS))


def test_every_other_file_of_a_site_opened_by_itself_runs_nothing(site: Path, chromium: Chromium) -> None:
    # A calendar and a file without an ending are saved by a browser, not shown.
    others = sorted(name for name in tree(site) if Path(name).suffix not in ("", ".html", ".ics"))
    assert {Path(name).suffix for name in others} >= {".svg", ".css", ".xml"}
    with served(site) as root:
        visits = chromium.visit(root + quote(name) for name in others)
    # Not what acts: Chromium shows text in a page of its own making.
    assert [visit for visit in visits if visit.executed() or visit.errors] == []
    assert [url for visit in visits for url in visit.requests if not url.startswith(root)] == []


def test_active_files_beside_the_content_are_not_published(vectored_site: Path, demo_site: Path) -> None:
    beside = [path.name for path in (vectored_site.parent / "content").rglob("*") if path.name in ACTIVE]
    assert len(beside) == 2 * len(ACTIVE)
    assert _not_pages(tree(vectored_site)) == _not_pages(tree(demo_site))


def _not_pages(names: Iterable[str]) -> set[str]:
    """The files that come from no content: neither pages, feeds and calendars nor what is searched of a cycle."""
    return {name for name in names if not re.fullmatch(r".*\.(?:html|xml|ics)|search/[\w-]+\.js", name)}


@pytest.mark.parametrize("setting", ["title = {}", "[brand]\nname = {}", "content = {}"])
def test_names_in_the_settings_run_nothing(setting: str, tmp_path: Path, chromium: Chromium) -> None:
    folder = '"><img src=x onerror=alert(1)>' if setting.startswith("content") else "content"
    words = folder if setting.startswith("content") else in_line(VECTORS)
    typed = words.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    files = {f"../{folder}/{name.removeprefix('content/')}": text for name, text in WRONG.items()}
    site = build(tmp_path, files, setting.format(f'"{typed}"'))
    pages = paths(site)
    assert len(pages) >= 10
    assert sum("onerror=alert(1)&gt;" in (site / page).read_text(encoding="utf-8") for page in pages) >= 2
    # With the policy from disk, as who builds a site for himself has it, and without.
    bare = without_policy(site, tmp_path / "bare")
    visits = chromium.visit(path.as_uri() for path in (*(site / page for page in pages), *bare))
    assert [visit for visit in visits if visit.executed() or visit.acting or visit.refused] == []
    assert [url for visit in visits for url in visit.requests if not url.startswith("file:///")] == []
