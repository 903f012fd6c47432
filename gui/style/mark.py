"""The mark of the program: two units, one unit, and what runs between them."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap

from gui.style import theme

SIDE: Final = 24.0
_LEFT: Final = (QPointF(8, 8.2), QPointF(8, 15.8))
_RIGHT: Final = QPointF(16.4, 12)


def paint_mark(painter: QPainter, box: QRectF, colours: theme.Colours) -> None:
    """The mark in a square box: an outline in ink, the signal in the accent."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / SIDE, box.height() / SIDE)
    ink, accent = theme.colour(colours.ink1), theme.colour(colours.accent)
    painter.setPen(QPen(ink, 1.8))
    painter.setBrush(theme.colour(colours.plane))
    painter.drawRoundedRect(QRectF(1.5, 1.5, 21, 21), 6, 6)
    painter.setPen(QPen(accent, 1.8, c=Qt.PenCapStyle.RoundCap))
    for start in _LEFT:
        painter.drawLine(start, _RIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for centre in (*_LEFT, _RIGHT):
        painter.drawEllipse(centre, 2.3, 2.3)
    painter.restore()


def window_icon() -> QIcon:
    """The mark as the application's icon."""
    result = QIcon()
    for size in (16, 32, 64, 128, 256):
        pixmap = QPixmap(QSize(size, size))
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            colours = theme.colours(dark=True)
            paint_mark(painter, QRectF(0, 0, size, size), colours)
        result.addPixmap(pixmap)
    return result
