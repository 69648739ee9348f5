"""Source text and the places in it: what every later value points back to."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from types import MappingProxyType
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of one line of a source file; line and column count from 1, in characters."""

    path: str
    line: int = 1
    column: int = 1
    width: int = 1


@dataclass(frozen=True)
class SourceFile:
    """One content file: its path in the project, its place in the content folder, its text with `\\n` between lines.

    The text is None when the file is there but cannot be read.
    """

    path: str
    place: str
    text: str | None

    @cached_property
    def digest(self) -> bytes:
        """What tells it from any other: where it lies and what stands in it."""
        text = b"\0" if self.text is None else b"\1" + self.text.encode("utf-8", "surrogatepass")
        return blake2b(f"{self.path}\0{self.place}\0".encode() + text, digest_size=32).digest()


def with_newlines(text: str) -> str:
    """A text with `\\n` between its lines, whatever stood there."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class Lines:
    """Finds the line and column of a character offset in one text.

    `widths` says of rows, counted from 0, how long they are in the file where the text has them otherwise: places
    stay within them.
    """

    __slots__ = ("_starts", "_widths", "path")

    def __init__(self, path: str, text: str, widths: Mapping[int, int] = MappingProxyType({})) -> None:
        self.path = path
        self._widths = widths
        starts = [0]
        at = text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = text.find("\n", at + 1)
        self._starts = starts

    def start(self, row: int) -> int:
        """The offset at which a row begins, rows counted from 0."""
        return self._starts[row]

    def span(self, start: int, end: int) -> Span:
        """The place of `text[start:end]`, cut at the end of its first line."""
        starts = self._starts
        line = bisect_right(starts, start)
        limit = starts[line] - 1 if line < len(starts) else end
        column, length = start - starts[line - 1] + 1, min(end, limit) - start
        if (width := self._widths.get(line - 1)) is not None:
            column = max(1, min(column, width))
            length = min(length, width - column + 1)
        return Span(self.path, line, column, max(1, length))
