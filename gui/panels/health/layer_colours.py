"""One colour for each layer, from the input's side to the output's."""

from PySide6.QtGui import QColor

from gui.style import theme


def layer_colour(layer: int, *, dark: bool) -> QColor:
    """The series' colours in order: the first for the first computed layer."""
    series = theme.colours(dark=dark).series
    return theme.colour(series[(layer - 1) % len(series)])
