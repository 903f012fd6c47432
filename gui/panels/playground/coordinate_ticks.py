"""Tick labels around a picture of the points' square."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from core.data.point_space import LIMIT
from gui.style import number_format

TICKS: Final = (-6, -3, 0, 3, 6)


def share_of(tick: float) -> float:
    """Position of a coordinate along its axis, 0 to 1."""
    return (tick / LIMIT + 1) / 2


def paint_ticks_below(painter: QPainter, area: QRectF) -> None:
    """The coordinates of x below `area`, in the painter's font and colour."""
    height = QFontMetricsF(painter.font()).height()
    for tick in TICKS:
        x = area.x() + share_of(tick) * area.width()
        box = QRectF(x - 20, area.bottom() + 3, 40, height)
        text = number_format.short(float(tick))
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, text)


def paint_tick_beside(painter: QPainter, area: QRectF, y: float, value: float) -> None:
    """One number left of `area`, at the height `y`."""
    height = QFontMetricsF(painter.font()).height()
    box = QRectF(0, y - height / 2, area.x() - 6, height)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight, number_format.short(value))
