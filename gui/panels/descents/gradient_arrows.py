"""Two gradients as arrows: that of all examples to the right, the batch's beside it."""

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.protocol.side_jobs.descents import GradientAngle
from core.values.words import tr
from gui.style import theme, tokens
from gui.style.checked_numbers import significant
from gui.style.contrast import name_colour
from gui.style.lengths import grown
from gui.style.number_format import count, plain
from gui.style.picture_pass import fill_ground
from gui.widgets.accessible.parts import Part, Role, texts

FULL: Final = "curve_train"
BATCH: Final = "curve_test"
_HEAD: Final = float(tokens.space("s"))
_ARC: Final = tokens.fine_length("gradient_arrows.arc")
_AROUND: Final = float(tokens.space("l"))
_SHARE_OF_NAMES: Final = 0.45
"""Of the width, beyond which names stand below the arrows."""
_BESIDE: Final = float(tokens.space("row"))


def paint_arrow(painter: QPainter, start: QPointF, end: QPointF, ink: QColor) -> None:
    """A shaft and a head, which is left out where the shaft is shorter."""
    painter.setPen(QPen(ink, grown(painter, tokens.stroke("curve"))))
    painter.drawLine(start, end)
    way = end - start
    length = math.hypot(way.x(), way.y())
    deep = grown(painter, _HEAD)
    if length < deep:
        return
    along = way / length
    across = QPointF(-along.y(), along.x())
    base = end - along * deep
    head = [end, base + across * 0.5 * deep, base - across * 0.5 * deep]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF(head))


