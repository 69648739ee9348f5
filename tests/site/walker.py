"""Reads pages with Python's own HTML parser, so that what the tests see owes nothing to what they test."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

VOID: Final = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
ADDRESSES: Final = ("href", "src", "srcset", "poster", "data", "action", "formaction", "xlink:href", "background")
UNSEEN: Final = frozenset({"head", "script", "style", "template"})
ON_DEMAND: Final = frozenset({"details"})


class Element(NamedTuple):
    """One element; `around` are the numbers of those it stands in, outermost first."""

    number: int
    tag: str
    attributes: dict[str, str]
    around: tuple[int, ...]
    line: int


class Page(NamedTuple):
    """One page: its elements, its words with the elements around each, and tags that do not match."""

    path: str
    elements: tuple[Element, ...]
    words: tuple[tuple[str, tuple[int, ...]], ...]
    faults: tuple[str, ...]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.words: list[tuple[str, tuple[int, ...]]] = []
        self.faults: list[str] = []
        self.open: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"line {self.getpos()[0]}: <{tag}> has an attribute twice")
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append(Element(len(self.elements), tag, attributes, tuple(self.open), self.getpos()[0]))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.elements[self.open[-1]].tag != tag:
            self.faults.append(f"line {self.getpos()[0]}: </{tag}> closes nothing")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words.append((data, tuple(self.open)))


def read_page(path: str, text: str) -> Page:
    """The elements and words of a page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    faults = [*reader.faults, *(f"<{reader.elements[number].tag}> is never closed" for number in reader.open)]
    return Page(path, tuple(reader.elements), tuple(reader.words), tuple(faults))


def read_site(folder: Path) -> dict[str, Page]:
    """Every page below a folder by its path."""
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    return {path: read_page(path, (folder / path).read_text(encoding="utf-8")) for path in paths}


def chosen(page: Page, tag: str = "", **attributes: str | None) -> Iterator[Element]:
    """The elements with a tag and attributes; None stands for any value, `_` in a name for `-`."""
    wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
    for element in page.elements:
        if tag and element.tag != tag:
            continue
        has = element.attributes
        if all(name in has and value in (None, has[name]) for name, value in wanted.items()):
            yield element


def inside(element: Element, other: Element) -> bool:
    """Whether an element is another or stands in it."""
    return other.number == element.number or other.number in element.around


def text_of(page: Page, element: Element) -> str:
    """The words inside an element, with single spaces."""
    return " ".join("".join(words for words, around in page.words if element.number in around).split())


def seen_text(page: Page, element: Element) -> str:
    """The words inside an element that a reader sees at once: nothing hidden, folded away or only for machines."""
    hidden = {
        other.number
        for other in page.elements
        if other.tag in UNSEEN | ON_DEMAND or "hidden" in other.attributes or "hidden" in _classes(other)
    }
    words = (words for words, around in page.words if element.number in around and not hidden.intersection(around))
    return " ".join("".join(words).split())


def _classes(element: Element) -> list[str]:
    return element.attributes.get("class", "").split()


def figures(page: Page) -> list[Element]:
    """The elements that hold an outcome figure."""
    return list(chosen(page, data_figure=None))


def ids(page: Page) -> list[str]:
    """The ids on a page, each as often as it stands there."""
    return [element.attributes["id"] for element in page.elements if "id" in element.attributes]


def addresses(page: Page) -> Iterator[tuple[Element, str, str]]:
    """(element, attribute, address) of everything that leads or loads somewhere."""
    for element in page.elements:
        for name in ADDRESSES:
            if name in element.attributes:
                yield element, name, element.attributes[name]
        if element.tag == "meta" and element.attributes.get("http-equiv", "").lower() == "refresh":
            yield element, "content", element.attributes["content"].partition("url=")[2]


def is_elsewhere(address: str) -> bool:
    """Whether an address leaves the site."""
    parts = urlsplit(address)
    return bool(parts.scheme or parts.netloc)


def target(page: Page, address: str) -> tuple[str, str]:
    """The file of the site and the fragment that an address on a page means."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    if not path:
        return page.path, unquote(parts.fragment)
    whole = path.lstrip("/") if path.startswith("/") else normpath(join(dirname(page.path), path))
    return whole, unquote(parts.fragment)
