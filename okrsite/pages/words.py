"""The interface's own words in a language: sentences with named parts, counted ones, the field's terms, days.

The catalogues are those of GNU gettext. A sentence that a catalogue lacks is said in English and, where it is text,
marked as English. What a catalogue says is text, never markup: whatever is to be marked up comes in as a part.
"""

import re
import struct
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from gettext import GNUTranslations, NullTranslations
from html import escape
from types import SimpleNamespace
from typing import Final, Generic, TypeVar

from okrsite.core.text import Html

Said = TypeVar("Said", bound=str)

SOURCE: Final = "en"
"""The language in which the interface is written, and which stands in where a translation is missing."""
INHERITED: Final = "default/"
"""What stands before the language of a catalogue to which a theme's own adds."""
_TRADITIONAL: Final = ("hant", "tw", "hk", "mo")
"""Parts of a language's tag that tell of another script than the language alone has."""


class BrokenCatalogueError(ValueError):
    """Bytes that are no compiled catalogue."""


_HAN: Final = "\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
"""Chinese letters and signs, between which there are no blanks."""
_SEAM: Final = re.compile(rf"(?P<before>(?<=[{_HAN}]) )?(?P<part>%\((?P<name>\w+)\)s)(?P<after> (?=[{_HAN}]))?")
_BEGINS: Final = re.compile(f"[{_HAN}]")
_ENDS: Final = re.compile(f"[{_HAN}]\\Z")
_TAG: Final = re.compile("<[^<>]*>")


def _seam(seam: re.Match[str], shown: str) -> str:
    """A part's place in a sentence, with the blanks before and after it that what is shown there needs."""
    before = "" if _BEGINS.match(shown) else seam["before"] or ""
    return f"{before}{seam['part']}{'' if _ENDS.search(shown) else seam['after'] or ''}"


def wording(message: str) -> str:
    """A message that is said later, marked here so that it is found and translated."""
    return message


def term(context: str, message: str) -> str:  # noqa: ARG001 - whoever collects the messages reads it
    """A word that means something only where it stands, marked likewise."""
    return message


class _English(str):
    """Words that no catalogue has."""

    __slots__ = ()


