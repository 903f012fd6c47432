"""A small plot of a function: axes with a few numbers, a curve, a mark."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.arrays import DoubleArray
from core.values.words import tr
from gui.style import theme, tokens
from gui.style.lengths import grown
from gui.style.number_format import grouped, short
from gui.style.picture_pass import fill_ground
from gui.widgets.accessible.parts import Part, Role

Range = tuple[float, float]
_FARTHEST: Final = 1e3
"""Heights of the plot, beyond which nothing is drawn."""


@dataclass(frozen=True, slots=True, eq=False)
class FunctionPlot:
    """The contents of the plot.

    Attributes:
        x: (n,) rising.
        y: (n,) finite values; values outside `heights` are clipped.
        heights: lowest and highest shown value.
        x_title: below the axis.
        mark: an x that is marked, or None.
        mark_height: its y; None is on the curve.
        x_ticks: numbers along the axis.
        y_ticks: numbers beside it.
    """

    x: DoubleArray
    y: DoubleArray
    heights: Range
    x_title: str
    x_ticks: tuple[float, ...]
    y_ticks: tuple[float, ...]
    mark: float | None = None
    mark_height: float | None = None


def _share(value: float, low: float, high: float) -> float:
    """0 at the low end to 1 at the high one; far outside it goes no farther."""
    with np.errstate(all="ignore"):
        share = np.float64(value / 2 - low / 2) / ((high / 2 - low / 2) or 1.0)
    return float(np.clip(np.nan_to_num(share), -_FARTHEST, _FARTHEST))


class FunctionCurve(QWidget):
    """Paints a FunctionPlot in the plane's colours."""

    def __init__(self, parent: QWidget | None = None, *, height: int = 96) -> None:
        super().__init__(parent)
        self._plot: FunctionPlot | None = None
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def plot(self) -> FunctionPlot | None:
        """The current plot."""
        return self._plot

    def show_plot(self, plot: FunctionPlot) -> None:
        self._plot = plot
        self.update()

    def described(self) -> Part:
        """The plot in words: the axis, and values along it."""
        plot = self._plot
        if plot is None:
            return Part(self.accessibleName(), role=Role.Graphic)
        xs = sorted({*plot.x_ticks, *(() if plot.mark is None else (plot.mark,))})
        points = tuple(
            Part(
                f"{plot.x_title} {grouped(x)}".strip(),
                short(float(np.interp(x, plot.x, plot.y))),
                Role.Cell,
            )
            for x in xs
        )
        name = self.accessibleName() or tr("Function")
        return Part(name, plot.x_title, Role.Graphic, None, points)

    def area(self) -> QRectF:
        """Rectangle of the curve, inside the axes' numbers."""
        metrics = self.fontMetrics()
        ticks = self._plot.y_ticks if self._plot is not None else ()
        left = (
            max((metrics.horizontalAdvance(grouped(t)) for t in ticks), default=0)
            + metrics.averageCharWidth()
        )
        below = 2 * metrics.height() + grown(self, tokens.space("hair"))
        top = metrics.height() / 2
        return QRectF(
            left,
            top,
            self.width() - left - grown(self, tokens.space("s")),
            self.height() - top - below,
        )

    def place(self, x: float, y: float) -> QPointF:
        """Position of a point of the plot."""
        plot, area = self._plot, self.area()
        if plot is None:
            return area.bottomLeft()
        low, high = plot.heights
        first, last = float(plot.x[0]), float(plot.x[-1])
        across = _share(x, first, last)
        up = _share(y, low, high)
        return QPointF(
            area.left() + across * area.width(), area.bottom() - up * area.height()
        )

    def _paint(self, painter: QPainter, plot: FunctionPlot) -> None:
        dark = theme.is_dark(self.palette())
        area = self.area()
        fill_ground(painter, area, theme.colour(theme.colours(dark=dark).plane))
        self._paint_ticks(painter, plot, area, dark=dark)
        painter.save()
        painter.setClipRect(area.adjusted(0, -1, 0, 1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(
            theme.colour(theme.colours_of(self).curve_train),
            grown(self, tokens.stroke("line")),
        )
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        path = QPainterPath()
        points = (self.place(*p) for p in zip(plot.x, plot.y, strict=True))
        path.addPolygon(QPolygonF(list(points)))
        painter.drawPath(path)
        painter.restore()
        if plot.mark is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(theme.colours_of(self).selection))
            height = plot.mark_height
            if height is None:
                height = float(np.interp(plot.mark, plot.x, plot.y))
            painter.drawEllipse(
                self.place(plot.mark, height),
                grown(self, tokens.dot("mark")),
                grown(self, tokens.dot("mark")),
            )

    def _paint_ticks(
        self, painter: QPainter, plot: FunctionPlot, area: QRectF, *, dark: bool
    ) -> None:
        metrics = self.fontMetrics()
        faint = theme.colour(theme.colours(dark=dark).ink3)
        line = QPen(theme.colour(theme.colours(dark=dark).ink3, 70))
        line.setCosmetic(True)
        flags = Qt.AlignmentFlag
        for tick in plot.y_ticks:
            y = self.place(float(plot.x[0]), tick).y()
            painter.setPen(line)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(faint)
            box = QRectF(
                0,
                y - metrics.height() / 2,
                area.left() - grown(self, tokens.space("xs")),
                metrics.height(),
            )
            painter.drawText(box, flags.AlignRight | flags.AlignVCenter, grouped(tick))
        for tick in plot.x_ticks:
            x = self.place(tick, plot.heights[0]).x()
            painter.setPen(line)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(faint)
            width = metrics.horizontalAdvance(grouped(tick)) + grown(
                self, tokens.space("hair")
            )
            left = min(max(0.0, x - width / 2), self.width() - width)
            box = QRectF(
                left,
                area.bottom() + grown(self, tokens.space("hair")),
                width,
                metrics.height(),
            )
            painter.drawText(box, flags.AlignCenter, grouped(tick))
        below = QRectF(
            0, area.bottom() + metrics.height() + 1, self.width(), metrics.height()
        )
        title = metrics.elidedText(
            plot.x_title, Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(below, flags.AlignCenter, title)

    def sizeHint(self) -> QSize:
        return QSize(
            tokens.length("function_curve.width"),
            self._height + 2 * self.fontMetrics().height(),
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(
            tokens.length("function_curve.least_width"), self.sizeHint().height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._plot is None:
            return
        with QPainter(self) as painter:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            self._paint(painter, self._plot)
