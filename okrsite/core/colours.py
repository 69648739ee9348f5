"""Colours and whether they can be read: the contrast of WCAG 2.2, section 1.4.3."""

import re
from typing import Final, NamedTuple

LEGIBLE: Final = 4.5
"""The contrast that text of usual size needs."""
_HEX: Final = re.compile(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")
_STEPS: Final = 64


class Colour(NamedTuple):
    """Red, green and blue, each from 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)


def parse_colour(text: str) -> Colour | None:
    """The colour written as `#rrggbb`."""
    found = _HEX.fullmatch(text)
    return Colour(*(int(part, 16) for part in found.groups())) if found else None


def contrast(one: Colour, two: Colour) -> float:
    """How well one colour stands out from another, from 1 (not at all) to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def legible(colour: Colour, papers: tuple[Colour, ...], towards: Colour) -> Colour:
    """The colour, or the first on its way towards another that can be read on each of several grounds."""
    for step in range(_STEPS + 1):
        mixed = Colour(*(a + (b - a) * step // _STEPS for a, b in zip(colour, towards, strict=True)))
        if all(contrast(mixed, paper) >= LEGIBLE for paper in papers):
            return mixed
    return towards


def _luminance(colour: Colour) -> float:
    """Relative luminance of sRGB; weights and curve are those of the standard."""
    red, green, blue = (part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
