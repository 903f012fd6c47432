"""Painting and size of one tile of a gallery."""

from dataclasses import dataclass
from math import ceil
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QPen,
    QPixmap,
    QPolygonF,
    QStaticText,
    QTransform,
)

from gui.style import theme
from gui.widgets.pictures.tiles import Tile, TileSource

PADDING: Final = 5
FRAME: Final = 3
BAR_HEIGHT: Final = 8
LONGEST_LINE: Final = 150
MOST_TEXTS: Final = 4000


@dataclass(frozen=True, slots=True)
class TileSize:
    """Size of one tile in pixels: the image with square pixels, then bar and lines."""

    image_width: int
    image_height: int
    width: int
    height: int
    line_height: int
    bar_height: int

    @classmethod
    def of(cls, source: TileSource, font: QFont) -> "TileSize":
        """The size for every tile of a source; grows with the font."""
        metrics = QFontMetrics(font)
        rows, columns = source.image_shape or (0, 1)
        about = metrics.height() * 3.5
        scale = max(1, round(about / max(rows, columns)))
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
        """Rectangle of the image in a tile with this corner."""
        x = left + (self.width - self.image_width) // 2
        return QRect(x, top + PADDING, self.image_width, self.image_height)


def paint_badge(
    painter: QPainter,
    centre: QPointF,
    radius: float,
    *,
    right: bool,
    dark: bool,
) -> None:
    """A disc with a tick or a cross: the shape is enough without the colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours = theme.colours(dark=dark)
    painter.setPen(QPen(theme.colour(colours.plane), 1))
    painter.setBrush(theme.colour(colours.right if right else colours.wrong))
    painter.drawEllipse(centre, radius, radius)
    painter.setPen(
        QPen(theme.colour(colours.plane), radius * 0.32, c=Qt.PenCapStyle.RoundCap)
    )
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


def paint_change(
    painter: QPainter, box: QRectF, change: float, colours: theme.Colours
) -> None:
    """A bar from the middle: left and green for a decrease, right and red otherwise.

    An arrow at its end points down or up, so that colour is not the only sign.
    """
    fell = change < 0
    middle = box.center()
    end = middle.x() + change * (box.width() / 2 - 4)
    rgb = theme.colour(colours.right if fell else colours.wrong)
    bar = QRectF(min(middle.x(), end), box.y() + 2, abs(end - middle.x()), 4)
    painter.fillRect(bar, rgb)
    painter.fillRect(
        QRectF(middle.x() - 0.5, box.y(), 1, box.height()), theme.colour(colours.ink3)
    )
    if change == 0:
        return
    tip, base = (box.bottom(), box.y()) if fell else (box.y(), box.bottom())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(rgb)
    corners = [QPointF(end - 4, base), QPointF(end + 4, base), QPointF(end, tip)]
    painter.drawPolygon(QPolygonF(corners))


class TilePainter:
    """Paints tiles of one size and font; keeps laid out texts and badges for reuse."""

    def __init__(
        self, size: TileSize, font: QFont, pixel_ratio: float, *, dark: bool
    ) -> None:
        self.size = size
        self.made_for = (size, font, pixel_ratio, dark)
        self._font = font
        self._metrics = QFontMetrics(font)
        self._texts: dict[str, tuple[QStaticText, float]] = {}
        self._radius = max(6.0, size.line_height * 0.42)
        self._badges = {
            right: badge_pixmap(self._radius, pixel_ratio, right=right, dark=dark)
            for right in (True, False)
        }

    def paint(
        self, painter: QPainter, tile: Tile, corner: QRect, palette: QPalette
    ) -> None:
        """Paint everything of a tile but its image; `corner` is that of the tile."""
        image = self.size.image_rect(corner.x(), corner.y())
        top = image.bottom() + 2
        ink = palette.color(QPalette.ColorRole.Text)
        if tile.right is not None:
            at = QPointF(image.right() + 2 - 2 * self._radius, image.top() - 2)
            painter.drawPixmap(at, self._badges[tile.right])
        if tile.change is not None:
            width = corner.width() - 2 * PADDING
            box = QRectF(corner.x() + PADDING, top + 1, width, BAR_HEIGHT)
            colours = theme.colours(dark=theme.is_dark(palette))
            paint_change(painter, box, tile.change, colours)
        top += self.size.bar_height
        painter.setPen(ink)
        for number, line in enumerate(tile.lines):
            text, text_width = self._laid_out(line)
            left = corner.x() + (corner.width() - text_width) / 2
            painter.drawStaticText(
                QPointF(left, top + number * self.size.line_height), text
            )

    def _laid_out(self, line: str) -> tuple[QStaticText, float]:
        found = self._texts.get(line)
        if found is None:
            room = self.size.width - 2
            elided = self._metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
            text = QStaticText(elided)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.prepare(QTransform(), self._font)
            if len(self._texts) > MOST_TEXTS:
                self._texts.clear()
            found = self._texts[line] = text, text.size().width()
        return found


def badge_pixmap(
    radius: float, pixel_ratio: float, *, right: bool, dark: bool
) -> QPixmap:
    """The badge on a transparent background, for any pixel ratio."""
    side = ceil(2 * radius + 2)
    pixmap = QPixmap(ceil(side * pixel_ratio), ceil(side * pixel_ratio))
    pixmap.setDevicePixelRatio(pixel_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    centre = QPointF(side / 2, side / 2)
    paint_badge(painter, centre, radius, right=right, dark=dark)
    painter.end()
    return pixmap


def paint_frame(painter: QPainter, corner: QRect, colours: theme.Colours) -> None:
    """The mark around the example that the network shows."""
    inset = FRAME // 2 + 1
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(colours.selection), FRAME))
    painter.drawRoundedRect(corner.adjusted(inset, inset, -inset, -inset), 4, 4)
