"""Tick labels around a picture of the points' square."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from core.data.point_space import LIMIT
from gui.style import tokens
from gui.widgets.plots.ticks import linear_ticks

_MOST_TICKS: Final = 6
TICKS: Final = linear_ticks(-LIMIT, LIMIT, _MOST_TICKS)


def share_of(coordinate: float) -> float:
    """Position of a coordinate along its axis, 0 to 1."""
    return (coordinate / LIMIT + 1) / 2


def paint_ticks_below(painter: QPainter, area: QRectF) -> None:
    """The coordinates of x below `area`, in the painter's font and colour."""
    height = QFontMetricsF(painter.font()).height()
    for tick in TICKS:
        x = area.x() + share_of(tick.place) * area.width()
        box = QRectF(
            x - tokens.space("wide"),
            area.bottom() + tokens.space("thin"),
            tokens.length("coordinate_ticks.name_width"),
            height,
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, tick.label)


def paint_tick_beside(painter: QPainter, area: QRectF, y: float, label: str) -> None:
    """One label left of `area`, at the height `y`; the lowest ends with it.

    Else it would lie on the first label below the corner.
    """
    height = QFontMetricsF(painter.font()).height()
    top = min(y - height / 2, area.bottom() - height + tokens.space("thin"))
    box = QRectF(0, top, area.x() - tokens.space("close"), height)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight, label)