class _Untranslated(NullTranslations):
    """The end of every chain of catalogues: the source's own words, told apart from a translation."""

    def gettext(self, message: str) -> str:
        return _English(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _English(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002 - as gettext has it
        return _English(message)


@dataclass(frozen=True)
class _Speech(Generic[Said]):
    """What can be said in a language; `Words` says it as HTML, `PlainWords` as text."""

    language: str
    """The language's tag, as it stands in `lang`."""
    translations: NullTranslations = field(repr=False)

    def gettext(self, message: str, /, **parts: object) -> Said:
        """A sentence with its parts, named in it as `%(name)s`."""
        if parts:
            return self._put(self.translations.gettext(message), message, parts)
        if message not in self._kept:
            self._kept[message] = self._put(self.translations.gettext(message), message, parts)
        return self._kept[message]

    def ngettext(self, one: str, many: str, number: int, /, **parts: object) -> Said:
        """A sentence about a number of things, which is its part `num`."""
        source = one if number == 1 else many
        return self._put(self.translations.ngettext(one, many, number), source, {"num": number, **parts})

    def pgettext(self, context: str, message: str, /, **parts: object) -> Said:
        """A sentence or a word that means something only where it stands."""
        return self._put(self.translations.pgettext(context, message), message, parts)

    def day(self, on: date) -> Said:
        """A day as people say it: 20 November 2026."""
        if on not in self._kept:
            month, year = self.month(on.month), on.year
            said = self.pgettext("day", "%(day)s %(month)s %(year)s", day=on.day, month=month, year=year)
            self._kept[on] = said
        return self._kept[on]

    def day_of_year(self, on: date) -> Said:
        """A day and a month, short enough for the edge of a chart."""
        return self.pgettext("day", "%(day)s %(month)s", day=on.day, month=self.month(on.month))

    def month(self, number: int) -> Said:
        """A month's name as it stands in a day; January is 1."""
        return self.pgettext("month of a day", _MONTHS[number - 1])

    def decimal(self, figure: str) -> str:
        """A computed figure with the language's decimal mark; what teams typed stays as typed."""
        return figure.replace(".", self.translations.pgettext("decimal mark", "."))

    @abstractmethod
    def _put(self, said: str, source: str, parts: Mapping[str, object]) -> Said:
        """Words from a catalogue with their parts in place; the source's where the translation does not fit them."""

    def _joined(self, said: str, parts: Mapping[str, object]) -> str:
        """The words without the blanks that set off a part, where Chinese would stand on both of their sides."""
        if not self._is_chinese or " " not in said:
            return said
        return _SEAM.sub(lambda seam: _seam(seam, _TAG.sub("", str(parts.get(seam["name"], "")))), said)

    @cached_property
    def _is_chinese(self) -> bool:
        return self.language.split("-")[0] == "zh"

    @cached_property
    def _kept(self) -> dict[str | date, Said]:
        """What is said on many pages, once for all."""
        return {}

    @cached_property
    def _foreign(self) -> bool:
        """Whether English is another language here."""
        return self.language.split("-")[0] != SOURCE


class PlainWords(_Speech[str]):
    """Text, for titles of windows and for attributes."""

    def _put(self, said: str, source: str, parts: Mapping[str, object]) -> str:
        try:
            return str(self._joined(said, parts) % parts)
        except (KeyError, TypeError, ValueError):
            return source % parts


class Words(_Speech[Html]):
    """HTML: parts that are text are escaped, and what is still English is marked as English."""

    @cached_property
    def plain(self) -> PlainWords:
        """The same words as text."""
        return PlainWords(self.language, self.translations)

    def _put(self, said: str, source: str, parts: Mapping[str, object]) -> Html:
        safe = {name: _escaped(part) for name, part in parts.items()}
        english = isinstance(said, _English)
        try:
            html = escape(self._joined(said, safe)) % safe
        except (KeyError, TypeError, ValueError):
            html, english = escape(source) % safe, True
        return Html(f'<span lang="{SOURCE}">{html}</span>' if english and self._foreign else html)


def _escaped(part: object) -> str:
    return str(part.__html__()) if hasattr(part, "__html__") else escape(str(part))


_MONTHS: Final = (
    term("month of a day", "January"),
    term("month of a day", "February"),
    term("month of a day", "March"),
    term("month of a day", "April"),
    term("month of a day", "May"),
    term("month of a day", "June"),
    term("month of a day", "July"),
    term("month of a day", "August"),
    term("month of a day", "September"),
    term("month of a day", "October"),
    term("month of a day", "November"),
    term("month of a day", "December"),
)


# --- catalogues -----------------------------------------------------------------------------------------------------


def parse_catalogue(compiled: bytes) -> GNUTranslations:
    """The catalogue that a compiled `.mo` file holds. Raises BrokenCatalogueError."""
    try:
        return GNUTranslations(SimpleNamespace(read=lambda: compiled))
    except (OSError, ValueError, LookupError, RecursionError, struct.error) as error:
        raise BrokenCatalogueError(str(error)) from error


@dataclass(frozen=True)
class Vocabulary:
    """Compiled catalogues by language; where a theme's own adds to another, that one bears `default/` before it."""

    catalogues: Mapping[str, bytes] = field(default_factory=dict)

    def words(self, language: str) -> Words:
        """The words of a language, or of English where no catalogue speaks it."""
        known = self._known
        if language not in known:
            found = [c for name in _similar(language) for c in (name, INHERITED + name) if c in self.catalogues]
            translations: NullTranslations = _Untranslated()
            for name in reversed(found):
                translations, last = parse_catalogue(self.catalogues[name]), translations
                translations.add_fallback(last)
            speaks = found or language.split("-")[0] == SOURCE
            known[language] = Words(language if speaks else SOURCE, translations)
        return known[language]

    def name(self, language: str) -> str:
        """What a language calls itself, or its tag where no catalogue speaks it."""
        words = self.words(language)
        return words.plain.pgettext("this language's own name", "English") if words.language == language else language

    @cached_property
    def _known(self) -> dict[str, Words]:
        return {}


def _similar(language: str) -> tuple[str, ...]:
    """A language's tag and the shorter ones whose words will do for its readers."""
    parts = language.split("-")
    if any(part.lower() in _TRADITIONAL for part in parts[1:]):
        return (language,)
    return tuple("-".join(parts[:n]) for n in range(len(parts), 0, -1))


ENGLISH: Final = Vocabulary().words(SOURCE)
