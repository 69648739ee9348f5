"""Numbers as teams write them: decimal and exact, with a unit before or after. Nothing here meets binary floats."""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from okrsite.core.numbers import plain

MAX_DIGITS: Final = 24
"""Digits a number may have, so that multiplying stays exact within Decimal's precision of 28."""

FAR: Final = 100
"""A number this many times smaller or greater than what it is compared with was hardly meant."""

_MULTIPLIERS: Final = {"": 0, "k": 3, "M": 6, "B": 9, "万": 4, "亿": 8}

# Full-width forms, the Unicode minus and hard spaces mean what they look like.
_READ_AS = str.maketrans("０１２３４５６７８９％．，＋－−–\u00a0\u202f\u2009", "0123456789%.,+---   ")

# A unit is a word or three without digits, but for one that ends a word, as in `t CO2`.
_DIGIT_AT_END = r"(?:(?<=[A-Za-z])[0-9])?"
_UNIT = (
    rf"(?![eE][0-9])[^\s0-9.,+\-(\[<>=~:;][^\s0-9,;:]*{_DIGIT_AT_END}"
    rf"(?: [^\s0-9.,;:]+{_DIGIT_AT_END}){{0,2}}"
)
_NUMBER = re.compile(
    r"(?P<sign1>[+-]?)(?P<before>[A-Z]{0,3}[$¢£¤¥\u20a0-\u20cf]|[A-Z]{3}(?=[ 0-9]))?[ ]?(?P<sign2>[+-]?)"
    r"(?P<digits>[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
    r"(?:[ ]?(?P<latin>[kMB])(?![A-Za-z])|[ ]?(?P<han>[万亿]))?"
    rf"(?P<gap>[ ]?)(?P<after>{_UNIT})?"
)
_MARK = re.compile(r"(?<![0-9.,])([1-9][0-9]{0,2})([.,])([0-9]{3})(?![0-9.,])")
_FOREIGN = re.compile(
    r"(?<![0-9.,'’ ])"
    r"(?:(?P<whole>[1-9][0-9]{0,2}(?P<gap>[.'’ ])[0-9]{3}(?:(?P=gap)[0-9]{3})*)(?:,(?P<decimals>[0-9]+))?"
    r"|(?P<bare>0(?=,)|[1-9][0-9]*(?=,(?![0-9]{3}(?![0-9]))))(?:,(?P<fraction>[0-9]+)))(?![0-9.,'’])"
)
"""`1.200,50`, `2'100` and `2 100`, and `0,800` and `2,5`, in which a comma can only stand before decimals."""
_SHARE = re.compile(r"(?P<part>[0-9]{1,3}(?:\.[0-9]{1,2})?) ?(?:/ ?(?P<whole>[0-9]{1,3})|%)")
_WIDE_MARKS = str.maketrans("。｡", "..")
_PERCENT: Final = frozenset(["percent", "per cent", "pct", "pct.", "prozent", "pour cent", "por ciento", "per cento"])
_DIGITS_ONLY = re.compile(r"[$¢£¤¥\u20a0-\u20cf+-]{0,2}[0-9.,  ']*[0-9][0-9.,  ']*\s?[^\s0-9.,]{0,3}")
_OTHER_BASE = re.compile(r"[A-Za-z][0-9]")
_MAX_TEXT: Final = 80


class Quantity(NamedTuple):
    """A number with its unit; `before` and `after` are the unit's halves, `gap` what stood between, `text` as typed."""

    amount: Decimal
    before: str
    after: str
    gap: str
    text: str

    @property
    def unit(self) -> str:
        """The unit in one word; empty when there is none."""
        return self.before + self.after

    @property
    def exact(self) -> Fraction:
        """The amount for computing."""
        return Fraction(self.amount)

    def same_unit(self, other: "Quantity") -> bool:
        """Whether two numbers count the same thing; `1 step` and `10 steps` do."""
        one, two = self.unit, other.unit
        return one == two or one + "s" == two or one == two + "s"

    def like(self, amount: Fraction) -> str:
        """Another amount written the way this one is."""
        return f"{self.before}{write_number(amount)}{self.gap}{self.after}".replace(
            f"{self.before}-", f"-{self.before}"
        )


def parse_quantity(text: str) -> Quantity | None:
    """The number a text states, or None when it is not one (see `looks_numeric`)."""
    plain = text.strip().translate(_READ_AS)
    found = _NUMBER.fullmatch(plain) if len(plain) <= _MAX_TEXT else None
    if not found or (found["sign1"] and found["sign2"]):
        return None
    digits = found["digits"].replace(",", "")
    after = found["after"] or ""
    if not found["gap"] and _OTHER_BASE.match(after):
        return None
    if len(digits) > MAX_DIGITS or len(after) > 24 or (after.startswith("%") and after != "%"):
        return None
    amount = Decimal(digits).scaleb(_MULTIPLIERS[found["latin"] or found["han"] or ""])
    if "-" in (found["sign1"] + found["sign2"]):
        amount = -amount
    return Quantity(amount, found["before"] or "", after, found["gap"], text.strip())


