"""Which language a text is in that nobody has marked: the company's own, unless its letters say otherwise."""

import re
from typing import Final

_OWN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]")
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f]+")
_KANA: Final = re.compile("[\u3040-\u30ff]")
_HANGUL: Final = re.compile("[\uac00-\ud7af]")


def has_own_letters(language: str) -> bool:
    """Whether a language is told by its letters."""
    return language.split("-")[0] in ("zh", "ja", "ko")


def language_of_letters(text: str) -> str:
    """The language in whose own letters a text is written, or '' for all others.

    One such letter says as much as a word of other languages, so that a name or a term of another changes nothing.
    """
    letters = 0 if text.isascii() else len(_OWN.findall(text))
    if not letters or letters < len(_LATIN.findall(text)):
        return ""
    return "ja" if _KANA.search(text) else "ko" if _HANGUL.search(text) else "zh"


def guess_language(text: str, own: str) -> str:
    """The language of an unmarked text of a company that has a language of its own."""
    return own if has_own_letters(own) else language_of_letters(text) or own
