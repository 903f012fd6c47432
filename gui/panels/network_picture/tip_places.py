"""What a tip of the picture explains, and what it does not cover."""

from math import ceil, floor

from PySide6.QtCore import QPointF, QRect, QSize

from core.values.parameter import Unit
from gui.panels.network_picture.scene.layout import Layout
from gui.session.selection import Selection


def spot_of(layout: Layout | None, pointed: Selection | None, at: QPointF) -> QRect:
    """The unit that is pointed at; of an edge, where the pointer is on it."""
    here = QRect(at.toPoint(), QSize(1, 1))
    if layout is None or not isinstance(pointed, Unit):
        return here
    column = layout.columns[pointed.layer]
    y, radius = column.y_of(pointed.unit), column.radius
    spot = _whole(column.x - radius, y - radius, 2 * radius, 2 * radius)
    # Of an input it may be the pixel in the image instead of the unit.
    return spot if spot.contains(here) else here


def answers_of(layout: Layout | None) -> QRect:
    """The outputs, with their names and bars."""
    if layout is None:
        return QRect()
    outputs = layout.columns[-1]
    left, right = outputs.left, max(layout.bars.right, layout.width)
    return _whole(left, outputs.top, right - left, outputs.bottom - outputs.top)


def _whole(x: float, y: float, width: float, height: float) -> QRect:
    left, top = floor(x), floor(y)
    return QRect(left, top, ceil(x + width) - left, ceil(y + height) - top)
