"""C over one parameter: the true curve, and the tangent at the parameter's value."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.network.numpy.number_lines import LineValues
from core.values.words import tr
from gui.panels.number_lines.lines import Curve
from gui.style import theme, tokens
from gui.style.checked_numbers import significant
from gui.style.lengths import grown
from gui.style.picture_pass import fill_ground
from gui.widgets.accessible.parts import Part, Role
from gui.widgets.plots.ranges import VALUE_BOUND, bounded_range, finite_range
from gui.widgets.plots.ticks import Tick, linear_ticks, ticks_that_fit

_FARTHEST = 1e4
_SYMBOL_GAP = float(tokens.space("s"))
_LEFT = tokens.fine_length("cost_curve.left")
_RIGHT, _TOP = float(tokens.space("m")), float(tokens.space("s"))


class CostCurve(QWidget):
    """Only paints; its owner computes.

    Signals:
        dragged: the parameter's value, and whether the mouse button was released.
        zoomed: +1 for a narrower and -1 for a wider range.
    """

    dragged = Signal(float, bool)
    zoomed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curve: Curve | None = None
        self._now: LineValues | None = None
        self._symbol = ""
        self._dragging = False
        self._widest: tuple[tuple[float, ...], float] = (), 0.0
        self.setFont(theme.figures_font(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setAccessibleName(tr("Cost over the parameter"))
        self.setToolTip(
            tr(
                "The true cost of the shown example over this parameter, and the "
                "tangent with the slope ∂C/∂w. Drag to change it, turn the wheel to "
                "change the range."
            )
        )

    def show_curve(self, curve: Curve, now: LineValues, symbol: str) -> None:
        self._curve, self._now, self._symbol = curve, now, symbol
        self.update()

    def described(self) -> Part:
        """The curve in words: the cost here, at both ends, and the slope."""
        curve, now, name = self._curve, self._now, self.accessibleName()
        if curve is None or now is None:
            return Part(name, role=Role.Graphic)
        ends = ((float(curve.values[k]), float(curve.costs[k])) for k in (0, -1))
        places = (
            (tr("here"), (now.value, now.cost)),
            *zip((tr("left end"), tr("right end")), ends, strict=True),
        )
        parts = tuple(
            Part(where, f"{self._symbol} = {significant(x)}, C = {significant(y)}")
            for where, (x, y) in places
        )
        return Part(name, slope_of(now), Role.Graphic, None, parts)

    @property
    def is_dragging(self) -> bool:
        return self._dragging

    def _plot(self) -> QRectF:
        metrics = QFontMetricsF(self.font())
        top, bottom = grown(self, _TOP), metrics.height() + grown(self, _TOP)
        height = self.height() - top - bottom
        left = max(grown(self, _LEFT), self._widest_label(height))
        return QRectF(left, top, self.width() - left - grown(self, _RIGHT), height)

    def _widest_label(self, height: float) -> float:
        """Room for the labels of the costs; kept, as each point asks for it."""
        if self._curve is None or self._now is None:
            return 0.0
        key = (*self._ranges()[2:], height)
        if key != self._widest[0]:
            metrics = QFontMetricsF(self.font())
            labels = [tick.label for tick in _height_ticks(*key)]
            widest = max(map(metrics.horizontalAdvance, labels), default=0.0)
            self._widest = (
                key,
                widest + grown(self, tokens.length("cost_curve.beside_label")),
            )
        return self._widest[1]

    def _ranges(self) -> tuple[float, float, float, float]:
        assert self._curve is not None
        assert self._now is not None
        low, high = finite_range([self._curve.costs, np.asarray([self._now.cost])])
        margin = 0.08 * (high - low) or max(0.05 * abs(high), 1e-3)
        heights = bounded_range(low - margin, high + margin, VALUE_BOUND)
        values = self._curve.values
        return float(values[0]), float(values[-1]), *(heights or (-1.0, 1.0))

    def place(self, value: float, cost: float) -> QPointF:
        """The position of a point of the curve."""
        left, right, low, high = self._ranges()
        plot = self._plot()
        across = _share(value, left, right)
        up = _share(cost, low, high)
        return QPointF(
            plot.left() + across * plot.width(), plot.bottom() - up * plot.height()
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            dark = theme.is_dark(self.palette())
            plot = self._plot()
            fill_ground(painter, plot, theme.colour(theme.colours(dark=dark).plane))
            if self._curve is None or self._now is None:
                return
            painter.setPen(theme.colour(theme.colours(dark=dark).ink3))
            self._paint_axes(painter, plot)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(
                plot.adjusted(
                    -grown(self, tokens.space("s")),
                    -grown(self, tokens.space("s")),
                    grown(self, tokens.space("s")),
                    grown(self, tokens.space("s")),
                )
            )
            ink = theme.colour(theme.colours(dark=dark).ink1)
            self._paint_curve(painter, self._curve, self._now, ink)

    def _paint_curve(
        self, painter: QPainter, curve: Curve, now: LineValues, ink: QColor
    ) -> None:
        points = [
            self.place(float(value), float(cost))
            for value, cost in zip(curve.values, curve.costs, strict=True)
            if np.isfinite(cost)
        ]
        painter.setPen(QPen(ink, grown(self, tokens.stroke("light"))))
        painter.drawPolyline(QPolygonF(points))
        if not np.isfinite(now.cost):
            return
        ends = [
            self.place(x, now.cost + now.gradient * (x - now.value))
            for x in self._tangent_ends(now)
        ]
        plot = self._plot()
        painter.save()
        painter.setClipRect(plot)
        painter.setPen(
            QPen(
                theme.colour(theme.colours_of(self).selection),
                grown(self, tokens.stroke("light")),
                Qt.PenStyle.DashLine,
            )
        )
        painter.drawLine(*ends)
        painter.restore()
        here = self.place(now.value, now.cost)
        painter.setPen(QPen(theme.colour(theme.colours_of(self).ink3), 1))
        painter.drawLine(here, QPointF(here.x(), plot.bottom()))
        painter.setPen(
            QPen(self.palette().window().color(), grown(self, tokens.stroke("light")))
        )
        painter.setBrush(theme.colour(theme.colours_of(self).selection))
        painter.drawEllipse(
            here, grown(self, tokens.dot("handle")), grown(self, tokens.dot("handle"))
        )
        self._paint_slope(painter, plot, now, ink)

    def _tangent_ends(self, now: LineValues) -> tuple[float, float]:
        """Where the tangent leaves the plot, or a little beyond it."""
        left, right, low, high = self._ranges()
        if now.gradient != 0 and math.isfinite(now.gradient):
            room = high - low
            reached = sorted(
                now.value + (end - now.cost) / now.gradient
                for end in (low - room, high + room)
            )
            left, right = max(left, reached[0]), min(right, reached[1])
        return left, right

    def _paint_slope(
        self, painter: QPainter, plot: QRectF, now: LineValues, ink: QColor
    ) -> None:
        text = slope_of(now)
        metrics = QFontMetricsF(self.font())
        pad = grown(self, tokens.space("xs"))
        width = min(metrics.horizontalAdvance(text) + 2 * pad, plot.width())
        # In the upper corner that the tangent does not cross.
        left = plot.left() if now.gradient > 0 else plot.right() - width
        area = QRectF(
            left,
            plot.top(),
            width,
            metrics.height() + grown(self, tokens.space("hair")),
        )
        dark = theme.is_dark(self.palette())
        painter.fillRect(area, theme.colour(theme.colours(dark=dark).plane, 200))
        painter.setPen(ink)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - pad)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_axes(self, painter: QPainter, plot: QRectF) -> None:
        left, right, low, high = self._ranges()
        metrics = QFontMetricsF(self.font())
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        symbol = metrics.horizontalAdvance(self._symbol)
        for tick in ticks_that_fit(
            left, right, plot.width(), metrics.horizontalAdvance
        ):
            x = self.place(tick.place, low).x()
            painter.drawLine(
                QPointF(x, plot.bottom()),
                QPointF(x, plot.bottom() + grown(self, tokens.space("thin"))),
            )
            width = metrics.horizontalAdvance(tick.label)
            x = min(x - width / 2, self.width() - width - 1)
            if x < symbol + grown(self, _SYMBOL_GAP):
                continue
            painter.drawText(
                QPointF(
                    x,
                    plot.bottom() + grown(self, tokens.space("xs")) + metrics.ascent(),
                ),
                tick.label,
            )
        for tick in _height_ticks(low, high, plot.height()):
            y = self.place(left, tick.place).y()
            width = metrics.horizontalAdvance(tick.label)
            place = QPointF(
                plot.left() - width - grown(self, tokens.space("tight")),
                y + metrics.ascent() / 2 - 1,
            )
            painter.drawText(place, tick.label)
        painter.drawText(
            QPointF(grown(self, tokens.space("hair")), plot.top() + metrics.ascent()),
            "C",
        )
        painter.drawText(
            QPointF(
                grown(self, tokens.space("hair")),
                plot.bottom() + grown(self, tokens.space("xs")) + metrics.ascent(),
            ),
            self._symbol,
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._curve is not None:
            self._dragging = True
            self._drag(event, done=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._drag(event, done=False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._dragging = False
            self._drag(event, done=True)

    def _drag(self, event: QMouseEvent, *, done: bool) -> None:
        if self._curve is None:
            return
        left, right, _, _ = self._ranges()
        plot = self._plot()
        share = (event.position().x() - plot.left()) / plot.width()
        self.dragged.emit(left + min(1.0, max(0.0, share)) * (right - left), done)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
        event.accept()

    def sizeHint(self) -> QSize:
        return QSize(*tokens.lengths("cost_curve.wished"))

    def minimumSizeHint(self) -> QSize:
        return QSize(*tokens.lengths("cost_curve.least"))


def slope_of(now: LineValues) -> str:
    """The slope of the tangent."""
    return tr("slope {gradient}", gradient=significant(now.gradient))


def _share(value: float, low: float, high: float) -> float:
    """0 at the low end to 1 at the high one; NaN stands at 0."""
    share = (value - low) / ((high - low) or 1.0)
    return max(-_FARTHEST, min(share, _FARTHEST)) if share == share else 0.0


def _height_ticks(low: float, high: float, height: float) -> tuple[Tick, ...]:
    return linear_ticks(low, high, max(2, int(height / 34)))
