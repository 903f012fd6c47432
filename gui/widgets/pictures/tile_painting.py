"""Painting and size of one tile of a gallery."""

from dataclasses import dataclass
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

from gui.style import icons, theme, tokens
from gui.style.fonts import role_font, scale_of
from gui.style.in_force import in_force
from gui.style.lengths import grown
from gui.widgets.pictures.tiles import Tile, TileSource

PADDING: Final = tokens.space("close")
RING: Final = tokens.length("tile_painting.ring")
"""Between an image and the ring around it."""
MARK_GAP: Final = tokens.space("xs")
_MARKS: Final = {True: "right", False: "wrong"}
BAR_HEIGHT: Final = tokens.length("tile_painting.bar_height")
LONGEST_LINE: Final = tokens.length("tile_painting.longest_line")
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
    type_scale: float

    @classmethod
    def of(cls, source: TileSource, font: QFont) -> "TileSize":
        """The size for every tile of a source; grows with the font."""
        metrics = QFontMetrics(font)
        rows, columns = source.image_shape or (0, 1)
        about = metrics.height() * 3.5
        scale = max(1, round(about / max(rows, columns)))
        of_type = scale_of(font)
        longest = round(LONGEST_LINE * of_type)
        text = min(metrics.horizontalAdvance(source.widest_line), longest)
        text += round(mark_side(metrics.height())) + round(MARK_GAP * of_type)
        bar = round((BAR_HEIGHT + tokens.space("hair")) * of_type)
        bar = bar if source.has_changes else 0
        padding = round(PADDING * of_type)
        height = rows * scale + bar + metrics.height() * source.line_count
        return cls(
            image_width=columns * scale,
            image_height=rows * scale,
            width=max(columns * scale, text) + 2 * padding,
            height=height + 2 * padding + round(RING * of_type),
            line_height=metrics.height(),
            bar_height=bar,
            type_scale=of_type,
        )

    def image_rect(self, left: int, top: int) -> QRect:
        """Rectangle of the image in a tile with this corner."""
        x = left + (self.width - self.image_width) // 2
        top += round(PADDING * self.type_scale)
        return QRect(x, top, self.image_width, self.image_height)


def paint_change(
    painter: QPainter, box: QRectF, change: float, colours: theme.Colours
) -> None:
    """A bar from the middle: left and green for a decrease, right and red otherwise.

    An arrow at its end points down or up, so that colour is not the only sign.
    """
    fell = change < 0
    middle = box.center()
    end = middle.x() + change * (box.width() / 2 - grown(painter, tokens.space("xs")))
    rgb = theme.colour(colours.right if fell else colours.wrong)
    bar = QRectF(
        min(middle.x(), end),
        box.y() + grown(painter, tokens.space("hair")),
        abs(end - middle.x()),
        grown(painter, tokens.space("xs")),
    )
    painter.fillRect(bar, rgb)
    painter.fillRect(
        QRectF(middle.x() - 0.5, box.y(), 1, box.height()), theme.colour(colours.ink3)
    )
    if change == 0:
        return
    tip, base = (box.bottom(), box.y()) if fell else (box.y(), box.bottom())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(rgb)
    corners = [
        QPointF(end - grown(painter, tokens.space("xs")), base),
        QPointF(end + grown(painter, tokens.space("xs")), base),
        QPointF(end, tip),
    ]
    painter.drawPolygon(QPolygonF(corners))


def mark_side(line_height: float) -> float:
    """Width and height of the mark beside a line."""
    return round(line_height * 0.8)


class TilePainter:
    """Paints tiles of one size and font; keeps laid out texts and marks for reuse."""

    def __init__(
        self, size: TileSize, font: QFont, pixel_ratio: float, *, dark: bool
    ) -> None:
        self.size = size
        self.made_for = (size, font, pixel_ratio, in_force(dark=dark))
        self._font = font
        self._strong = role_font(font, "label", strong=True)
        self._texts: dict[tuple[str, bool], tuple[QStaticText, float]] = {}
        self._faint = theme.colour(theme.colours(dark=dark).ink2)
        self._side = mark_side(size.line_height)
        self._marks = {
            right: mark_pixmap(self._side, right=right, dark=dark)
            for right in (True, False)
        }

    def paint(
        self, painter: QPainter, tile: Tile, corner: QRect, palette: QPalette
    ) -> None:
        """Paint everything of a tile but its image; `corner` is that of the tile."""
        image = self.size.image_rect(corner.x(), corner.y())
        scale = self.size.type_scale
        painter.setFont(self._font)
        top = image.bottom() + 1 + round(RING * scale)
        if tile.change is not None:
            padding = round(PADDING * scale)
            width = corner.width() - 2 * padding
            box = QRectF(corner.x() + padding, top + 1, width, BAR_HEIGHT * scale)
            colours = theme.colours(dark=theme.is_dark(palette))
            paint_change(painter, box, tile.change, colours)
        top += self.size.bar_height
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        for number, line in enumerate(tile.lines):
            first = number == 0
            text, text_width = self._laid_out(line, strong=first)
            mark = (
                self._side + MARK_GAP * scale
                if first and tile.right is not None
                else 0.0
            )
            left = corner.x() + (corner.width() - text_width - mark) / 2
            y = top + number * self.size.line_height
            if mark and tile.right is not None:
                middle = y + (self.size.line_height - self._side) / 2
                painter.drawPixmap(QPointF(left, middle), self._marks[tile.right])
            painter.setFont(self._strong if first else self._font)
            painter.drawStaticText(QPointF(left + mark, y), text)
            painter.setPen(self._faint)

    def _laid_out(self, line: str, *, strong: bool) -> tuple[QStaticText, float]:
        found = self._texts.get((line, strong))
        if found is None:
            room = self.size.width - round(tokens.space("hair") * self.size.type_scale)
            font = self._strong if strong else self._font
            metrics = QFontMetrics(font)
            elided = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
            text = QStaticText(elided)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.prepare(QTransform(), font)
            if len(self._texts) > MOST_TEXTS:
                self._texts.clear()
            found = self._texts[line, strong] = text, text.size().width()
        return found


def mark_pixmap(side: float, *, right: bool, dark: bool) -> QPixmap:
    """A tick or a cross: the shape is enough without the colour."""
    colours = theme.colours(dark=dark)
    rgb = colours.right if right else colours.wrong
    return icons.pixmap(tokens.icon_name("action", _MARKS[right]), rgb, side)


def paint_frame(painter: QPainter, image: QRect, colours: theme.Colours) -> None:
    """The ring around the image of the example that the network shows."""
    width = grown(painter, tokens.size("selection_ring"))
    apart = grown(painter, RING)
    ring = QRectF(image).adjusted(-apart, -apart, apart, apart)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(colours.selection), width))
    painter.drawRoundedRect(ring, tokens.radius("small"), tokens.radius("small"))
    painter.restore()
