"""How well a colour is read on another one, by the rule of WCAG 2.2."""

from functools import cache
from typing import Final

from gui.style import theme

LEAST_OF_TEXT: Final = 4.5
_STEPS: Final = 20
_EXTREMES: Final = ((0, 0, 0), (255, 255, 255))


def luminance(rgb: theme.Rgb) -> float:
    """0 for black to 1 for white."""
    red, green, blue = (_linear(value / 255) for value in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    if share <= 0.04045:
        return share / 12.92
    return float(((share + 0.055) / 1.055) ** 2.4)


def contrast(one: theme.Rgb, other: theme.Rgb) -> float:
    """From 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@cache
def as_text(rgb: theme.Rgb, ground: theme.Rgb, ink: theme.Rgb) -> theme.Rgb:
    """A line's colour for its name: with as much ink as it takes to read it."""
    for step in range(_STEPS + 1):
        share = step / _STEPS
        mixed = tuple(
            round((1 - share) * a + share * b) for a, b in zip(rgb, ink, strict=True)
        )
        found = (mixed[0], mixed[1], mixed[2])
        if contrast(found, ground) >= LEAST_OF_TEXT:
            return found
    return ink


def name_colour(rgb: theme.Rgb, colours: theme.Colours) -> theme.Rgb:
    """The colour of the name beside a line on the plane."""
    return as_text(rgb, colours.plane, colours.ink1)


@cache
def text_on(rgb: theme.Rgb) -> theme.Rgb:
    """What can be read on a colour of a map, whatever that is.

    The ink of one of the two themes, or where neither is enough black or white, one of
    which always is.
    """
    inks = [theme.colours(dark=dark).ink1 for dark in (True, False)]
    ink = max(inks, key=lambda one: contrast(one, rgb))
    if contrast(ink, rgb) >= LEAST_OF_TEXT:
        return ink
    return max(_EXTREMES, key=lambda one: contrast(one, rgb))
