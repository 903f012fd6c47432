"""Two gradients as arrows: that of all examples to the right, the batch's beside it."""

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.protocol.side_jobs.descents import GradientAngle
from gui.style import theme

FULL: Final = "curve_train"
BATCH: Final = "curve_test"
_HEAD: Final = 8.0


def paint_arrow(painter: QPainter, start: QPointF, end: QPointF, ink: QColor) -> None:
    """A shaft and a head, which is left out where the shaft is shorter."""
    painter.setPen(QPen(ink, 2.5))
    painter.drawLine(start, end)
    way = end - start
    length = math.hypot(way.x(), way.y())
    if length < _HEAD:
        return
    along = way / length
    across = QPointF(-along.y(), along.x())
    base = end - along * _HEAD
    head = [end, base + across * 0.5 * _HEAD, base - across * 0.5 * _HEAD]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF(head))


class GradientArrows(QWidget):
    """Lengths and angle are true; the side on which the angle opens is arbitrary."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compared: GradientAngle | None = None
        self.setAccessibleName("Gradient of all examples and of the batch")
        self.setFont(theme.figures_font(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_compared(self, compared: GradientAngle | None) -> None:
        self._compared = compared
        self.update()

    def ends(self) -> tuple[QPointF, QPointF, QPointF] | None:
        """Start, tip of the full gradient, tip of the batch's."""
        compared = self._compared
        if compared is None or not math.isfinite(compared.cosine):
            return None
        angle = math.acos(max(-1.0, min(1.0, compared.cosine)))
        longest = max(compared.full_norm, compared.batch_norm)
        if not (math.isfinite(longest) and longest > 0):
            return None
        full = QPointF(compared.full_norm / longest, 0)
        size = compared.batch_norm / longest
        batch = QPointF(size * math.cos(angle), -size * math.sin(angle))
        return self._fitted(full, batch)

    def _fitted(
        self, full: QPointF, batch: QPointF
    ) -> tuple[QPointF, QPointF, QPointF]:
        left = min(0.0, batch.x())
        right = max(full.x(), batch.x())
        tall = max(-batch.y(), 0.05)
        below = 2 * self.fontMetrics().height() + 6
        room = QRectF(self.rect()).adjusted(12, 12, -12, -12 - below)
        scale = min(room.width() / (right - left), room.height() / tall)
        start = QPointF(
            room.center().x() - scale * (left + right) / 2,
            room.center().y() + scale * tall / 2,
        )
        return start, start + full * scale, start + batch * scale

    def minimumSizeHint(self) -> QSize:
        return QSize(110, 90)

    def sizeHint(self) -> QSize:
        return QSize(170, 150)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            colours = theme.colours_of(self)
            painter.fillRect(self.rect(), theme.colour(colours.plane))
            ends = self.ends()
            if ends is None:
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            start, full, batch = ends
            paint_arrow(painter, start, full, theme.colour(colours.named(FULL)))
            paint_arrow(painter, start, batch, theme.colour(colours.named(BATCH)))
            height = self.fontMetrics().height()
            names = ((FULL, "all examples"), (BATCH, "this batch"))
            for line, (token, text) in enumerate(names, start=1):
                painter.setPen(theme.colour(colours.named(token)))
                top = self.height() - line * height - 4
                area = QRectF(8, top, self.width() - 8, height)
                painter.drawText(area, Qt.AlignmentFlag.AlignLeft, text)
