"""What surrounds a page, as values: the ways from it, and what is said below it."""

from dataclasses import dataclass
from datetime import date

from okrsite.core.text import Html
from okrsite.pages.parts import Link


@dataclass(frozen=True, slots=True)
class Following:
    """A file by which a reader's own program follows what a page is about, and what kind of file it is."""

    words: Html
    href: str
    media: str


@dataclass(frozen=True, slots=True)
class Nav:
    words: Html
    href: str
    here: bool
    key: str = ""
    """A key that leads there from anywhere."""
    language: str = ""
    """The language of what is there, when that is why one would go."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to write without git: an address, and what to write there where the address does not bring it along."""

    kind: str
    """edit | question | check-in | proposal"""
    href: str
    cycle: str = ""
    """The cycle for which something is proposed."""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """The day of a commit, and the commit."""

    on: date
    commit: Link


@dataclass(frozen=True, slots=True)
class Chrome:
    """What surrounds every page."""

    language: str
    title: str
    site: str
    logo: str
    """The name of the static file with the company's mark, if it has one."""
    root: str
    """The way to the site's root, with a `/` at its end unless the page is there."""
    assets: str
    """The way to the root of all languages' trees, where the assets are."""
    readings: tuple[Nav, ...]
    """The same page in the other languages in which texts are written."""
    nav: tuple[Nav, ...]
    crumbs: tuple[Link, ...]
    noindex: bool
    """Whether search engines are asked to stay away."""
    today: date
    as_of: date | None
    """The day as of which what was written stands, where that is not now."""
    pages: tuple[Link, ...]
    """The company's free pages, unless they are so many that they have a page of their own."""
    about: tuple[Nav, ...]
    """What the site says of itself: how to read it, which promises moved, how well the company knows itself."""
    following: tuple[Following, ...]
    """The feed and the calendar of what the page is about."""
    changed: Change | None
    """When its files were changed last, where a repository remembers."""
    troubled: tuple[str, ...]
    """Source files of this page that have a problem."""
    ways: tuple[Way, ...]
    """How this page, or something beside it, can be written without git."""
