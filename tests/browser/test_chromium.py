"""A machine without a browser is told so, and a watcher that saw nothing would show nothing."""

import sys
from pathlib import Path

import pytest

from tests.browser.chromium import Chromium, MissingBrowserError, started


def test_without_chromium_the_tests_fail_and_name_the_package(tmp_path: Path) -> None:
    with pytest.raises(MissingBrowserError, match="apt-get install chromium"), started(tmp_path / "chromium"):
        pass


def test_without_playwright_the_tests_fail_and_name_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.async_api", None)
    with pytest.raises(MissingBrowserError, match="pip install playwright"), started():
        pass


def test_everything_that_a_page_does_is_told(chromium: Chromium, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<!doctype html><meta http-equiv=Content-Security-Policy content=\"img-src 'none'\"><title>Busy</title>"
        "<p id=one>One<img src=x><img src=https://evil.example/x.png>"
        "<script src=https://evil.example/x.js></script><script>window.__x=1;confirm('Sure?')</script>"
        "<b onmouseover='prompt()' style='color:red'>b</b><a href='java\nscript:alert(2)'>a</a>"
        "<script>nowhere()</script>",
        encoding="utf-8",
    )
    (visit,) = chromium.visit([page.as_uri()], "document.title")
    assert visit.ran == "number"
    assert visit.executed()
    assert sorted(visit.dialogs) == ["", "2", "Sure?"]
    assert [refused.split()[0] for refused in visit.refused] == ["img-src", "img-src"]
    assert any("nowhere is not defined" in error for error in visit.errors)
    # What the policy refused was asked for nonetheless.
    assert {url for url in visit.requests if "evil.example" in url} == {
        "https://evil.example/x.js",
        "https://evil.example/x.png",
    }
    assert visit.acting == ["<b onmouseover>", "<b style>", "<a href=javascript:>"]
    assert visit.ids == ["one"]
    assert visit.answer == "Busy"


def test_pages_are_told_of_in_the_order_asked_for_and_apart(chromium: Chromium, tmp_path: Path) -> None:
    pages = []
    for number in range(12):
        pages.append(tmp_path / f"{number}.html")
        pages[-1].write_text(f"<script>{f'alert({number})' if number % 2 else ''}</script><p id=p{number}>")
    visits = chromium.visit(page.as_uri() for page in pages)
    assert [visit.ids for visit in visits] == [[f"p{number}"] for number in range(12)]
    assert [visit.dialogs for visit in visits] == [[str(number)] if number % 2 else [] for number in range(12)]


def test_a_page_that_leads_on_is_followed(chromium: Chromium, tmp_path: Path) -> None:
    (tmp_path / "old.html").write_text('<!doctype html><meta http-equiv="refresh" content="0; url=new.html">')
    (tmp_path / "new.html").write_text("<!doctype html><title>New</title><script>window.__x=1</script>")
    visits = chromium.visit([(tmp_path / "old.html").as_uri(), (tmp_path / "new.html").as_uri()])
    assert [visit.ran for visit in visits] == ["number", "number"]
