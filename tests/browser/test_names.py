"""Ids that authors choose take nothing on a page's own names: scripts find what the browser put there."""

import re
from pathlib import Path
from typing import Final

import pytest

from okrsite.core.diagnostics import Severity
from tests.browser.chromium import Chromium, Visit, served
from tests.browser.conftest import build
from tests.companies import ROOT, compile_files
from tests.hostile.vectors import matter

NAMES: Final = (
    *("location", "search", "__proto__", "constructor", "getElementById", "forms", "cookie", "body", "links", "head"),
    *("documentElement", "querySelector", "title", "top", "parent", "self", "name", "toString", "hasOwnProperty"),
    *("defaultView", "implementation", "currentScript", "readyState", "fetch", "history"),
)
QUESTION: Final = f"""() => {{
  const kind = value => Object.prototype.toString.call(value);
  return {{
    found: {list(NAMES)!r}.map(name => [name, kind(document[name]), kind(window[name])]),
    own: document.location === window.location && document.body instanceof HTMLBodyElement &&
      document.forms instanceof HTMLCollection && typeof document.cookie === 'string' &&
      document.getElementById === Document.prototype.getElementById && document.documentElement.localName === 'html',
  }};
}}"""
KINDS: Final = ("kr", "risk", "assumption", "lesson", "question", "on", "fn", "fnref")


@pytest.fixture(scope="module")
def visits(chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> list[Visit]:
    """The pages of a company that gives such ids to all that has one; the first visit is to an empty page."""
    files = company()
    assert [p.code for p in compile_files(files).problems if p.severity is Severity.ERROR] == []
    site = build(tmp_path_factory.mktemp("names"), files)
    (site / "empty.html").write_text("<!doctype html><title>Empty</title>", encoding="utf-8")
    pages = ["empty.html", *sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))]
    with served(site) as root:
        return chromium.visit((root + page for page in pages), QUESTION)


def company() -> dict[str, str]:
    """Content files by place."""
    key_results = {name: {"title": name, "baseline": "0", "target": "10"} for name in NAMES}
    steps = {"title": "Steps", "milestones": {name: {"title": name} for name in NAMES}}
    aims: dict[str, object] = {name: {"title": name} for name in NAMES}
    aims["location"] = {"title": "location", "key_results": {**key_results, "steps": steps}}
    limits = {name: {"title": name, "keep_above": "1%"} for name in NAMES}
    story = "".join(f"## The story of {name} {{#{name}}}\n\nSo[^{name}].\n\n[^{name}]: Noted.\n\n" for name in NAMES)
    readings = {f"location#{name}": "5" for name in NAMES}
    risks = {name: {"what": name} for name in NAMES}
    bets = {"aim": {"title": "Aim", "assumes": dict.fromkeys(NAMES, "So it is.")}}
    states = {name: {"state": "shaky", "note": name} for name in NAMES}
    # Within a cycle an id is taken once, so each kind of thing has these in a cycle of its own.
    own = "teams/location"
    return {
        f"{own}/team.md": matter({"name": "location", "aliases": ["search"]}, story),
        f"{own}/2026-Q4/okrs.md": matter({"objectives": aims, "guardrails": limits}, story),
        f"{own}/2026-Q4/checkins/2026-11-06.md": matter({"progress": readings}, story),
        f"{own}/2026-Q3/checkins/2026-08-07.md": matter({"risks": risks}, story),
        f"{own}/2026-Q2/retro.md": matter({"lessons": {name: f"From {name}." for name in NAMES}}, story),
        f"{own}/2026-Q1/okrs.md": matter({"objectives": bets}, story),
        f"{own}/2026-Q1/checkins/2026-02-06.md": matter({"assumptions": states}),
        **{
            f"{own}/2026-Q4/questions/{name}.md": matter({"about": "location", "asked_on": "2026-10-12"}, "Why?")
            for name in NAMES
            if not name.startswith("_")
        },
        "pages/forms.md": story,
    }


def test_the_browsers_own_names_mean_what_they_mean_on_an_empty_page(visits: list[Visit]) -> None:
    empty, *pages = visits
    assert len(pages) >= len(NAMES)
    assert [visit.address for visit in visits if not visit.answer["own"]] == []
    for visit in pages:
        found, expected = visit.answer["found"], empty.answer["found"]
        assert [kinds for kinds in found if kinds not in expected] == [], visit.address
        assert [name for name, *_ in found] == list(NAMES)


def test_every_id_is_the_themes_own_or_says_first_what_it_is_of(visits: list[Visit]) -> None:
    templates = (ROOT / "themes" / "default" / "templates").rglob("*.html")
    own = {found for path in templates for found in re.findall(r'\bid="([\w-]+)"', path.read_text(encoding="utf-8"))}
    assert len(own) >= 20
    ids = {found for visit in visits for found in visit.ids}
    assert {found for found in ids - own if not re.match(rf"(?:{'|'.join(KINDS)})-?\S", found)} == set()
    for kind in ("kr", "risk", "assumption", "lesson", "question"):
        named = {name for name in NAMES if any(found.startswith(f"{kind}-") and found.endswith(name) for found in ids)}
        assert len(named) >= len(NAMES) - 1, kind
    assert {found for visit in visits for found in visit.ids if visit.ids.count(found) > 1} == set()


def test_a_page_that_did_give_up_its_names_would_be_seen(chromium: Chromium, tmp_path: Path) -> None:
    for name in ("location", "search", "body", "forms", "getElementById", "cookie"):
        page = f'<!doctype html><title>Taken</title><form name="{name}"></form><img name="{name}" id="{name}">'
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    (tmp_path / "a-empty.html").write_text("<!doctype html><title>Empty</title>", encoding="utf-8")
    pages = sorted(path.as_uri() for path in tmp_path.iterdir())
    empty, *taken = chromium.visit(pages, QUESTION)
    assert empty.answer["own"]
    # `document.location` alone cannot be taken by any element.
    seen = [visit.address for visit in taken if visit.answer["found"] != empty.answer["found"]]
    assert len(seen) == len(taken) - 1
