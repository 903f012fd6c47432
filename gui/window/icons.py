"""Icons drawn as paths, crisp at every size, in the palette's text colour."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QIcon,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QPixmap,
    QPolygonF,
)

SIDE: Final = 24.0
Draw = Callable[[QPainter], None]


def _triangle(painter: QPainter, left: float, right: float) -> None:
    points = [QPointF(left, 5), QPointF(right, 12), QPointF(left, 19)]
    painter.drawPolygon(QPolygonF(points))


def _play(painter: QPainter) -> None:
    _triangle(painter, 7, 19)


def _pause(painter: QPainter) -> None:
    painter.drawRect(QRectF(6.5, 5, 4, 14))
    painter.drawRect(QRectF(13.5, 5, 4, 14))


def _step(painter: QPainter) -> None:
    _triangle(painter, 5, 15)
    painter.drawRect(QRectF(16, 5, 3, 14))


def _epoch(painter: QPainter) -> None:
    _triangle(painter, 2.5, 9.5)
    _triangle(painter, 9.5, 16.5)
    painter.drawRect(QRectF(18, 5, 3, 14))


def _mirrored(draw: Draw) -> Draw:
    def paint(painter: QPainter) -> None:
        painter.translate(SIDE, 0)
        painter.scale(-1, 1)
        draw(painter)

    return paint


def _forward(painter: QPainter) -> None:
    painter.drawRect(QRectF(5, 5, 3, 14))
    _triangle(painter, 10, 20)


def _end(painter: QPainter) -> None:
    _triangle(painter, 4, 14)
    _stroke(painter)
    painter.drawLine(QPointF(18, 6), QPointF(18, 18))


def _stroke(painter: QPainter, width: float = 2.4) -> None:
    pen = QPen(painter.brush().color(), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)


def _branch(painter: QPainter) -> None:
    _stroke(painter, 2.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawLine(QPointF(3, 17), QPointF(18, 17))
    path = QPainterPath(QPointF(6, 17))
    path.cubicTo(QPointF(12, 17), QPointF(10, 7), QPointF(18, 7))
    painter.drawPath(path)
    for y in (7, 17):
        painter.drawEllipse(QPointF(19, y), 1.6, 1.6)


def _reset(painter: QPainter) -> None:
    colour = painter.brush().color()
    _stroke(painter)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(5, 5.5, 14, 14), 60 * 16, -300 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    tip = [QPointF(7.2, 1.5), QPointF(14.6, 6.0), QPointF(7.2, 10.5)]
    painter.drawPolygon(QPolygonF(tip).translated(-1.2, 0.6))


def _dice(painter: QPainter) -> None:
    colour = painter.brush().color()
    _stroke(painter, 2.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(4.5, 4.5, 15, 15), 3.5, 3.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for x, y in ((9, 9), (15, 9), (12, 12), (9, 15), (15, 15)):
        painter.drawEllipse(QPointF(x, y), 1.5, 1.5)


_DRAWINGS: Final[Mapping[str, Draw]] = {
    "play": _play,
    "pause": _pause,
    "step": _step,
    "epoch": _epoch,
    "step_back": _mirrored(_step),
    "step_forward": _forward,
    "end": _end,
    "branch": _branch,
    "reset": _reset,
    "dice": _dice,
}


def _pixmap(draw: Draw, ink: QColor, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / SIDE, size / SIDE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    draw(painter)
    painter.end()
    return pixmap


def icon(name: str, palette: QPalette) -> QIcon:
    """The named icon in the palette's colours, enabled and disabled."""
    result = QIcon()
    for mode, group in (
        (QIcon.Mode.Normal, QPalette.ColorGroup.Active),
        (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled),
    ):
        ink = palette.color(group, QPalette.ColorRole.WindowText)
        for size in (24, 48, 72):
            result.addPixmap(_pixmap(_DRAWINGS[name], ink, size), mode)
    return result


def window_icon() -> QIcon:
    """The application's icon: three units and what runs between them."""
    result = QIcon()
    for size in (16, 32, 64, 128, 256):
        pixmap = QPixmap(QSize(size, size))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(size / SIDE, size / SIDE)
        _paint_logo(painter)
        painter.end()
        result.addPixmap(pixmap)
    return result


def _paint_logo(painter: QPainter) -> None:
    plate = QPainterPath()
    plate.addRoundedRect(QRectF(0.5, 0.5, 23, 23), 5, 5)
    painter.fillPath(plate, QColor(24, 26, 31))
    left, right = (QPointF(6, 7), QPointF(6, 17)), QPointF(18, 12)
    for start, rgb in zip(left, ((46, 134, 222), (230, 92, 35)), strict=True):
        painter.setPen(QPen(QColor(*rgb), 2.2))
        painter.drawLine(start, right)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(255, 236, 180))
    for centre in (*left, right):
        painter.drawEllipse(centre, 3.0, 3.0)
