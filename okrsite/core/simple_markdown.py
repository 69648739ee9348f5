"""Markdown that holds nothing difficult, read in one pass; all other Markdown is left to the library.

Taken are paragraphs, second-level headings, lists of one line an item and tables without empty cells, with words,
`code`, emphasis, web links and `[[references]]` in them, written so that no rule of CommonMark could read them
otherwise. What comes of them is, to the character, what the library makes of them: tests hold the two against each
other.
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
_ROW: Final = r"\|(?:[ ]+[^\s|][^|\n]*\|)+"
_BLOCK: Final = re.compile(
    r"(?P<heading>##[ ]\S[^\n]*)"
    r"|(?P<list>-[ ](?:[^\W_]|[\"'(`*\[])[^\n]*(?:\n-[ ](?:[^\W_]|[\"'(`*\[])[^\n]*)*)(?=\n\n|\n?\Z)"
    rf"|(?P<table>{_ROW}\n\|(?:[ ]+:?-+:?[ ]*\|)+(?:\n{_ROW})*)(?=\n\n|\n?\Z)"
    r"|(?P<paragraph>(?:[^\W_]|[\"'(`*\[])[^\n]*(?:\n(?:[^\W_]|[\"'(`*\[])[^\n]*)*)(?=\n\n|\n?\Z)"
)
_ALIGNED: Final = {
    (False, False): "",
    (True, False): ' class="align-left"',
    (False, True): ' class="align-right"',
    (True, True): ' class="align-center"',
}
"""How the cells below a mark in a table's second row stand, by whether a colon is at its beginning and at its end."""
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
        rows = block.text.split("\n")
        places = [
            span._replace(line=span.line + block.row + number) if own_lines else span for number in range(len(rows))
        ]
        write = {"paragraph": _paragraph, "list": _list, "table": _table}[block.kind]
        if not write(rows, places, writer):
            return None
    return writer.written()


def _paragraph(rows: list[str], places: list[Span], writer: "_Writer") -> bool:
    writer.html.append("<p>")
    for number, (row, place) in enumerate(zip(rows, places, strict=True)):
        writer.html.append("\n" if number else "")
        if not writer.write(row, place):
            return False
    writer.html.append("</p>\n")
    return True


def _list(rows: list[str], places: list[Span], writer: "_Writer") -> bool:
    writer.html.append("<ul>\n")
    for row, place in zip(rows, places, strict=True):
        writer.html.append("<li>")
        if not writer.write(row.removeprefix("- "), place):
            return False
        writer.html.append("</li>\n")
    writer.html.append("</ul>\n")
    return True


def _table(rows: list[str], places: list[Span], writer: "_Writer") -> bool:
    """A table of as many cells in each row; the second row says how they are aligned."""
    cells = [[cell.strip() for cell in row[1:-1].split("|")] for row in rows]
    aligned = [_ALIGNED[mark[0] == ":", mark[-1] == ":"] for mark in cells[1]]
    if any(len(row) != len(aligned) for row in cells):
        return False
    writer.html.append('<div class="scroll" tabindex="0"><table>\n')
    for number, (row, place) in enumerate(zip(cells, places, strict=True)):
        if number == 1:
            continue
        tag = "td" if number else "th"
        writer.html.append({0: "<thead>\n<tr>\n", 2: "<tbody>\n<tr>\n"}.get(number, "<tr>\n"))
        for cell, aligning in zip(row, aligned, strict=True):
            writer.html.append(f"<{tag}{aligning}>")
            if not writer.write(cell, place):
                return False
            writer.html.append(f"</{tag}>\n")
        writer.html.append("</tr>\n" if number else "</tr>\n</thead>\n")
    writer.html.append("</tbody>\n</table></div>\n" if len(rows) > 2 else "</table></div>\n")
    return True


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
        """Write one line or cell; False when it is not simple."""
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
        self.plain.append(" ")
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
