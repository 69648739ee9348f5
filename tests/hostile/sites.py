"""Hostile content through all steps without writing a site, and what must hold of every page that comes of it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree

from okrsite.core.compile import Compiled
from okrsite.core.diagnostics import Diagnostic
from okrsite.pages.plan import plan_site
from okrsite.render.page import Renderer
from okrsite.shell.build import Run, load
from okrsite.shell.inputs import read_inputs
from okrsite.shell.project import find_project, read_theme
from tests.companies import FINE, ROOT, TODAY, write_files
from tests.site.walker import Element, Page, addresses, read_page, target

SCHEMES: Final = frozenset({"", "http", "https", "mailto", "tel"})
ACTIVE: Final = frozenset(
    {"applet", "audio", "base", "button", "embed", "form", "frame", "frameset", "iframe", "img", "input", "link"}
    | {"math", "meta", "noscript", "object", "script", "select", "source", "style", "template", "textarea", "track"}
    | {"video"}
)
"""Elements that load, run, submit or restyle: only a theme may have them."""
UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that may stand in no HTML document."""
ATOM: Final = frozenset(
    f"{{http://www.w3.org/2005/Atom}}{name}"
    for name in ("feed", "entry", "id", "title", "updated", "author", "name", "link", "category", "content")
)
CALENDAR: Final = frozenset(
    {"BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME", "UID", "DTSTAMP", "DTSTART", "DTEND"}
    | {"SUMMARY", "URL", "TRANSP"}
)
OKRS: Final = """\
---
objectives:
  instant:
    title: Paying feels instant
    assumes:
      acquirers: Acquirers can take the load.
    key_results:
      p95:
        title: Checkout time
        baseline: 200 ms
        target: 100 ms
      steps:
        title: Launch
        milestones: [pilot, launch]
      signed:
        title: Signed
        deliver_by: 2026-11-30
      tills:
        title: Tills work offline
      habit:
        title: A first number
        find_baseline: true
guardrails:
  refunds:
    title: Refunds
    keep_above: 95%
---
"""
FRAME: Final[Mapping[str, str]] = {"teams/acme/team.md": "---\nname: Acme\n---\n", "teams/acme/2026-Q4/okrs.md": OKRS}
"""The small company into which a hostile file is put, by place below the content folder."""


CHOOSING: Final[Mapping[str, str]] = {
    "content/teams/zest/2026-Q4/okrs.md": "---\nobjectives:\n  one: {title: One}\n  two: {title: Two}\n---\n",
    "content/teams/zest/2026-Q4/checkins/2026-11-06.md": (
        "---\nprogress:\n  one: {confidence: 3}\nrisks:\n  late: {about: one, what: Late}\n---\n"
    ),
}
"""A team on whose page a reader may choose, so that what this takes is known to be the theme's."""


class Site(NamedTuple):
    """What one build would print and write: problems, sources by path, pages by path, and which only point on.

    `followed` are the feeds and calendars, by path too.
    """

    problems: tuple[Diagnostic, ...]
    texts: dict[str, str]
    pages: dict[str, str]
    redirects: frozenset[str]
    followed: dict[str, str]


def make_site(folder: Path) -> Site:
    """A project's site in memory."""
    inputs = read_inputs(find_project(str(folder)), date.fromisoformat(TODAY))
    compiled = load(inputs, Run())
    return render_site(compiled, inputs.texts(problem.span.path for problem in compiled.problems))


def render_site(compiled: Compiled, texts: dict[str, str]) -> Site:
    """A compiled company's site in memory."""
    pages, followed, redirects = dict[str, str](), dict[str, str](), set()
    for planned in plan_site(compiled).pages:
        page = planned.page()
        kind = pages if page.path.endswith(".html") else followed
        kind[page.path] = _renderer().render(page).data.decode("utf-8")
        if page.view.template == "redirect.html":
            redirects.add(page.path)
    return Site(compiled.problems, texts, pages, frozenset(redirects), followed)


def site_of(files: Mapping[str, str | bytes]) -> Site:
    """The site of content files by place; they replace those of the small company."""
    with TemporaryDirectory() as folder:
        write_files(Path(folder), {f"content/{place}": text for place, text in {**FRAME, **files}.items()})
        return make_site(Path(folder))


