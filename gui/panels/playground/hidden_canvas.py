"""Examples over two units as axes, or three that can be turned with the mouse."""

from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
)
from PySide6.QtWidgets import QWidget

from core.data.points.load import CLASS_NAMES
from core.values.words import tr
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
from gui.style import number_format, theme, tokens
from gui.style.colours import class_colour
from gui.style.lengths import grown
from gui.style.marks import class_mark
from gui.style.number_format import counted
from gui.widgets.accessible.parts import AND, Part, Role
from gui.widgets.focus.key_policy import is_plain

POINT: Final = tokens.fine_length("hidden_canvas.point")
_CORNERS: Final = np.array(
    [[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], np.float64
)
_EDGES: Final = tuple(
    (a, b)
    for a in range(8)
    for b in range(a + 1, 8)
    if np.abs(_CORNERS[a] - _CORNERS[b]).sum() == 1
)
_TURNS: Final = {
    Qt.Key.Key_Left: (-0.1, 0.0),
    Qt.Key.Key_Right: (0.1, 0.0),
    Qt.Key.Key_Up: (0.0, -0.1),
    Qt.Key.Key_Down: (0.0, 0.1),
}
"""Radians, as by dragging ten pixels."""


class HiddenCanvas(JobCanvas):
    """Draws a request; the network is evaluated in another thread."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Examples in the hidden space"), parent)
        self.setMinimumSize(*tokens.lengths("hidden_canvas.least"))
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
            turns = len(self._names) == 3
            policy = Qt.FocusPolicy.TabFocus if turns else Qt.FocusPolicy.NoFocus
            self.setFocusPolicy(policy)
            self.update()

    def described(self) -> Part:
        """The points in words: how many of which class, and their axes."""
        points, name = self.points, self.accessibleName()
        if points is None:
            return Part(name, role=Role.Graphic)
        axes = self.range_text or AND.join(self._names)
        labels, counts = np.unique(points.request.labels, return_counts=True)
        parts = tuple(
            Part(
                tr("class {class_name}", class_name=CLASS_NAMES[max(label, 0)]),
                counted(number, "example"),
            )
            for label, number in zip(labels.tolist(), counts.tolist(), strict=True)
        )
        return Part(name, axes, Role.Graphic, None, parts)

    @property
    def _names(self) -> tuple[str, ...]:
        """Names of the axes of the points that are shown."""
        if self.points is None:
            return ()
        return self.points.request.names

    def _area(self) -> QRectF:
        metrics = QFontMetricsF(theme.figures_font(self.font()))
        lines = 1 if metrics.horizontalAdvance(self.range_text) <= self.width() else 2
        below = lines * metrics.height() + grown(self, tokens.space("close"))
        return QRectF(
            0.5,
            grown(self, tokens.space("xs")),
            self.width() - 1,
            self.height() - below - grown(self, tokens.space("xs")),
        )

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
            mark = class_mark(max(label, 0), POINT / 2)
            marks = QPainterPath()
            # Overlapping marks are one shape, and no holes in each other.
            marks.setFillRule(Qt.FillRule.WindingFill)
            for x, y in chosen:
                marks.addPath(mark.translated(x, y))
            painter.fillPath(marks, theme.colour(rgb))

    @property
    def range_text(self) -> str:
        """The smallest and largest value over both axes, as they are."""
        if self.points is None or len(self._names) != 2:
            return ""
        low, high = finite_ends(self.points.places)
        across, up = (
            tr(
                "{name}: {a} to {b}",
                name=name,
                a=number_format.short(a),
                b=number_format.short(b),
            )
            for name, a, b in zip(self._names, low, high, strict=True)
        )
        text = f"\N{RIGHTWARDS ARROW} {across}, \N{UPWARDS ARROW} {up}"
        n_bad = int(np.sum(~np.isfinite(self.points.places).all(axis=1)))
        return (
            tr(
                "{text}; {n_bad} not finite",
                text=text,
                n_bad=number_format.count(n_bad),
            )
            if n_bad
            else text
        )

    def _paint_frame(self, painter: QPainter, faint: QColor) -> None:
        area = self._area()
        painter.setPen(QPen(faint, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)
        below = QRectF(
            area.x(),
            area.bottom() + grown(self, tokens.space("xs")),
            area.width(),
            self.height(),
        )
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(below, flags, self.range_text)

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
            box = QRectF(
                at.x() - grown(self, tokens.length("hidden_canvas.name_half")),
                at.y() - height / 2,
                grown(self, tokens.length("hidden_canvas.name_width")),
                height,
            )
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)

    def keeps_key(self, event: QKeyEvent) -> bool:
        """Whether a key turns the cube; see gui.widgets.focus.key_policy."""
        return is_plain(event) and Qt.Key(event.key()) in _TURNS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.keeps_key(event):
            self.turn = self.turn.turned(*_TURNS[Qt.Key(event.key())])
            self.update()
        else:
            super().keyPressEvent(event)

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
