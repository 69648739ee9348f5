"""Colours: read, compared by WCAG's contrast, and moved until they can be read."""

import pytest

from okrsite.core.colours import BLACK, LEGIBLE, WHITE, Colour, contrast, legible, parse_colour


@pytest.mark.parametrize(("text", "found"), [("#1a4f8b", Colour(26, 79, 139)), ("#FFFFFF", WHITE)])
def test_a_colour_is_six_hexadecimal_digits(text: str, found: Colour) -> None:
    assert parse_colour(text) == found
    assert str(found) == text.lower()


@pytest.mark.parametrize("text", ["", "red", "#fff", "#1a4f8", "#1a4f8g", "1a4f8b", "#1a4f8b;", "#1a4f8b\n"])
def test_everything_else_is_none(text: str) -> None:
    assert parse_colour(text) is None


@pytest.mark.parametrize(
    ("one", "two", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_the_standard_both_ways(one: str, two: str, ratio: float) -> None:
    first, second = parse_colour(one), parse_colour(two)
    assert first is not None
    assert second is not None
    assert contrast(first, second) == contrast(second, first) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("text", ["#ffff00", "#ff8800", "#1a4f8b", "#000000", "#ffffff", "#00ff00", "#808080"])
@pytest.mark.parametrize(("papers", "towards"), [((WHITE,), BLACK), ((BLACK, Colour(35, 39, 45)), WHITE)])
def test_a_colour_is_moved_until_it_can_be_read(text: str, papers: tuple[Colour, ...], towards: Colour) -> None:
    colour = parse_colour(text)
    assert colour is not None
    found = legible(colour, papers, towards)
    assert min(contrast(found, paper) for paper in papers) >= LEGIBLE
    if min(contrast(colour, paper) for paper in papers) >= LEGIBLE:
        assert found == colour
