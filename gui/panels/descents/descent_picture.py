"""The paths of full-batch and mini-batch descent, in a plane through their start."""

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.arrays import DoubleArray
from core.protocol.side_jobs.descents import DescentResult
from core.values.words import tr
from gui.panels.descents.gradient_arrows import BATCH, FULL
from gui.style import theme, tokens
from gui.style.contrast import name_colour
from gui.style.lengths import grown
from gui.style.number_format import counted, percent, short
from gui.style.picture_pass import fill_ground
from gui.widgets.accessible.parts import Part, Role

MARGIN: Final = float(tokens.space("l"))
MOST_STRETCH: Final = 100.0
_WIDEST: Final = 1e300
_FLAT: Final = 0.25
"""Flatter paths than this are stretched upwards, and the factor is shown."""


class DescentPicture(QWidget):
    """To the right the direction of full-batch descent, upwards what is across it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: DescentResult | None = None
        self.setFont(theme.figures_font(self.font()))
        self.setAccessibleName(tr("Paths of full-batch and mini-batch descent"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def result(self) -> DescentResult | None:
        return self._result

    def show_result(self, result: DescentResult | None) -> None:
        self._result = result
        self.update()

    def _extent(self, result: DescentResult) -> QRectF:
        points = np.concatenate([result.full, result.batch])
        points = points[np.isfinite(points).all(axis=1)]
        if not len(points):
            return QRectF()
        low, high = points.min(axis=0), points.max(axis=0)
        return QRectF(
            QPointF(float(low[0]), float(low[1])),
            QPointF(float(high[0]), float(high[1])),
        )

    def stretch(self) -> float:
        """How many times larger the vertical axis is drawn; 1 keeps the shape."""
        if self._result is None:
            return 1.0
        extent = self._extent(self._result)
        if extent.width() <= 0 or extent.height() >= _FLAT * extent.width():
            return 1.0
        target = _FLAT * extent.width() / max(extent.height(), 1e-12)
        return min(MOST_STRETCH, float(f"{target:.0e}"))

    def places(self, points: DoubleArray) -> list[QPointF]:
        """Where points of the plane are painted."""
        assert self._result is not None
        extent, stretch = self._extent(self._result), self.stretch()
        line = self.fontMetrics().height()
        room = QRectF(self.rect()).adjusted(
            grown(self, MARGIN),
            line + grown(self, tokens.space("s")),
            -grown(self, MARGIN),
            -2 * line - grown(self, tokens.space("row")),
        )
        width = min(max(extent.width(), 1e-12), _WIDEST)
        height = min(max(stretch * extent.height(), 1e-12), _WIDEST)
        scale = min(room.width() / width, room.height() / height)
        middle, centre = room.center(), extent.center()
        return [
            QPointF(
                middle.x() + scale * (float(x) - centre.x()),
                middle.y() - scale * stretch * (float(y) - centre.y()),
            )
            for x, y in points
            if np.isfinite(x) and np.isfinite(y)
        ]

    def axes_text(self) -> str:
        """What the axes show, and by how much one of them is stretched."""
        if self._result is None:
            return ""
        along, across = self._result.shares
        text = tr(
            "\N{RIGHTWARDS ARROW} along full-batch descent: {along}, "
            "\N{UPWARDS ARROW} most across it: {across} of the squared distances",
            along=percent(along, 0),
            across=percent(across, 0),
        )
        stretch = self.stretch()
        if stretch != 1:
            text += tr(", drawn {stretch} times as large", stretch=short(stretch))
        return text

    def described(self) -> Part:
        """The paths in words: where each ends, in the units of the weights."""
        result, name = self._result, self.accessibleName()
        if result is None:
            return Part(name, EMPTY, Role.Graphic)
        paths = zip(self._names(result), (result.full, result.batch), strict=True)
        parts = tuple(
            Part(text, _path_text(points), Role.Row) for (_, text), points in paths
        )
        return Part(name, self.axes_text(), Role.Graphic, None, parts)

    def _names(self, result: DescentResult) -> tuple[tuple[str, str], ...]:
        """The token and the name of each path."""
        return (FULL, tr("all examples")), (
            BATCH,
            tr("batches of {batch_size}", batch_size=result.batch_size),
        )

    def _paint_path(self, painter: QPainter, points: DoubleArray, ink: QColor) -> None:
        places = self.places(points)
        painter.setPen(QPen(ink, grown(self, tokens.stroke("line"))))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(places))
        painter.setBrush(ink)
        painter.setPen(Qt.PenStyle.NoPen)
        for place in places:
            painter.drawEllipse(
                place,
                grown(self, tokens.dot("small")),
                grown(self, tokens.dot("small")),
            )
        if places:
            painter.drawEllipse(
                places[-1],
                grown(self, tokens.dot("large")),
                grown(self, tokens.dot("large")),
            )

    def _paint_texts(self, painter: QPainter, result: DescentResult) -> None:
        colours = theme.colours_of(self)
        line = self.fontMetrics().height()
        left = grown(self, MARGIN)
        for token, text in self._names(result):
            painter.setPen(theme.colour(name_colour(colours.named(token), colours)))
            area = QRectF(left, grown(self, tokens.space("xs")), self.width(), line)
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft, text)
            left += self.fontMetrics().horizontalAdvance(text)
            left += grown(self, tokens.space("page"))
        painter.setPen(theme.colour(colours.ink3))
        area = QRectF(
            grown(self, MARGIN),
            self.height() - 2 * line - grown(self, tokens.space("xs")),
            self.width() - 2 * grown(self, MARGIN),
            2 * line,
        )
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        wrap = int(flags) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(area, wrap, self.axes_text())

    def minimumSizeHint(self) -> QSize:
        return QSize(*tokens.lengths("descent_picture.least"))

    def sizeHint(self) -> QSize:
        return QSize(*tokens.lengths("descent_picture.wished"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            colours = theme.colours_of(self)
            fill_ground(painter, self.rect(), theme.colour(colours.plane))
            result = self._result
            if result is None:
                painter.setPen(theme.colour(colours.ink3))
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                area = self.rect().adjusted(
                    grown(self, tokens.space("l")),
                    grown(self, tokens.space("s")),
                    -grown(self, tokens.space("l")),
                    -grown(self, tokens.space("s")),
                )
                painter.drawText(area, int(flags), EMPTY)
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_path(painter, result.batch, theme.colour(colours.named(BATCH)))
            self._paint_path(painter, result.full, theme.colour(colours.named(FULL)))
            painter.setPen(
                QPen(theme.colour(colours.ink1), grown(self, tokens.stroke("line")))
            )
            painter.setBrush(theme.colour(colours.plane))
            for start in self.places(result.full[:1]):
                painter.drawEllipse(
                    start,
                    grown(self, tokens.dot("end")),
                    grown(self, tokens.dot("end")),
                )
            self._paint_texts(painter, result)


EMPTY: Final = tr(
    "Descend from the current weights twice: by the gradient of all examples (steady "
    "but slow), and batch by batch (fast but noisy)"
)


def _path_text(points: DoubleArray) -> str:
    """How long a path is and where it ends; one that has no points ends nowhere."""
    if not len(points):
        return tr("no step")
    return tr(
        "{steps}, ends at ({point}, {points_point})",
        steps=counted(len(points) - 1, "step"),
        point=short(float(points[-1, 0])),
        points_point=short(float(points[-1, 1])),
    )
