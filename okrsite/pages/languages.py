"""Which language a text is in that nobody has marked: the company's own, unless its letters say otherwise."""

import re
from typing import Final

_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_KANA: Final = re.compile("[\u3040-\u30ff]")
_HANGUL: Final = re.compile("[\uac00-\ud7af]")


def has_own_letters(language: str) -> bool:
    """Whether a language is told by its letters."""
    return language.split("-")[0] in ("zh", "ja", "ko")


def language_of_letters(text: str) -> str:
    """The language that has letters of its own which a text holds, or '' for all others."""
    if text.isascii():
        return ""
    return "ja" if _KANA.search(text) else "ko" if _HANGUL.search(text) else "zh" if _HAN.search(text) else ""


def guess_language(text: str, own: str) -> str:
    """The language of an unmarked text of a company that has a language of its own."""
    return own if has_own_letters(own) else language_of_letters(text) or own
