"""Colours and type for whatever is painted: `tokens.toml` as painters need it.

Colours depend on whether the theme is dark, which the palette of each widget tells.
Blue stands for positive, orange for negative, and for nothing else.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QWidget

from core.values.words import tr
from gui.style import tokens
from gui.style.tokens import Colours, OnMap, Rgb, colours, of_colours

ByteTable = npt.NDArray[np.uint8]

LEVELS: Final = 256
_WORDS: Final = {
    "blue": tr("blue"),
    "orange": tr("orange"),
    "turquoise": tr("turquoise"),
    "red": tr("red"),
}
"""Of the names that the tokens give to colours."""

__all__ = ["ByteTable", "Colours", "LEVELS", "Rgb", "colours"]


def is_dark(palette: QPalette) -> bool:
    """Whether text is lighter than its background."""
    group = QPalette.ColorGroup.Active
    window = palette.color(group, QPalette.ColorRole.Window)
    text = palette.color(group, QPalette.ColorRole.WindowText).lightness()
    # A style sheet writes a transparent ground into the palette of its widget.
    return text > (window.lightness() if window.alpha() else LEVELS // 2)


def colours_of(widget: QWidget) -> Colours:
    """The colours of the theme in which this widget is shown."""
    return colours(dark=is_dark(widget.palette()))


def ramp(stops: tuple[Rgb, ...], levels: int = LEVELS) -> ByteTable:
    """(levels, 3) from the first colour to the last, linear between them."""
    position = np.linspace(0, len(stops) - 1, levels)
    channels = np.asarray(stops, dtype=np.float64).T
    columns = [np.interp(position, np.arange(len(stops)), c) for c in channels]
    return np.ascontiguousarray(np.rint(np.stack(columns, axis=1)).astype(np.uint8))


@of_colours
def diverging_table(*, dark: bool) -> ByteTable:
    """(256, 3) for signed values on symmetric levels; the middle is the plane."""
    return ramp(colours(dark=dark).signed_map)


@of_colours
def activation_table(*, dark: bool) -> ByteTable:
    """(256, 3) for activations from 0 to full: from the plane to ink."""
    return ramp(colours(dark=dark).activation_map)


@of_colours
def image_table(*, dark: bool) -> ByteTable:
    """(256, 3) for the pixels that the network receives: 0 is the plane, 1 ink."""
    return ramp(colours(dark=dark).image_map)


@of_colours
def landscape_table(*, dark: bool) -> ByteTable:
    """(256, 3) for heights, from deep blue valleys to pale heights, in both themes."""
    return ramp(colours(dark=dark).landscape_map)


def colour(rgb: Rgb, alpha: int = 255) -> QColor:
    """A Qt colour of a table entry."""
    return QColor(*rgb, alpha)


def figures_font(base: QFont, *, scale: float = 1.0, bold: bool = False) -> QFont:
    """`base` with tabular figures, so that live numbers do not jump."""
    font = QFont(base)
    size = max(tokens.SMALLEST_POINTS, base.pointSizeF() * scale)
    if size != base.pointSizeF():
        # Only if it has one: a widget whose font has no size follows the window's size.
        font.setPointSizeF(size)
    if bold:
        font.setWeight(QFont.Weight(tokens.type_role("read").strong))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def on_map() -> OnMap:
    """The colours of what is drawn over maps of heights, the same in both themes."""
    return tokens.on_map()


def sign_words() -> tuple[str, str]:
    """What the colours of positive and of negative are called."""
    positive, negative = tokens.values()["sign_words"][tokens.maps_in_force()]
    return _WORDS[positive], _WORDS[negative]


def series_of(optimizer: str) -> int:
    """The place of an optimiser among the series, the same everywhere."""
    place = tokens.values()["optimiser"][optimizer]
    assert isinstance(place, int)
    return place - 1


def rgb_of(colour: QColor) -> Rgb:
    """The channels of a Qt colour."""
    return colour.red(), colour.green(), colour.blue()
