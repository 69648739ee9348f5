"""Markdown that holds nothing difficult, read in one pass; all other Markdown is left to the library.

Taken are paragraphs, second-level headings and lists of one line an item, with words, `code`, emphasis, web links and
`[[references]]` in them, written so that no rule of CommonMark could read them otherwise. What comes of them is, to
the character, what the library makes of them: tests hold the two against each other.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from okrsite.core.lookalikes import TURNING
from okrsite.core.source import Span
from okrsite.core.text import Home, LinkClose, LinkOpen, Piece, RefMark

_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(chr(p << 16 | 0xFFFE) + chr(p << 16 | 0xFFFF) for p in range(17))
_DIFFICULT: Final = re.compile(
    rf"[\\<>~\x00-\x09\x0b-\x1f\x7f-\x9f{_NONCHARACTERS}{TURNING}]|[^\S \n]|[ ](?:\n|\Z)|\n[ ]"
)
"""What no simple text holds, wherever it stands."""
_WORDS: Final = r"(?:[^`*_\[\]&!\n]|&(?=[ ])|!(?!\[))"
_EDGE: Final = r"[^\W_]"
_BEFORE: Final = r"(?<![^ (])"
_AFTER: Final = r"(?![^ .,;:)?])"
_INLINE: Final = re.compile(
    r"(?P<words>(?:[^`*_\[\]&!\n]+|&(?=[ ])|!(?!\[))+)"
    r"|`(?P<code>[^`\n ](?:[^`\n]*[^`\n ])?)`(?!`)"
    rf"|{_BEFORE}\*(?P<em>{_EDGE}(?:{_WORDS}*?{_EDGE})?)\*{_AFTER}"
    rf"|{_BEFORE}\*\*(?P<strong>{_EDGE}(?:{_WORDS}*?{_EDGE})?)\*\*{_AFTER}"
    r"|\[\[(?P<ref>@?[\w/#.-]{1,200})\]\]"
    rf"|\[(?P<label>{_EDGE}(?:{_WORDS}*?{_EDGE})?)\]\((?P<address>"
    r"https?://[a-z0-9]{1,40}(?:[.-][a-z0-9]{1,20}){0,5}(?:/[A-Za-z0-9/.=-]{0,500})?(?:\?[A-Za-z0-9/.=-]{0,500})?(?:#[A-Za-z0-9-]{0,100})?)\)"
)
_BLOCK: Final = re.compile(
    r"(?P<heading>##[ ]\S[^\n]*)"
    r"|(?P<list>-[ ](?:[^\W_]|[\"'(`*\[])[^\n]*(?:\n-[ ](?:[^\W_]|[\"'(`*\[])[^\n]*)*)(?=\n\n|\n?\Z)"
    r"|(?P<paragraph>(?:[^\W_]|[\"'(`*\[])[^\n]*(?:\n(?:[^\W_]|[\"'(`*\[])[^\n]*)*)(?=\n\n|\n?\Z)"
)
_NUMBERED: Final = re.compile(r"^(?:- )?\d+[.)]", re.MULTILINE)


class Block(NamedTuple):
    """A block of a text: the row in which it begins, counted from 0, and its kind and text."""

    row: int
    kind: str
    text: str


class Written(NamedTuple):
    """A text as HTML pieces and as plain words."""

    pieces: tuple[Piece, ...]
    plain: str


def simple_blocks(source: str) -> list[Block] | None:
    """The blocks of a text; None when it holds any that is not simple."""
    if _DIFFICULT.search(source) or _NUMBERED.search(source):
        return None
    blocks: list[Block] = []
    at, row, end = 0, 0, len(source)
    while at < end:
        if source[at] == "\n":
            at, row = at + 1, row + 1
            continue
        found = _BLOCK.match(source, at)
        kind = found and found.lastgroup
        if not found or not kind or (kind == "list" and blocks and blocks[-1].kind == "list"):
            return None
        blocks.append(Block(row, kind, found[0]))
        row += found[0].count("\n")
        at = found.end()
        if kind == "heading" and at < end:
            at, row = at + 1, row + 1
    return blocks


def simple_prose(blocks: list[Block], home: Home, span: Span, *, own_lines: bool) -> Written | None:
    """Paragraphs and lists as prose; None when anything in them is not simple.

    With `own_lines` what is marked stands in the line of its block, counted from the span's, else where the span is.
    """
    writer = _Writer(home)
    for block in blocks:
        line = span.line + block.row
        opening, closing = ("<p>", "</p>\n") if block.kind == "paragraph" else ("<li>", "</li>\n")
        rows = block.text.split("\n")
        writer.html.append("" if block.kind == "paragraph" else "<ul>\n")
        for number, row in enumerate(rows):
            listed = block.kind == "list"
            writer.html.append(opening if listed or not number else "\n")
            place = span._replace(line=line + number) if own_lines else span
            if not writer.write(row[2:] if listed else row, place):
                return None
            if listed or number == len(rows) - 1:
                writer.html.append(closing)
            writer.plain.append(" ")
        writer.html.append("" if block.kind == "paragraph" else "</ul>\n")
    return writer.written()


def simple_line(source: str, home: Home, span: Span) -> Written | None:
    """A text of one line; None when it is not simple."""
    if "\n" in source or source.strip() != source or _DIFFICULT.search(source):
        return None
    writer = _Writer(home)
    return writer.written() if writer.write(source, span) else None


class _Writer:
    """Pieces while they are gathered: HTML since the last mark, and the words."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.html: list[str] = []
        self.plain: list[str] = []
        self._pieces: list[Piece] = []

    def write(self, line: str, span: Span) -> bool:
        """Write one line; False when it is not simple."""
        at = 0
        for found in _inline(line):
            kind, at = found.lastgroup, found.end()
            if kind == "words":
                self._words(found[0])
            elif kind == "code":
                self._words(found["code"], "code")
            elif kind == "em" or kind == "strong":
                self._words(found[kind], kind)
            elif kind == "ref":
                self._mark(RefMark(found["ref"], self.home, span, linked=True))
                self.plain.append(found["ref"])
            else:
                self._mark(LinkOpen(found["address"], self.home, span))
                self._words(found["label"])
                self._mark(LinkClose(found["address"], self.home))
        return at == len(line)

    def written(self) -> Written:
        """All that was written."""
        self._flush()
        return Written(tuple(self._pieces), " ".join("".join(self.plain).split()))

    def _words(self, words: str, tag: str = "") -> None:
        shown = words.replace("&", "&amp;").replace('"', "&quot;")
        self.html.append(f"<{tag}>{shown}</{tag}>" if tag else shown)
        self.plain.append(words)

    def _mark(self, mark: Piece) -> None:
        self._flush()
        self._pieces.append(mark)

    def _flush(self) -> None:
        html = "".join(self.html)
        if html:
            self._pieces.append(html)
        self.html.clear()


def _inline(line: str) -> Iterator[re.Match[str]]:
    """What a line is made of, up to the first thing that is not simple."""
    at = 0
    while found := _INLINE.match(line, at):
        yield found
        at = found.end()
