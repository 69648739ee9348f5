"""A point that may stand between thousands: `1.600` is read as 1.6, and in many countries it means sixteen hundred."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from okrsite.core.drafts.answers import Said, Subject
from okrsite.core.model import Guardrail, Metric
from okrsite.core.quantity import Quantity, parse_quantity

SLIP: Final = 100
"""How many times smaller than a known number one is, of which a thousand times as much was probably meant."""
_POINTED: Final = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}\.[0-9]{3}(?![0-9.,])")


class Doubt(NamedTuple):
    """A number as typed, as it is read, and as it would be written were its point one between thousands."""

    typed: str
    read: str
    meant: str

    def words(self, about: str = "") -> str:
        of = f" of `{about}`" if about else ""
        return f"`{self.typed}`{of} is read as {self.read}; if the point stands between thousands, write `{self.meant}`"


def doubt_of_said(said: Said, subject: Subject) -> Doubt | None:
    """The doubt in a value that is far smaller than the numbers which are known of its key result."""
    value = said.value if isinstance(said.value, str) else ""
    number = parse_quantity(value)
    far = number and any(abs(known.amount) >= SLIP * abs(number.amount) for known in _known(subject))
    return _doubt(value) if far else None


def doubts_of_new(numbers: Sequence[str]) -> list[Doubt]:
    """The doubts in the numbers of a new key result, unless one of them shows that its points stand before decimals."""
    if any("." in number and not _POINTED.search(number) for number in numbers):
        return []
    return [doubt for number in numbers if (doubt := _doubt(number))]


def _doubt(typed: str) -> Doubt | None:
    number = parse_quantity(typed)
    if number is None or not _POINTED.search(typed):
        return None
    return Doubt(typed, number.like(number.exact), number.like(number.exact * 1000))


def _known(subject: Subject) -> Iterable[Quantity]:
    """The numbers that are known of a key result."""
    measure = subject.key_result.entry.measure if subject.key_result else None
    found = [subject.last.quantity if subject.last else None]
    if isinstance(measure, Metric):
        found += [measure.baseline, measure.target]
    if isinstance(measure, Guardrail):
        found += [measure.low, measure.high]
    return filter(None, found)
