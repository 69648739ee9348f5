"""The beginning of a text in plain words: its sentences, and where they may be cut."""

import re
from html import unescape
from typing import Final

_TAG: Final = re.compile(r"<(/?)([a-z0-9]++)[^<>]*>")
_APART: Final = frozenset({"table", "ul", "ol", "dl", "pre", "blockquote"})
"""What is set apart from sentences, and is no sentence itself."""
_BREAKS: Final = frozenset({"p", "br", "hr", "div", "section"})
_ITEMS: Final = frozenset({"li", "tr", "td", "th", "dt", "dd"})
_ITEM: Final = "\x00"
_MORE: Final = "\N{NO-BREAK SPACE}…"
_END: Final = re.compile(r"[.!?…][”’\"')]*(?= )|[。！？][”’」』）]*")
"""The end of a sentence."""


def sentences(html: str) -> str:
    """The words of a text's paragraphs up to what is set apart, with an ellipsis there; items where it has none."""
    before, rest = _until_apart(html)
    words = " ".join(unescape(_TAG.sub(_gap, before)).split())
    if words:
        return words + _MORE if rest else words
    items = unescape(_TAG.sub(_gap, rest)).split(_ITEM)
    return " · ".join(filter(None, (" ".join(item.split()) for item in items)))


def cut(words: str, limit: int) -> str:
    """Words of at most so many characters before an ellipsis: whole sentences where one ends near, else whole words."""
    if len(words) <= limit:
        return words
    ends = [found.end() for found in _END.finditer(words, 0, limit + 1) if limit // 2 <= found.end() <= limit]
    kept = words[: ends[-1]] if ends else words[:limit].rsplit(" ", 1)[0].rstrip(" ,;:")
    return kept + _MORE


def _until_apart(html: str) -> tuple[str, str]:
    for tag in _TAG.finditer(html):
        if tag[2] in _APART:
            return html[: tag.start()], html[tag.start() :]
    return html, ""


def _gap(tag: re.Match[str]) -> str:
    """What stands between words where a tag stood: nothing inside a sentence."""
    if tag[2] in _ITEMS:
        return _ITEM
    return " " if tag[2] in _BREAKS or tag[2] in _APART else ""
