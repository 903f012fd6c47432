"""The eight series: a colour and a dash for each, so that no colour stands alone."""

from typing import Any, Final

from PySide6.QtCore import QLineF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from gui.style import theme, tokens

SAMPLE: Final = QSizeF(40, 12)
"""Size of a sample of a line, in a table or a legend: the longest pattern comes round
in it, and the next one begins."""
SAMPLE_WIDTH: Final = 2.0
"""Of the line in a sample."""


def dashes(place: int) -> list[float]:
    """Lengths of strokes and gaps in line widths; none for a whole line."""
    series: list[list[Any]] = tokens.values()["dashes"]["series"]
    return [float(length) for length in series[place % len(series)]]


def curve_dashes(curve: str) -> list[float]:
    """The same of a curve of the run: "validation", "before" or "branch"."""
    return [float(length) for length in tokens.values()["dashes"][f"curve_{curve}"]]


def series_pen(place: int, rgb: theme.Rgb, width: float = 2.0) -> QPen:
    """A pen with the dash of a series."""
    pen = QPen(theme.colour(rgb), width)
    pattern = dashes(place)
    if pattern:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(pattern)
    return pen


def sample(
    place: int, rgb: theme.Rgb, *, scale: float = 1.0, ratio: float = 1.0
) -> QPixmap:
    """A piece of the line that shows its whole pattern."""
    size = SAMPLE * scale
    drawn = QPixmap((size * ratio).toSize())
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    with QPainter(drawn) as painter:
        painter.setPen(series_pen(place, rgb, SAMPLE_WIDTH * scale))
        middle = size.height() / 2
        painter.drawLine(QLineF(0, middle, size.width(), middle))
    return drawn
