"""The demo company's pages load nothing from elsewhere, run nothing, and say so to the browser."""

import re
from pathlib import Path
from typing import Final

from tests.site.walker import Page, addresses, chosen, is_elsewhere

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)


def test_nothing_is_loaded_from_elsewhere(demo_pages: dict[str, Page]) -> None:
    loading = [
        (path, element.tag, address)
        for path, page in demo_pages.items()
        for element, _, address in addresses(page)
        if element.tag != "a"
    ]
    assert len(loading) > 500
    assert [found for found in loading if is_elsewhere(found[2])] == []


def test_styles_load_nothing_from_elsewhere(demo_site: Path) -> None:
    styles = list((demo_site / "assets").rglob("*.css"))
    assert styles
    for style in styles:
        text = style.read_text(encoding="utf-8")
        assert not re.search(r"@import|https?:|url\(\s*['\"]?//", text), style.name


def test_no_element_carries_a_style_or_an_event_handler(demo_pages: dict[str, Page]) -> None:
    names = {name for page in demo_pages.values() for element in page.elements for name in element.attributes}
    assert "class" in names
    assert {name for name in names if name == "style" or name.startswith("on")} == set()


def test_scripts_and_styles_are_files_and_never_stand_in_the_page(demo_pages: dict[str, Page]) -> None:
    assert len(demo_pages) > 250
    for path, page in demo_pages.items():
        assert not list(chosen(page, "style")), path
        assert [e for e in chosen(page, "script") if not e.attributes.get("src")] == [], path


def test_every_page_tells_the_browser_what_it_may_load(demo_pages: dict[str, Page]) -> None:
    said = {
        path: [element.attributes["content"] for element in chosen(page, "meta", http_equiv="Content-Security-Policy")]
        for path, page in demo_pages.items()
    }
    assert len(said) > 250
    assert {path: policies for path, policies in said.items() if policies != [POLICY]} == {}


def test_the_policy_stands_before_anything_is_loaded(demo_pages: dict[str, Page]) -> None:
    for path, page in demo_pages.items():
        tags = [e.attributes.get("http-equiv") or e.tag for e in page.elements if e.tag in ("meta", "link", "script")]
        if "Content-Security-Policy" in tags and "link" in tags:
            assert tags.index("Content-Security-Policy") < tags.index("link"), path


def test_pages_tell_other_sites_nothing_of_where_a_reader_came_from(demo_pages: dict[str, Page]) -> None:
    leaving = {
        path: page
        for path, page in demo_pages.items()
        if any(is_elsewhere(address) for _, _, address in addresses(page))
    }
    assert len(leaving) > 20
    for path, page in leaving.items():
        assert list(chosen(page, "meta", name="referrer", content="same-origin")), path


def test_no_form_asks_for_anything(demo_pages: dict[str, Page]) -> None:
    assert not [
        path
        for path, page in demo_pages.items()
        for tag in ("form", "iframe", "object", "embed")
        if list(chosen(page, tag))
    ]


def test_only_files_of_known_kinds_are_published(demo_site: Path) -> None:
    without_ending = {".okrsite.json", "_headers"}
    endings = {path.suffix for path in demo_site.rglob("*") if path.is_file() and path.name not in without_ending}
    assert ".html" in endings
    assert endings <= {".html", ".css", ".js", ".svg", ".png", ".woff2", ".xml", ".ics", ".json", ".txt"}


def test_no_page_knows_where_it_was_built(demo_site: Path) -> None:
    searched = 0
    for path in demo_site.rglob("*"):
        if path.is_file():
            searched += 1
            assert str(demo_site.parent).encode() not in path.read_bytes(), path.name
    assert searched > 250