def doubt(number: Quantity, beside: Quantity) -> tuple[str, str] | None:
    """What is said of a number far from another, whose `.` or `,` may be meant otherwise, and what to write instead.

    Two numbers with such points are in step, and so is `1.250%` beside `1.1%`: both are taken at their word. A comma
    is only doubted beside a number with decimals: `1,200 bugs` may well become 5.
    """
    found = _MARK.search(number.text.translate(_READ_AS))
    if not found:
        return None
    whole, decimal = Decimal(found[1] + found[3]), Decimal(f"{found[1]}.{found[3]}")
    amount, other = abs(number.amount), abs(beside.amount)
    if found[2] == "." and amount == decimal and other > FAR * amount:
        message = f"`{number.text}` is less than a hundredth of `{beside.text}`: its point is read before decimals"
    elif found[2] == "," and amount == whole > FAR * other and other % 1 and not _MARK.search(beside.text):
        message = f"`{number.text}` is more than a hundred times `{beside.text}`: its comma is read between thousands"
    else:
        return None
    shape = number if number.unit else beside
    sign = "-" if number.amount < 0 else ""
    short = decimal_text(decimal)
    # With another decimal it is no number of thousands any more.
    forms = (str(whole), short if short != str(decimal) else f"{short}0")
    thousands, decimals = (f"{sign}{shape.before}{digits}{shape.gap}{shape.after}" for digits in forms)
    return message, f"write `{thousands}` for thousands, or `{decimals}`"


def likely_unit(number: Quantity, beside: Quantity) -> str:
    """A hint to the number with the unit that its own must stand for; '' when that is not certain."""
    one, two = number.unit, beside.unit
    same = one.casefold() in _PERCENT if two == "%" else one.casefold() == two.casefold() and len(two) > 1
    return f"did you mean `{with_unit_of(beside, number.amount)}`?" if same and one else ""


def with_unit_of(beside: Quantity, amount: Decimal) -> str:
    """An amount in another number's unit to be written in a file: exact, and without `,`, which ends it in `{ }`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{beside.before}{decimal_text(abs(amount))}{beside.gap}{beside.after}"


def likely_number(text: str) -> str:
    """A number as it must be written that was typed with the marks of another script or country; '' when not certain.

    `2,100` and `2.100` are no such numbers: they can be read.
    """
    meant = text.strip().translate(_WIDE_MARKS).lstrip("~≈").lstrip()
    if parse_quantity(meant) is None and len(meant) <= _MAX_TEXT:
        meant = _FOREIGN.sub(_in_plain_marks, meant.translate(_READ_AS), count=1)
    return meant if meant != text.strip() and parse_quantity(meant) else ""


def likely_share(text: str) -> Fraction | None:
    """The share from 0 to 1 that `7/10`, `70%` or `0,7` must mean; None when that is not certain."""
    found = _SHARE.fullmatch(unicodedata.normalize("NFKC", text.strip()))
    if found is None:
        number = parse_quantity(likely_number(text))
        share = number.exact if number and not number.unit else None
    else:
        whole = int(found["whole"] or 100)
        share = Fraction(found["part"]) / whole if whole else None
    return share if share is not None and 0 <= share <= 1 else None


def _in_plain_marks(found: re.Match[str]) -> str:
    """The digits of a number with nothing between thousands and a point before decimals."""
    decimals = found["decimals"] or found["fraction"] or ""
    return re.sub(r"\D", "", found["whole"] or found["bare"]) + (f".{decimals}" if decimals else "")


def looks_numeric(text: str) -> bool:
    """Whether a text that is no quantity was surely meant as one, as `1.200,5` is."""
    plain = text.strip().translate(_READ_AS)
    return len(plain) <= _MAX_TEXT and bool(_DIGITS_ONLY.fullmatch(plain)) and parse_quantity(text) is None


def write_number(amount: Fraction) -> str:
    """An amount with `,` between thousands, at most six decimals, no trailing zeros."""
    whole, _, decimals = plain(amount, 6).partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(whole):,}" if len(whole) > 4 else whole
    return sign + grouped + (f".{decimals}" if decimals else "")


def decimal_text(amount: Decimal) -> str:
    """An amount for export: plain digits, exact, without an exponent or trailing zeros."""
    text = format(amount, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
