"""Prose as values: what a team typed, as HTML in pieces with the links still open."""

from dataclasses import dataclass
from html import escape
from typing import Final, NamedTuple

from okrsite.core.source import Span

LANGUAGE: Final = r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
"""The pattern of a language's tag, such as `en` or `zh-Hant-TW`."""


class Html(str):
    """HTML that is safe to print as it stands; templates escape every other string."""

    __slots__ = ()

    def __html__(self) -> str:
        return self

    def __repr__(self) -> str:
        return f"Html({str.__repr__(self)})"


class Home(NamedTuple):
    """Where a text stands, so that short references in it can be understood."""

    path: str
    team: str = ""
    cycle: str = ""


class RefMark(NamedTuple):
    """A `[[reference]]`: becomes a link with the title of what it names; inside a link, the title alone."""

    text: str
    home: Home
    span: Span
    linked: bool = True


class LinkOpen(NamedTuple):
    """The beginning of a link that an author wrote: an address of its own, or the path of a content file."""

    address: str
    home: Home
    span: Span


class RefusedLink(NamedTuple):
    """A link whose address may not be followed: its words stand without it."""

    address: str
    home: Home
    span: Span


class LinkClose(NamedTuple):
    """The end of the link that began with the same address."""

    address: str
    home: Home


class PictureMark(NamedTuple):
    """A picture from the content folder, and the words that stand for it."""

    address: str
    words: str
    home: Home
    span: Span


class HeadingTag(NamedTuple):
    """The beginning or end of a heading inside a text; its depth counts from 1 and never skips a level."""

    depth: int
    opens: bool


Mark = RefMark | LinkOpen | RefusedLink | LinkClose | PictureMark | HeadingTag
Leading = RefMark | LinkOpen | RefusedLink | PictureMark
"""Marks that name something outside their text, which may or may not exist."""
Piece = str | Mark


@dataclass(frozen=True, slots=True)
class Prose:
    """One text in one language: as typed, as HTML pieces, and without any markup."""

    source: str
    pieces: tuple[Piece, ...]
    plain: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text field: its versions by language, a single version having the language ''."""

    versions: tuple[tuple[str, Prose], ...]

    def prose(self, language: str) -> tuple[str, Prose]:
        """The version for a reader of a language, else the first one, with its real language ('' = unmarked)."""
        for name, prose in self.versions:
            if name == language:
                return name, prose
        return self.versions[0]

    @property
    def source(self) -> str:
        """The text as written, of the first version."""
        return self.versions[0][1].source

    @property
    def plain(self) -> str:
        """The first version without markup."""
        return self.versions[0][1].plain


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a body under a second-level heading; `id` is what the author put as `{#id}`."""

    heading: Prose
    id: str
    prose: Prose
    line: int


class Lost(NamedTuple):
    """Something in a text that no page will show: its line, counted from the text's first as 0, and what it is."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Body:
    """A Markdown body: what stands before its first second-level heading, and the sections after it."""

    lead: Prose
    sections: tuple[Section, ...]
    lost: tuple[Lost, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return not self.sections and not self.lead.pieces


EMPTY_PROSE = Prose("", (), "")
EMPTY_BODY = Body(EMPTY_PROSE, ())


def plain_text(text: str) -> Text:
    """A text field of words that hold no Markdown, such as a folder's name."""
    return Text((("", Prose(text, (escape(text, quote=False),), text)),))