class GradientArrows(QWidget):
    """Lengths and angle are true; the side on which the angle opens is arbitrary."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compared: GradientAngle | None = None
        self.setAccessibleName(tr("Gradient of all examples and of the batch"))
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

    def names(self) -> tuple[str, str]:
        """What stands at the tips: of all examples, and of the batch."""
        compared = self._compared
        if compared is None:
            return "", ""
        return (
            tr(
                "all {examples}: {full_norm}",
                examples=count(compared.examples),
                full_norm=significant(compared.full_norm, 3),
            ),
            tr(
                "this batch of {batch}: {batch_norm}",
                batch=count(compared.batch),
                batch_norm=significant(compared.batch_norm, 3),
            ),
        )

    def described(self) -> Part:
        """Both arrows in words, and the angle between them."""
        name = self.accessibleName()
        if self._compared is None:
            return Part(name, tr("no gradients yet"), Role.Graphic)
        angle = tr("angle {angle}", angle=_angle_text(self._compared))
        return Part(name, angle, Role.Graphic, None, texts(*self.names()))

    def _fitted(
        self, full: QPointF, batch: QPointF
    ) -> tuple[QPointF, QPointF, QPointF]:
        """As large as the names beside the tips allow."""
        left = min(0.0, batch.x())
        right = max(full.x(), batch.x())
        tall = max(-batch.y(), 0.05)
        metrics = self.fontMetrics()
        beside, below = self._widest_name(), 1.5 * metrics.height()
        if self._is_narrow:
            beside, below = 0, 2.5 * metrics.height()
        around = grown(self, _AROUND)
        room = QRectF(self.rect()).adjusted(
            around, metrics.height(), -around - beside, -below
        )
        least = grown(self, tokens.space("wide"))
        width, height = max(least, room.width()), max(least, room.height())
        scale = min(width / (right - left), height / tall)
        start = QPointF(
            room.left() + (width - scale * (left + right)) / 2,
            room.top() + (height + scale * tall) / 2,
        )
        return start, start + full * scale, start + batch * scale

    def _widest_name(self) -> int:
        return max(map(self.fontMetrics().horizontalAdvance, self.names()))

    @property
    def _is_narrow(self) -> bool:
        """Whether names beside the tips would lie over the arrows."""
        return self._widest_name() > _SHARE_OF_NAMES * self.width()

    def minimumSizeHint(self) -> QSize:
        return QSize(*tokens.lengths("gradient_arrows.least"))

    def sizeHint(self) -> QSize:
        return QSize(*tokens.lengths("gradient_arrows.wished"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            colours = theme.colours_of(self)
            fill_ground(painter, self.rect(), theme.colour(colours.plane))
            ends = self.ends()
            if ends is None:
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            start, full, batch = ends
            paint_arrow(painter, start, full, theme.colour(colours.named(FULL)))
            paint_arrow(painter, start, batch, theme.colour(colours.named(BATCH)))
            self._paint_angle(painter, start)
            for token, text, at in self._written():
                rgb = name_colour(colours.named(token), colours)
                painter.setPen(theme.colour(rgb))
                painter.drawText(at, text)

    def _written(self) -> list[tuple[str, str, QPointF]]:
        """Each name: of which arrow it is, its text, and where it begins."""
        ends = self.ends()
        if ends is None:
            return []
        _, full, batch = ends
        written = []
        places = self._places({FULL: full, BATCH: batch})
        for (token, at), text in zip(places.items(), self.names(), strict=True):
            room = self.width() - at.x()
            has_room = self.fontMetrics().horizontalAdvance(text) <= room
            written.append((token, text if has_room else self._short_name(token), at))
        return written

    def name_boxes(self) -> list[QRectF]:
        """The boxes of the letters of the names."""
        metrics = QFontMetricsF(self.font())
        return [
            metrics.boundingRect(text).translated(at) for _, text, at in self._written()
        ]

    def _short_name(self, token: str) -> str:
        compared = self._compared
        assert compared is not None
        if token == FULL:
            return tr("all: {norm}", norm=significant(compared.full_norm, 3))
        return tr("batch: {norm}", norm=significant(compared.batch_norm, 3))

    def _places(self, tips: dict[str, QPointF]) -> dict[str, QPointF]:
        """Where each name begins: beside its tip, or where there is no room below."""
        metrics = self.fontMetrics()
        if self._is_narrow:
            lowest = (
                self.height() - metrics.descent() - grown(self, tokens.space("hair"))
            )
            lines = (lowest - metrics.height(), lowest)
            return {
                token: QPointF(grown(self, tokens.space("hair")), y)
                for token, y in zip(tips, lines, strict=True)
            }
        full, batch = tips.values()
        places = {}
        for (token, tip), text in zip(tips.items(), self.names(), strict=True):
            at = tip + QPointF(grown(self, _BESIDE), metrics.ascent() / 2 - 1)
            if token == FULL and abs(batch.y() - full.y()) < metrics.height():
                # Not on each other where the two go the same way.
                at += QPointF(0, metrics.height())
            if token == BATCH and tip.x() < full.x() - metrics.height():
                # Above the tip of an arrow that goes back, and not across its shaft.
                at -= QPointF(0, metrics.height() / 2)
            right = self.width() - grown(self, tokens.space("hair"))
            widest = right - metrics.horizontalAdvance(text)
            places[token] = QPointF(min(at.x(), widest), at.y())
        return places

    def _paint_angle(self, painter: QPainter, start: QPointF) -> None:
        """A thin arc between the two, with its degrees."""
        compared = self._compared
        assert compared is not None
        painter.setPen(QPen(theme.colour(theme.colours_of(self).ink3), 1))
        arc = grown(self, _ARC)
        box = QRectF(0, 0, 2 * arc, 2 * arc)
        box.moveCenter(start)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(box, 0, round(16 * compared.degrees))
        half = math.radians(compared.degrees / 2)
        way = QPointF(math.cos(half), -math.sin(half)) * (
            arc + grown(self, tokens.space("close"))
        )
        painter.setPen(theme.colour(theme.colours_of(self).ink2))
        painter.drawText(start + way, _angle_text(compared))


def _angle_text(compared: GradientAngle) -> str:
    return f"{plain(compared.degrees, 0)}\N{DEGREE SIGN}"
