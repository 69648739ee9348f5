"""Every hand-made hostile file comes to the outcome that is written beside it, and no page of its site does harm."""

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

import pytest

from okrsite.core.diagnostics import Severity
from okrsite.render.report import render_report
from tests.hostile.sites import Site, harms, site_of

FOLDER: Final = Path(__file__).parent / "cases"
PATHS: Final = sorted(FOLDER.rglob("*.case"))
SEPARATOR: Final = b"\n====\n"


class Case(NamedTuple):
    """A hostile file: where it lies (at several places: the same file), what is reported, what pages show."""

    places: tuple[str, ...]
    problems: tuple[str, ...]
    shows: tuple[str, ...]
    never: tuple[str, ...]
    content: bytes


def read_case(path: Path) -> Case:
    """A case: lines that say the place and the outcome, a line `====`, and the file's very bytes.

    The outcome is `inert`, or `code:line:column` for each error and for warnings that matter, with ` in PLACE` behind
    it where that is not the (first) place; `shows HTML` and `never HTML` say what some page and no page holds.
    `\\uXXXX` stands for a character that cannot be seen.
    """
    head, _, content = path.read_bytes().partition(SEPARATOR)
    lines = [re.sub(r"\\u([0-9a-f]{4})", lambda c: chr(int(c[1], 16)), line) for line in head.decode().split("\n")]
    words = [line.partition(" ") for line in lines]
    values: Callable[[str], tuple[str, ...]] = lambda name: tuple(rest for word, _, rest in words if word == name)  # noqa: E731
    problems = (line for line in lines if re.match(r"[a-z-]+:\d+:\d+", line))
    assert values("at"), "a case says where its file lies"
    assert len(lines) == len([w for w in words if w[0] in ("at", "shows", "never", "inert") or ":" in w[0]])
    return Case(values("at"), tuple(sorted(problems)), values("shows"), values("never"), content)


@pytest.fixture(scope="module", params=PATHS, ids=lambda path: path.relative_to(FOLDER).with_suffix("").as_posix())
def path(request: pytest.FixtureRequest) -> Path:
    """Each hostile file in turn; all tests of one run before the next."""
    found: Path = request.param
    return found


@lru_cache(maxsize=1)
def _site(path: Path) -> tuple[Case, Site]:
    case = read_case(path)
    return case, site_of(dict.fromkeys(case.places, case.content))


def test_a_hostile_file_is_reported_at_its_place_or_inert(path: Path) -> None:
    case, site = _site(path)
    found = []
    for problem in site.problems:
        place = problem.span.path.removeprefix("content/")
        where = "" if place == case.places[0] else f" in {place}"
        line = f"{problem.code}:{problem.span.line}:{problem.span.column}{where}"
        if problem.severity is Severity.ERROR or line in case.problems:
            found.append(line)
    assert sorted(found) == list(case.problems)


def test_a_hostile_file_is_shown_escaped_or_not_at_all(path: Path) -> None:
    case, site = _site(path)
    assert [text for text in case.shows if not any(text in page for page in site.pages.values())] == []
    assert [text for text in case.never if any(text in page for page in site.pages.values())] == []


def test_a_hostile_file_brings_no_harm_to_any_page(path: Path) -> None:
    _, site = _site(path)
    assert site.pages
    assert harms(site) == []


def test_a_hostile_file_puts_no_unseen_character_and_no_command_into_the_report(path: Path) -> None:
    _, site = _site(path)
    lines = render_report(site.problems, site.texts, colour=False).split("\n")
    assert [line for line in lines if not line.isprintable()] == []
    assert [line for line in lines if line.startswith(("::", "##", "section_"))] == []
    assert sum(bool(re.match(r"content/.*: (error|warning|hint)\[", line)) for line in lines) == len(site.problems)


def test_a_hostile_file_names_no_page_that_a_file_system_refuses_or_takes_for_another(path: Path) -> None:
    _, site = _site(path)
    for page in (*site.pages, *site.followed):
        parts = PurePosixPath(page).parts
        assert not page.startswith("/")
        assert all(part.isprintable() and part not in ("", ".", "..") and "\\" not in part for part in parts)
        assert max(len(part.encode()) for part in parts) <= 255
    if not any(problem.severity is Severity.ERROR for problem in site.problems):
        assert [name for name, count in Counter(page.casefold() for page in site.pages).items() if count > 1] == []


def test_there_are_hostile_files_of_every_kind() -> None:
    cases = [read_case(path) for path in PATHS]
    groups = Counter(path.parent.name for path in PATHS)
    assert len(PATHS) >= 300
    assert {"yaml", "markdown", "links", "text", "ids", "numbers", "dates", "structure", "names"} <= set(groups)
    assert min(groups.values()) >= 10
    assert len({(case.places, case.content) for case in cases}) == len(cases)
    assert sum(bool(case.problems) for case in cases) >= 150
    assert sum(bool(case.shows) for case in cases) >= 150


def test_every_page_states_what_it_may_load() -> None:
    pages = site_of({"teams/acme/team.md": "---\nname: Acme\naliases: [old]\n---\n"}).pages
    assert "teams/old/index.html" in pages
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; '
    assert [path for path, text in pages.items() if policy not in text] == []


def test_harm_in_a_feed_or_a_calendar_would_be_seen() -> None:
    site = site_of({"teams/acme/2026-Q4/checkins/2026-11-06.md": "A week.\n"})
    assert harms(site) == []
    feed, calendar = site.followed["feed.xml"], site.followed["calendar.ics"]
    for path, text in (
        ("feed.xml", feed.replace("A week.", "&lt;script&gt;alert(1)&lt;/script&gt;")),
        ("feed.xml", feed.replace("A week.", "&lt;b onclick=&#34;x&#34;&gt;A week.&lt;/b&gt;")),
        ("feed.xml", feed.replace("A week.", "A\x0bweek.")),
        ("feed.xml", feed.replace("</feed>", "<script/></feed>")),
        ("feed.xml", feed.replace('href="feed.xml"', 'href="javascript:alert(1)"')),
        ("calendar.ics", calendar.replace("SUMMARY:", "X-EVIL:1\r\nSUMMARY:", 1)),
        ("calendar.ics", calendar.replace("SUMMARY:", "SUMMARY:\x1b", 1)),
    ):
        assert text not in (feed, calendar)
        found = harms(site._replace(followed={**site.followed, path: text}))
        assert [harm.partition(": ")[0] for harm in found] == [path], found
