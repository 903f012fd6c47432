"""The eight series: a colour and a dash for each, so that no colour stands alone."""

from typing import Any, Final

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

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
    drawn = _blank(scale, ratio)
    with QPainter(drawn) as painter:
        _paint_line(painter, series_pen(place, rgb, SAMPLE_WIDTH * scale), scale)
    return drawn


def sample_on_map(place: int, *, scale: float = 1.0, ratio: float = 1.0) -> QPixmap:
    """A piece of the line as it is over a map, on a chip of the map's ground.

    The same in both themes, as the map is: on a light table its pale lines could not
    be seen without the ground.
    """
    drawn = _blank(scale, ratio)
    colours = theme.on_map()
    chip, round_ = QPainterPath(), tokens.radius("data") * scale
    chip.addRoundedRect(QRectF(QPointF(), SAMPLE * scale), round_, round_)
    with QPainter(drawn) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(chip, theme.colour(map_ground()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        rgb = colours.series[place % len(colours.series)]
        _paint_line(painter, series_pen(place, rgb, SAMPLE_WIDTH * scale), scale)
    return drawn


def map_ground() -> theme.Rgb:
    """What stands for a map of heights beside it: its colour of low places."""
    return theme.colours(dark=True).landscape_map[0]


def _blank(scale: float, ratio: float) -> QPixmap:
    drawn = QPixmap((SAMPLE * scale * ratio).toSize())
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    return drawn


def _paint_line(painter: QPainter, pen: QPen, scale: float) -> None:
    size = SAMPLE * scale
    painter.setPen(pen)
    painter.drawLine(QLineF(0, size.height() / 2, size.width(), size.height() / 2))
