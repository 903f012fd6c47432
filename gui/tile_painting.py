"""How one tile of a gallery is painted, and how much room it takes."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QPen,
    QPolygonF,
)

from gui import theme
from gui.tiles import Tile, TileSource

PADDING: Final = 5
FRAME: Final = 3
BAR_HEIGHT: Final = 8
LONGEST_LINE: Final = 150
WHITE: Final = QColor(255, 255, 255)


@dataclass(frozen=True, slots=True)
class TileSize:
    """Pixels of one tile: the image in whole squares, then bar and lines below."""

    image_width: int
    image_height: int
    width: int
    height: int
    line_height: int
    bar_height: int

    @classmethod
    def of(cls, source: TileSource, font: QFont) -> "TileSize":
        """Room for every tile of a source; grows with the font."""
        metrics = QFontMetrics(font)
        rows, columns = source.image_shape or (0, 1)
        wished = metrics.height() * 3.5
        scale = max(1, round(wished / max(rows, columns)))
        text = min(metrics.horizontalAdvance(source.widest_line), LONGEST_LINE)
        bar = BAR_HEIGHT + 2 if source.has_changes else 0
        height = rows * scale + bar + metrics.height() * source.line_count
        return cls(
            image_width=columns * scale,
            image_height=rows * scale,
            width=max(columns * scale, text) + 2 * PADDING,
            height=height + 2 * PADDING + 2,
            line_height=metrics.height(),
            bar_height=bar,
        )

    def image_rect(self, left: int, top: int) -> QRect:
        """Where the image goes in a tile whose corner is there."""
        x = left + (self.width - self.image_width) // 2
        return QRect(x, top + PADDING, self.image_width, self.image_height)


def paint_badge(
    painter: QPainter, centre: QPointF, radius: float, *, right: bool
) -> None:
    """A disc with a tick or a cross: the shape says it without the colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(0, 0, 0, 120), 1))
    painter.setBrush(theme.colour(theme.CORRECT if right else theme.WRONG))
    painter.drawEllipse(centre, radius, radius)
    painter.setPen(QPen(WHITE, radius * 0.32, c=Qt.PenCapStyle.RoundCap))
    x, y, arm = centre.x(), centre.y(), radius * 0.42
    if right:
        tick = [
            QPointF(x - arm * 1.1, y),
            QPointF(x - arm * 0.2, y + arm * 0.9),
            QPointF(x + arm * 1.2, y - arm * 0.9),
        ]
        painter.drawPolyline(tick)
    else:
        painter.drawLine(QPointF(x - arm, y - arm), QPointF(x + arm, y + arm))
        painter.drawLine(QPointF(x - arm, y + arm), QPointF(x + arm, y - arm))
    painter.restore()


def paint_change(painter: QPainter, box: QRectF, change: float, ink: QColor) -> None:
    """A bar from the middle: left and green when the loss fell, right and red when not.

    An arrow at its end points down or up, so that colour is not all that tells.
    """
    fell = change < 0
    middle = box.center()
    end = middle.x() + change * (box.width() / 2 - 4)
    rgb = theme.colour(theme.CORRECT if fell else theme.WRONG)
    bar = QRectF(min(middle.x(), end), box.y() + 2, abs(end - middle.x()), 4)
    painter.fillRect(bar, rgb)
    painter.fillRect(QRectF(middle.x() - 0.5, box.y(), 1, box.height()), ink)
    if change == 0:
        return
    tip, base = (box.bottom(), box.y()) if fell else (box.y(), box.bottom())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(rgb)
    corners = [QPointF(end - 4, base), QPointF(end + 4, base), QPointF(end, tip)]
    painter.drawPolygon(QPolygonF(corners))


def paint_words(
    painter: QPainter, tile: Tile, size: TileSize, corner: QRect, palette: QPalette
) -> None:
    """Everything of a tile but its image; `corner` is the whole tile."""
    image = size.image_rect(corner.x(), corner.y())
    top = image.bottom() + 2
    ink = palette.color(QPalette.ColorRole.Text)
    if tile.right is not None:
        radius = max(6.0, size.line_height * 0.42)
        centre = QPointF(image.right() - radius + 2, image.top() + radius - 2)
        paint_badge(painter, centre, radius, right=tile.right)
    if tile.change is not None:
        box = QRectF(corner.x() + PADDING, top + 1, corner.width() - 2 * PADDING, 8)
        paint_change(painter, box, tile.change, ink)
    top += size.bar_height
    painter.setPen(ink)
    metrics = painter.fontMetrics()
    for number, line in enumerate(tile.lines):
        row = QRect(
            corner.x(),
            top + number * size.line_height,
            corner.width(),
            size.line_height,
        )
        text = metrics.elidedText(line, Qt.TextElideMode.ElideRight, row.width() - 2)
        painter.drawText(row, Qt.AlignmentFlag.AlignCenter, text)


def paint_frame(painter: QPainter, corner: QRect) -> None:
    """The mark around the example that the network shows."""
    inset = FRAME // 2 + 1
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(theme.SELECTED), FRAME))
    painter.drawRoundedRect(corner.adjusted(inset, inset, -inset, -inset), 4, 4)
