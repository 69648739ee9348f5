"""A company's own colour and mark, on top of whatever theme is in use."""

from typing import Final

from okrsite.core.colours import BLACK, WHITE, Colour, legible

STYLE: Final = "brand.css"
LIGHT: Final = (Colour(0xFA, 0xF9, 0xF6), Colour(0xF0, 0xEF, 0xE9))
DARK: Final = (Colour(0x14, 0x16, 0x1A), Colour(0x23, 0x27, 0x2D))
"""The grounds of the default theme on which links stand, light and dark: its `--paper` and `--tint`."""


def brand_style(accent: Colour) -> bytes:
    """The style that gives links the company's colour, as light or dark as can be read."""
    light, dark = legible(accent, LIGHT, BLACK), legible(accent, DARK, WHITE)
    return f":root {{ --link: light-dark({light}, {dark}); }}\n".encode()