@cache
def _renderer() -> Renderer:
    return Renderer(read_theme(find_project(str(ROOT))))


@cache
def _own() -> frozenset[tuple[str, ...]]:
    """The active elements of the theme itself, as harmless companies' pages have them."""
    found = set()
    for files in (FINE, CHOOSING):
        with TemporaryDirectory() as folder:
            pages = make_site(write_files(Path(folder), files)).pages
        found |= {_shape(e) for path, text in pages.items() for e in read_page(path, text).elements if e.tag in ACTIVE}
    return frozenset(found)


def _shape(element: Element) -> tuple[str, ...]:
    """An element's tag and attributes; of an address, which depends on the page, the file's name or ending alone."""
    sign = "." if element.attributes.get("rel") == "alternate" else "/"
    values = (
        f"{name}={value.rsplit(sign, 1)[-1] if name in ('href', 'src') else value}"
        for name, value in sorted(element.attributes.items())
    )
    return (element.tag, *values)


def harms(site: Site) -> list[str]:
    """Everything on a site's pages, and in what is told of them, that no author's text may have brought there."""
    found = [f"{path}: {harm}" for path, text in site.pages.items() for harm in _harms(path, text, site)]
    for path, text in site.followed.items():
        told = _calendar_harms(text) if path.endswith(".ics") else _feed_harms(path, text, site)
        found += (f"{path}: {harm}" for harm in told)
    return found


def _feed_harms(path: str, text: str, site: Site) -> Iterator[str]:
    """What is wrong with a feed as XML, and with the HTML that its entries hold."""
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        yield str(error)
        return
    if found := UNSEEN.search(text):
        yield f"holds U+{ord(found[0]):04X}"
    if others := {element.tag for element in root.iter()} - ATOM:
        yield f"elements {others}"
    for content in root.iter("{http://www.w3.org/2005/Atom}content"):
        yield from _harms(path, content.text or "", site)
    for link in root.iter("{http://www.w3.org/2005/Atom}link"):
        if harm := _address(read_page(path, ""), link.attrib["href"], site):
            yield f"it leads to {link.attrib['href']!r}: {harm}"


def _calendar_harms(text: str) -> Iterator[str]:
    """What is wrong with a calendar's lines, as they stand and as they are meant."""
    yield from (f"a long line {line!r}" for line in text.split("\r\n") if len(line.encode()) > 75)
    for line in text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n"):
        name = line.partition(":")[0].partition(";")[0]
        if name not in CALENDAR or UNSEEN.search(line) or len(line.splitlines()) != 1:
            yield f"a line {line!r}"


def _harms(path: str, text: str, site: Site) -> Iterator[str]:
    page = read_page(path, text)
    yield from page.faults
    if found := UNSEEN.search(text):
        yield f"holds U+{ord(found[0]):04X}"
    for element in page.elements:
        own = element.tag in ("link", "meta") if path in site.redirects else _shape(element) in _own()
        if element.tag in ACTIVE and not own:
            yield f"an element {_shape(element)}"
        for name in element.attributes:
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "ping"):
                yield f"<{element.tag}> has the attribute {name}"
    for element, _, address in addresses(page):
        if element.tag not in ("link", "script") and (harm := _address(page, address, site)):
            yield f"<{element.tag}> leads to {address!r}: {harm}"


def _address(page: Page, address: str, site: Site) -> str:
    """What is wrong with an address, or nothing."""
    parts = urlsplit(address)
    if parts.scheme not in SCHEMES:
        return "such a scheme is not allowed"
    if address.startswith(("//", "/\\", "\\")) or (not parts.scheme and parts.netloc):
        return "it leaves the site without saying so"
    if parts.scheme.startswith("http"):
        return "a user name hides the host" if "@" in parts.netloc or not parts.netloc else ""
    if UNSEEN.search(address) or any(c.isspace() for c in address):
        return "it holds a character that cannot be seen"
    if parts.scheme:
        return ""
    place = target(page, address)[0]
    return "" if place in site.pages or place in site.followed else "no such page"
