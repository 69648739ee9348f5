"""Feeds and calendars as programs read them: sound to the letter, without a figure, and safe whatever teams write."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from icalendar import Calendar

from okrsite.cli import main
from tests.companies import TODAY, write_files
from tests.hostile.vectored import LANGUAGES, vectored_company
from tests.hostile.vectors import VECTORS
from tests.site.walker import Page, addresses, chosen, figures, ids, is_elsewhere, read_page

ATOM: Final = "{http://www.w3.org/2005/Atom}"
BASE: Final = "https://okrs.example/all"


class Feed(NamedTuple):
    """A feed as an XML reader has it, and the content of each entry as a page."""

    path: str
    root: ElementTree.Element
    contents: tuple[Page, ...]


@pytest.fixture(scope="module")
def vectored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a company that writes script vectors into every text."""
    folder = tmp_path_factory.mktemp("vectored")
    files = {f"content/{place}": text for place, text in vectored_company().items()}
    write_files(folder, {"okrsite.toml": LANGUAGES, **files})
    options = ("-q", "--keep-going", "--today", TODAY, "-C", str(folder))
    assert main(["build", *options, "-o", str(folder / "site")]) == 0
    return folder / "site"


@pytest.fixture(scope="module")
def published(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company's site, built for an address."""
    folder = tmp_path_factory.mktemp("published") / "site"
    options = ("-q", "--today", TODAY, "-C", str(demo), "--base-url", f"{BASE}/")
    assert main(["build", *options, "-o", str(folder)]) == 0
    return folder


def _feeds(site: Path) -> list[Feed]:
    """Every feed of a site, read strictly."""
    return [_feed(path.relative_to(site).as_posix(), path.read_bytes()) for path in sorted(site.rglob("*.xml"))]


def _feed(path: str, data: bytes) -> Feed:
    root = ElementTree.fromstring(data)
    contents = (entry.findtext(f"{ATOM}content") or "" for entry in root.iter(f"{ATOM}entry"))
    return Feed(path, root, tuple(read_page(path, content) for content in contents))


def _links(feed: Feed) -> Iterator[str]:
    """Every address in a feed and in what its entries hold."""
    yield from (link.attrib["href"] for link in feed.root.iter(f"{ATOM}link"))
    yield from (address for page in feed.contents for _, _, address in addresses(page))


@pytest.fixture(scope="module")
def feeds(demo_site: Path) -> list[Feed]:
    found = _feeds(demo_site)
    assert len(found) > 50
    return found


# --- form -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["demo_site", "published", "vectored"])
def test_every_feed_is_sound_to_a_feed_reader(which: str, request: pytest.FixtureRequest) -> None:
    site, seen = request.getfixturevalue(which), 0
    for path in site.rglob("*.xml"):
        parsed = feedparser.parse(BytesIO(path.read_bytes()))
        assert not parsed.bozo, (path, parsed.get("bozo_exception"))
        assert parsed.version == "atom10"
        assert parsed.feed.title, path
        seen += len(parsed.entries)
    assert seen > 100


def test_every_feed_has_what_the_format_demands(feeds: list[Feed]) -> None:
    for feed in feeds:
        names = [child.tag.removeprefix(ATOM) for child in feed.root]
        assert names[:4] == ["id", "title", "updated", "author"], feed.path
        for element in (feed.root, *feed.root.iter(f"{ATOM}entry")):
            assert (element.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", element.findtext(f"{ATOM}updated") or "")
            assert element.findtext(f"{ATOM}title"), feed.path
            assert element.findtext(f"{ATOM}author/{ATOM}name")
            assert element.findall(f"{ATOM}link[@rel='alternate']")


def test_entries_are_newest_first_and_no_name_stands_twice_in_a_feed(feeds: list[Feed]) -> None:
    for feed in feeds:
        days = [entry.findtext(f"{ATOM}updated") or "" for entry in feed.root.iter(f"{ATOM}entry")]
        assert days == sorted(days, reverse=True)
        assert days[:1] in ([], [feed.root.findtext(f"{ATOM}updated")])
        names = [element.text for element in feed.root.iter(f"{ATOM}id")]
        assert len(names) == len(set(names)), feed.path
    assert len({feed.root.findtext(f"{ATOM}id") for feed in feeds}) == len(feeds)


@pytest.mark.parametrize("which", ["demo_site", "published", "vectored"])
def test_every_calendar_is_sound_to_a_calendar(which: str, request: pytest.FixtureRequest) -> None:
    site, seen = request.getfixturevalue(which), 0
    for path in site.rglob("*.ics"):
        data = path.read_bytes()
        assert max(map(len, data.split(b"\r\n"))) <= 75
        assert b"\n" not in data.replace(b"\r\n", b"")
        calendar = Calendar.from_ical(data)
        events = calendar.walk("VEVENT")
        assert not calendar.errors
        assert not [event.errors for event in events if event.errors]
        assert {component.name for component in calendar.walk()} == {"VCALENDAR", "VEVENT"}
        names = [str(event["UID"]) for event in events]
        assert len(names) == len(set(names)), path
        for event in events:
            assert event.decoded("DTEND") > event.decoded("DTSTART")
            assert event["SUMMARY"]
        seen += len(events)
    assert seen > 40


# --- no league table ------------------------------------------------------------------------------------------------


def test_no_feed_holds_a_figure(feeds: list[Feed]) -> None:
    assert sum(len(feed.contents) for feed in feeds) > 500
    assert [feed.path for feed in feeds for page in feed.contents if figures(page)] == []


@pytest.mark.parametrize("pattern", [r"\b\d{1,2}/10\b", r"\bconfidence \d", r"\bkept \d+, outside", r"data-figure"])
def test_no_figure_hides_in_the_words_of_a_feed(feeds: list[Feed], pattern: str) -> None:
    found = [feed.path for feed in feeds if re.search(pattern, " ".join(feed.root.itertext()))]
    assert found == []


def test_feeds_do_tell_the_teams_word_and_what_was_raised_early(feeds: list[Feed]) -> None:
    (site,) = (feed for feed in feeds if feed.path == "feed.xml")
    words = " ".join(word for page in site.contents for word, _ in page.words)
    assert "on track" in words
    assert "at risk" in words
    kinds = {element.attrib["term"] for element in site.root.iter(f"{ATOM}category")}
    assert {"check-in", "raised early", "question", "answer", "promise"} <= kinds


def test_no_calendar_holds_a_figure_or_a_word_on_how_anything_goes(demo_site: Path) -> None:
    titles = {
        str(event["SUMMARY"])
        for path in demo_site.rglob("*.ics")
        for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    }
    assert len(titles) > 40
    assert [title for title in titles if re.search(r"track|risk|progress|score|\d/10|%", title)] == []


# --- addresses ------------------------------------------------------------------------------------------------------


def test_every_link_of_a_feed_leads_to_something_on_the_site(
    feeds: list[Feed], demo_site: Path, demo_pages: dict[str, Page]
) -> None:
    anchors = {path: set(ids(page)) for path, page in demo_pages.items()}
    seen = 0
    for feed in feeds:
        for address in _links(feed):
            if is_elsewhere(address):
                continue
            parts = urlsplit(address)
            path = normpath(join(dirname(feed.path), unquote(parts.path)))
            assert (demo_site / path).is_file(), (feed.path, address)
            assert not parts.fragment or unquote(parts.fragment) in anchors[path], (feed.path, address)
            seen += 1
    assert seen > 1_000


def test_with_an_address_every_link_is_whole_and_leads_to_the_same(published: Path, feeds: list[Feed]) -> None:
    for feed, near in zip(_feeds(published), feeds, strict=True):
        for address, relative in zip(_links(feed), _links(near), strict=True):
            whole = f"{BASE}/{normpath(join(dirname(near.path), relative))}"
            assert address == (relative if is_elsewhere(relative) else whole)


def test_with_an_address_every_appointment_links_to_a_page(published: Path) -> None:
    found = [
        str(event["URL"])
        for path in published.rglob("*.ics")
        for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    ]
    assert len(found) > 40
    for address in found:
        assert (published / urlsplit(address).path.removeprefix("/all/")).is_file(), address


def test_every_page_leads_to_a_feed_and_a_calendar(demo_site: Path, demo_pages: dict[str, Page]) -> None:
    framed = {path: page for path, page in demo_pages.items() if list(chosen(page, "footer", class_="foot"))}
    assert len(framed) > 200
    for path, page in framed.items():
        told = [e.attributes["href"] for e in chosen(page, "link", rel="alternate", type="application/atom+xml")]
        assert len(told) == 1, path
        assert told == [e.attributes["href"] for e in chosen(page, "a", type="application/atom+xml")], path
        assert len(list(chosen(page, "link", rel="alternate", type="text/calendar"))) == 1, path


# --- what teams write -----------------------------------------------------------------------------------------------


def test_no_entry_holds_anything_that_runs(vectored: Path) -> None:
    feeds = _feeds(vectored)
    pages = [page for feed in feeds for page in feed.contents]
    assert len(pages) > 100
    for page in pages:
        assert page.faults == (), page.path
        for element in page.elements:
            assert element.tag not in {"script", "style", "iframe", "object", "embed", "svg", "form", "meta", "base"}
            assert not [name for name in element.attributes if name.startswith("on") or name in ("style", "srcdoc")]
        schemes = {urlsplit(address).scheme for _, _, address in addresses(page)}
        assert schemes <= {"", "http", "https", "mailto", "tel"}
    words = " ".join(word for page in pages for word, _ in page.words)
    assert sum(vector in words for vector in VECTORS) > len(VECTORS) / 3


def test_characters_that_no_xml_may_hold_are_replaced(tmp_path: Path) -> None:
    folder = write_files(
        tmp_path,
        {
            "okrsite.toml": 'title = "A\\u0001B\\uFFFEC"\n',
            "content/teams/acme/team.md": '---\nname: "Ac\\x07me\\x1b]]>\\uFFFF"\n---\n',
            "content/teams/acme/2026-Q4/checkins/2026-11-06.md": "A\x0bword\x1f and ]]> and \ufffe.\n",
        },
    )
    options = ("-q", "--keep-going", "--today", TODAY, "-C", str(folder), "-o", str(folder / "site"))
    assert main(["build", *options]) == 0
    feeds = _feeds(folder / "site")
    assert len(feeds) == 3
    assert all(not feedparser.parse(BytesIO((folder / "site" / feed.path).read_bytes())).bozo for feed in feeds)
    for path in (folder / "site").rglob("*.ics"):
        assert not Calendar.from_ical(path.read_bytes()).errors
