"""Whether a check-in has a sentence on what it reads: a note, a risk, or a word on it in its text."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from okrsite.core.checks.part import Finding, name_of
from okrsite.core.grouping import grouped
from okrsite.core.model import CheckInFile, Commitment
from okrsite.core.refs import objective_of, tail_of
from okrsite.core.text import Body, Text

_WORD: Final = re.compile(r"[^\W_\u4e00-\u9fff]{3,}")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]{2,}")
_LITTLE: Final = re.compile(r"[的了和与在是有不没每个一这那我们月天周年人次]+")
_ENDING: Final = re.compile(r"(?:ing|ed|es|s|e)$")
_TWO: Final = 2
"""Words of a title by which a text is known to speak of it; one may be there by chance."""


class Doubt(NamedTuple):
    """A reading that asks for a sentence: what it is of, the check-in in which it stands, and what to say without one.

    The first thing that the finding is about is what the reading is of.
    """

    entry: Commitment
    checkin: CheckInFile
    finding: Finding


def unexplained(doubts: Iterable[Doubt]) -> Iterator[Finding]:
    """What is said of the readings on which their check-ins have no sentence."""
    for same in grouped((doubt.checkin.path, doubt) for doubt in doubts).values():
        checkin = same[0].checkin
        noted = {name_of(entry) for entry in checkin.readings if entry.note}
        noted |= {risk.about.text for risk in checkin.risks if risk.about}
        said = _stems("\n".join(texts_of(checkin.body)))
        for doubt in same:
            name = tail_of(doubt.finding.about[0])
            whole = objective_of(name)
            if not (noted & {name, whole} or _names(said, whole) or _speaks(said, doubt.entry)):
                yield doubt.finding


def speaks_of(texts: Iterable[Text], entry: Commitment) -> bool:
    """Whether texts speak of an entry: one word of its id, or some of its title."""
    return _speaks(_stems("\n".join(prose.plain for text in texts for _, prose in text.versions)), entry)


def texts_of(body: Body) -> Iterator[str]:
    """The headings and texts of a body, without markup."""
    yield body.lead.plain
    for section in body.sections:
        yield from (section.heading.plain, section.prose.plain)


def _speaks(said: frozenset[str], entry: Commitment) -> bool:
    """Whether words are of an entry: one of its id, or some of its title."""
    named = _stems(entry.id)
    telling = named - _EVERYDAY
    titled = frozenset().union(*(_stems(prose.plain) for _, prose in entry.title.versions)) - _EVERYDAY
    return bool(telling & said) or _names(said, entry.id) or len(titled & said) >= _TWO


def _names(said: frozenset[str], id_: str) -> bool:
    """Whether all words of an id are said."""
    named = _stems(id_)
    return bool(named) and named <= said


def _stems(text: str) -> frozenset[str]:
    """The words of a text without their endings, and each two characters of a Chinese one that stand together."""
    small = text.casefold()
    words = {_ENDING.sub("", word) for word in _WORD.findall(small) if not word.isdecimal()}
    runs = _HAN.findall(_LITTLE.sub(" ", small))
    return frozenset(words | {run[at : at + 2] for run in runs for at in range(len(run) - 1)})


_EVERYDAY: Final = _stems(
    "and are but can for from had has have its not now our out over per than that the them they this under was were"
    " with all more less new old one two three first last next still here there what when where which while who will"
    " yes into time day week hour minute month quarter year within"
)
"""Words of ids and titles by which no text is known to speak of them."""
