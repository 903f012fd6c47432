"""One colour for each layer, from the input's side to the output's."""

from PySide6.QtGui import QColor, QPen

from gui.style import theme
from gui.style.series import series_pen


def layer_colour(layer: int, *, dark: bool) -> QColor:
    """The series' colours in order: the first for the first computed layer."""
    series = theme.colours(dark=dark).series
    return theme.colour(series[(layer - 1) % len(series)])


def layer_pen(layer: int, *, dark: bool) -> QPen:
    """The series' colour with its dash; the first layer's line is whole."""
    rgb = theme.rgb_of(layer_colour(layer, dark=dark))
    return series_pen(layer - 2, rgb)
