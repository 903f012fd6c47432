"""Requested changes of a layer's activations: an arrow for each unit, up for more."""

from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from core.arrays import FloatArray
from core.values.parameter import Unit
from core.values.words import tr
from gui.style import theme, tokens
from gui.style.checked_numbers import exponent_for, significant
from gui.style.lengths import grown
from gui.style.notation import unit_number
from gui.style.number_format import MINUS, exponent_text, full, short
from gui.style.picture_pass import fill_ground
from gui.style.signed_scale import largest_size, round_up
from gui.widgets.accessible.parts import LazyParts, Part, Role
from gui.widgets.tooltip_picture import TooltipPicture

_HEAD: Final = tokens.fine_length("arrow_strip.head")
_MARGIN: Final = float(tokens.space("close"))
_NARROW: Final = 5.0
"""An arrow with less room than this has no head."""


class ArrowStrip(TooltipPicture):
    """Signals: unit_clicked, with the Unit of the arrow."""

    unit_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._requests: FloatArray = np.zeros(0, np.float32)
        self._layer = 0
        self._marked: int | None = None
        self.setAccessibleName(tr("What is asked of the units"))
        self.setFont(theme.figures_font(self.font()))

    @property
    def requests(self) -> FloatArray:
        """(units,) requested changes."""
        return self._requests

    def show_requests(
        self, requests: FloatArray, layer: int, marked: int | None
    ) -> None:
        """Show an arrow for each unit of a layer, one of them marked."""
        self._requests, self._layer, self._marked = requests, layer, marked
        self.update()

    def described(self) -> Part:
        """The arrows in words."""
        arrows = LazyParts(len(self._requests), self._described_arrow)
        chosen = () if self._marked is None else (self._marked,)
        return Part(self.accessibleName(), "", Role.Graphic, None, arrows, chosen)

    def _described_arrow(self, unit: int) -> Part:
        return Part(self.tip_of(unit), "", Role.ListItem)

    def tip_of(self, unit: int) -> str:
        """The requested change of a unit."""
        number = unit_number(unit)
        return tr(
            "unit {number} is asked to change by {request}",
            number=number,
            request=full(float(self._requests[unit])),
        )

    def place_of(self, unit: int) -> QPointF:
        """The foot of an arrow, on the line of no change."""
        area = self._area()
        return QPointF(
            area.left() + (unit + 0.5) * area.width() / len(self._requests),
            area.center().y(),
        )

    def _area(self) -> QRectF:
        around = grown(self, _MARGIN)
        left = around + self._scale_width()
        return QRectF(self.rect()).adjusted(left, around, -around, -around)

    def _scale_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(f"{MINUS}0.008{exponent_text(-33)}")

    def _unit_at(self, x: float) -> int | None:
        area = self._area()
        if not len(self._requests) or not area.left() <= x < area.right():
            return None
        unit = int((x - area.left()) / area.width() * len(self._requests))
        return min(unit, len(self._requests) - 1)

    def _paint_arrow(self, painter: QPainter, unit: int, share: float) -> None:
        foot = self.place_of(unit)
        step = self._area().width() / len(self._requests)
        thick = max(
            1.0, min(grown(self, tokens.fine_length("arrow_strip.thickest")), step / 3)
        )
        if not np.isfinite(share):
            painter.setPen(QPen(theme.colour(theme.colours_of(self).not_finite), thick))
            painter.drawPoint(foot)
            return
        colour = theme.colour(
            theme.colours_of(self).positive
            if share >= 0
            else theme.colours_of(self).negative
        )
        tip = QPointF(foot.x(), foot.y() - share * self._area().height() / 2)
        head = min(grown(self, _HEAD), step / 2, abs(tip.y() - foot.y()))
        back = tip.y() + head * (1 if share >= 0 else -1)
        painter.setPen(
            QPen(colour, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        )
        painter.drawLine(QLineF(foot, QPointF(foot.x(), back)))
        if head >= 2:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            left, right = QPointF(tip.x() - head, back), QPointF(tip.x() + head, back)
            painter.drawPolygon(QPolygonF([tip, left, right]))

    def _paint_lines(self, painter: QPainter, limit: float) -> None:
        """Too many arrows for heads: all of one colour are drawn at once."""
        area = self._area()
        half, y = area.height() / 2, area.center().y()
        step = area.width() / len(self._requests)
        for colour, chosen in (
            (theme.colours_of(self).positive, self._requests > 0),
            (theme.colours_of(self).negative, self._requests < 0),
            (theme.colours_of(self).not_finite, ~np.isfinite(self._requests)),
        ):
            lines = []
            for unit in np.flatnonzero(chosen):
                x, request = (
                    area.left() + (unit + 0.5) * step,
                    float(self._requests[unit]),
                )
                share = request / limit if np.isfinite(request) else 1.0
                lines.append(QLineF(x, y, x, y - share * half))
            painter.setPen(QPen(theme.colour(colour), 1))
            painter.drawLines(lines)

    def tip_at(self, point: QPointF) -> str:
        """The requested change of the unit at that place."""
        unit = self._unit_at(point.x())
        return "" if unit is None else self.tip_of(unit)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        unit = self._unit_at(event.position().x())
        if unit is not None and event.button() == Qt.MouseButton.LeftButton:
            self.unit_clicked.emit(Unit(self._layer, unit))

    def sizeHint(self) -> QSize:
        return QSize(*tokens.lengths("arrow_strip.wished"))

    def minimumSizeHint(self) -> QSize:
        return QSize(*tokens.lengths("arrow_strip.least"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            dark = theme.is_dark(self.palette())
            fill_ground(
                painter, self.rect(), theme.colour(theme.colours(dark=dark).plane)
            )
            if not len(self._requests):
                return
            area = self._area()
            limit = round_up(largest_size(self._requests))
            faint = theme.colour(theme.colours(dark=dark).ink3)
            if self._marked is not None:
                step = area.width() / len(self._requests)
                middle = self.place_of(self._marked).x()
                width = max(step, grown(self, tokens.space("thin")))
                column = QRectF(middle - width / 2, 0, width, self.height())
                painter.fillRect(
                    column, theme.colour(theme.colours_of(self).selection, 60)
                )
            self._paint_scale(painter, area, limit, dark=dark)
            painter.setPen(QPen(faint, 1))
            y = round(area.center().y()) + 0.5
            painter.drawLine(QLineF(area.left(), y, area.right(), y))
            if area.width() / len(self._requests) < _NARROW:
                self._paint_lines(painter, limit)
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for unit, request in enumerate(self._requests):
                self._paint_arrow(painter, unit, float(request) / limit)

    def _paint_scale(
        self, painter: QPainter, area: QRectF, limit: float, *, dark: bool
    ) -> None:
        """The value of an arrow of full length."""
        painter.setPen(theme.colour(theme.colours(dark=dark).ink3))
        exponent = exponent_for(limit)
        size = f"{short(limit / 10.0**exponent)}{exponent_text(exponent)}"
        box = QRectF(
            0,
            area.top() - grown(self, _MARGIN),
            area.left() - grown(self, tokens.space("xs")),
            area.height() + 2 * grown(self, _MARGIN),
        )
        right = Qt.AlignmentFlag.AlignRight
        painter.drawText(box, int(right | Qt.AlignmentFlag.AlignTop), f"+{size}")
        painter.drawText(
            box, int(right | Qt.AlignmentFlag.AlignVCenter), significant(0)
        )
        painter.drawText(
            box, int(right | Qt.AlignmentFlag.AlignBottom), f"{MINUS}{size}"
        )
