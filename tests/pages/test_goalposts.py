"""Promises that moved, page by page: the company's page stays short, the cycles' pages hold everything."""

from datetime import date, timedelta
from typing import Final

from okrsite.core.compile import Compiled, compile_company
from okrsite.core.history import Change, History, Recorded, What
from okrsite.core.link import Facts
from okrsite.core.parse import parse_document
from okrsite.core.settings import parse_settings
from okrsite.core.source import SourceFile
from okrsite.pages.goalposts import MAX_LATEST
from okrsite.pages.plan import plan_site
from okrsite.pages.views import FeedView, GoalpostsView
from tests.companies import OKRS, TEAM

TODAY: Final = date(2026, 12, 20)
_FILES: Final = {
    "teams/acme/team.md": TEAM,
    "teams/acme/2026-Q4/okrs.md": OKRS,
    "teams/acme/2026-Q3/okrs.md": OKRS,
}


def _recorded(cycle: str, on: date, number: int, message: str = "") -> Recorded:
    change = Change(f"acme/{cycle}/instant#p95", What.TARGET, f"{number} ms", f"{number + 1} ms")
    return Recorded(change, f"content/teams/acme/{cycle}/okrs.md", on, on, "c" * 40, message)


def _company(recorded: list[Recorded]) -> Compiled:
    first = {"acme/2026-Q3/instant": date(2026, 7, 1), "acme/2026-Q4/instant": date(2026, 10, 1)}
    history = History(head="c" * 40, recorded=tuple(recorded), first=first)
    parsed = [parse_document(SourceFile(f"content/{path}", path, text)) for path, text in _FILES.items()]
    return compile_company(parsed, Facts(parse_settings("")[0], TODAY, {}, history, ""))


def _views(recorded: list[Recorded]) -> dict[str, GoalpostsView]:
    planned = ((page.path, page.present()) for page in plan_site(_company(recorded)).pages)
    return {path: view for path, view in planned if isinstance(view, GoalpostsView)}


def test_a_cycles_page_holds_what_moved_in_the_cycle_and_the_companys_the_latest_of_all() -> None:
    views = _views([_recorded("2026-Q3", date(2026, 8, 3), 1), _recorded("2026-Q4", date(2026, 11, 3), 2)])
    told = {path: [str(view.told) for view in page.goalposts] for path, page in views.items()}
    assert told == {
        "goalposts.html": ["Target: 2 ms → 3 ms", "Target: 1 ms → 2 ms"],
        "2026-Q3/goalposts.html": ["Target: 1 ms → 2 ms"],
        "2026-Q4/goalposts.html": ["Target: 2 ms → 3 ms"],
    }
    links = [link.href for link in views["goalposts.html"].cycles]
    assert links == ["2026-Q4/goalposts.html", "2026-Q3/goalposts.html"]


def test_however_much_moved_the_companys_page_shows_only_the_latest() -> None:
    count = MAX_LATEST + 10
    start = date(2026, 7, 20)
    views = _views([_recorded("2026-Q3", start + timedelta(days=n // 4), n) for n in range(count)])
    every = [view.told for view in views["2026-Q3/goalposts.html"].goalposts]
    assert len(every) == count
    assert [view.told for view in views["goalposts.html"].goalposts] == every[:MAX_LATEST]


def test_a_feed_tells_a_change_in_the_pages_words_with_the_commits_where_the_team_says_nothing() -> None:
    company = _company([_recorded("2026-Q4", date(2026, 11, 3), 2, "Networks are slow")])
    (feed,) = (page.present() for page in plan_site(company).pages if page.path == "feed.xml")
    assert isinstance(feed, FeedView)
    (page,) = (page.present() for page in plan_site(company).pages if page.path == "2026-Q4/goalposts.html")
    assert isinstance(page, GoalpostsView)
    (entry,) = feed.entries
    assert [(said.word, said.text) for said in entry.said] == [(g.told, g.reason) for g in page.goalposts]
    assert entry.said[0].text == '<p class="quiet">The commit says: Networks are slow</p>'
