"""Examples over two units as axes, or three that can be turned with the mouse."""

from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from gui.panels.playground.hidden_points import (
    HiddenPoints,
    HiddenRequest,
    Places,
    Turn,
    finite_ends,
    run_to_layer,
    spanned,
)
from gui.panels.playground.job_canvas import JobCanvas
from gui.runtime.worker import Same
from gui.style import number_format, theme
from gui.style.colours import class_colour

POINT: Final = 5.0
_CORNERS: Final = np.array(
    [[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], np.float64
)
_EDGES: Final = tuple(
    (a, b)
    for a in range(8)
    for b in range(a + 1, 8)
    if np.abs(_CORNERS[a] - _CORNERS[b]).sum() == 1
)


class HiddenCanvas(JobCanvas):
    """Draws a request; the network is evaluated in another thread."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Examples in the hidden space", parent)
        self.setMinimumSize(120, 110)
        self.points: HiddenPoints | None = None
        self.turn = Turn()
        self._requested: tuple[HiddenRequest, bool] | None = None
        self._dragged_from: QPointF | None = None

    def show_request(self, request: HiddenRequest | None, *, playing: bool) -> None:
        """Show these examples."""
        self._requested = None if request is None else (request, playing)
        if request is None:
            self.points = None
            self.update()
        self.ask_if_seen()

    def ask(self) -> None:
        if self._requested is None:
            return
        request, playing = self._requested
        key = (
            Same(request.params),
            Same(request.inputs),
            request.spec,
            request.layer,
            request.units,
        )
        self.want(key, partial(run_to_layer, request), playing=playing)

    def take_result(self, result: object) -> None:
        assert isinstance(result, HiddenPoints)
        if (
            self._requested is not None
            and result.request.spec == self._requested[0].spec
        ):
            self.points = result
            self.update()

    @property
    def _names(self) -> tuple[str, ...]:
        """Names of the axes of the points that are shown."""
        if self.points is None:
            return ()
        return self.points.request.names

    def _area(self) -> QRectF:
        metrics = QFontMetricsF(theme.figures_font(self.font()))
        below = metrics.height() + 4
        return QRectF(10, 6, self.width() - 20, self.height() - below - 12)

    def paint(self, painter: QPainter, *, dark: bool) -> None:
        points = self.points
        if points is None or len(points.places) == 0:
            return
        painter.setFont(theme.figures_font(self.font()))
        faint = theme.colour(theme.colours(dark=dark).ink3)
        low, high = spanned(points.places)
        with np.errstate(all="ignore"):
            share = (points.places - low) / (high - low)
        if points.places.shape[1] == 2:
            self._paint_frame(painter, faint)
            self._paint_points(painter, points, self._flat(share))
        else:
            self._paint_cube(painter, faint)
            self._paint_points(painter, points, self._solid(share))

    def _flat(self, share: Places) -> Places:
        area = self._area()
        x = area.x() + share[:, 0] * area.width()
        return np.stack([x, area.bottom() - share[:, 1] * area.height()], axis=1)

    def _solid(self, share: Places) -> Places:
        """Coordinates in a cube as pixels; the cube turns about its centre."""
        area = self._area()
        with np.errstate(all="ignore"):
            seen = self.turn.look(2 * share - 1)
        scale = min(area.width(), area.height()) / 2 / np.sqrt(3) * 1.15
        x = area.center().x() + scale * seen[:, 0]
        return np.stack([x, area.center().y() - scale * seen[:, 1]], axis=1)

    def _paint_points(
        self, painter: QPainter, points: HiddenPoints, places: Places
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        labels = points.request.labels
        dark = theme.is_dark(self.palette())
        good = np.isfinite(places).all(axis=1)
        for label in np.unique(labels).tolist():
            chosen = places[(labels == label) & good].tolist()
            rgb = class_colour(max(label, 0), dark=dark)
            pen = QPen(theme.colour(rgb, 215), POINT)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoints(QPolygonF([QPointF(*place) for place in chosen]))

    @property
    def range_text(self) -> str:
        """The smallest and largest value over each axis, as they are."""
        if self.points is None:
            return ""
        low, high = finite_ends(self.points.places)
        across, up = (
            f"{name}: {number_format.short(a)} to {number_format.short(b)}"
            for name, a, b in zip(self._names, low, high, strict=True)
        )
        text = f"\N{RIGHTWARDS ARROW} {across}, \N{UPWARDS ARROW} {up}"
        n_bad = int(np.sum(~np.isfinite(self.points.places).all(axis=1)))
        return f"{text}; {number_format.count(n_bad)} not finite" if n_bad else text

    def _paint_frame(self, painter: QPainter, faint: QColor) -> None:
        area = self._area()
        painter.setPen(QPen(faint, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)
        height = QFontMetricsF(painter.font()).height()
        box = QRectF(area.x(), area.bottom() + 4, area.width(), height)
        right = self.range_text
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(right, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, text)

    def _paint_cube(self, painter: QPainter, faint: QColor) -> None:
        corners = [QPointF(*place) for place in self._solid(_CORNERS).tolist()]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        line = QColor(faint)
        line.setAlpha(110)
        painter.setPen(QPen(line, 1))
        for a, b in _EDGES:
            painter.drawLine(QLineF(corners[a], corners[b]))
        painter.setPen(faint)
        height = QFontMetricsF(painter.font()).height()
        # The ends of the three edges from the corner of the smallest coordinates.
        for name, corner in zip(self._names, (4, 2, 1), strict=True):
            at = corners[corner]
            box = QRectF(at.x() - 60, at.y() - height / 2, 120, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None:
            by = event.position() - self._dragged_from
            self._dragged_from = event.position()
            self.turn = self.turn.turned(by.x() / 100, by.y() / 100)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self._dragged_from = None
