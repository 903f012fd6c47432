"""Tick labels around a picture of the points' square."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from core.data.point_space import LIMIT
from gui.style import tokens
from gui.style.lengths import grown
from gui.widgets.plots.ticks import linear_ticks, ticks_that_fit

_MOST_TICKS: Final = 6
TICKS: Final = linear_ticks(-LIMIT, LIMIT, _MOST_TICKS)
_UNCLIPPED: Final = Qt.TextFlag.TextDontClip


def share_of(coordinate: float) -> float:
    """Position of a coordinate along its axis, 0 to 1."""
    return (coordinate / LIMIT + 1) / 2


def paint_ticks_below(painter: QPainter, area: QRectF) -> None:
    """The coordinates of x below `area`, in the painter's font and colour."""
    metrics = QFontMetricsF(painter.font())
    most, width_of = _MOST_TICKS, metrics.horizontalAdvance
    for tick in ticks_that_fit(-LIMIT, LIMIT, area.width(), width_of, most=most):
        x = area.x() + share_of(tick.place) * area.width()
        wide = width_of(tick.label)
        top = area.bottom() + grown(painter, tokens.space("thin"))
        box = QRectF(x - wide / 2, top, wide, metrics.height())
        painter.drawText(box, _UNCLIPPED, tick.label)


def paint_ticks_beside(painter: QPainter, area: QRectF) -> None:
    """The coordinates of y left of `area`."""
    rows = area.height() / QFontMetricsF(painter.font()).height()
    for tick in linear_ticks(-LIMIT, LIMIT, min(_MOST_TICKS, rows - 1)):
        y = area.bottom() - share_of(tick.place) * area.height()
        paint_tick_beside(painter, area, y, tick.label)


def paint_tick_beside(painter: QPainter, area: QRectF, y: float, label: str) -> None:
    """One label left of `area`, at the height `y`; the lowest ends with it.

    Else it would lie on the first label below the corner.
    """
    height = QFontMetricsF(painter.font()).height()
    top = min(
        y - height / 2, area.bottom() - height + grown(painter, tokens.space("thin"))
    )
    box = QRectF(0, top, area.x() - grown(painter, tokens.space("close")), height)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight, label)
