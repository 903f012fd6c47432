"""Functions on a line: the target function, the network's, and the points."""

import math
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from core.arrays import DoubleArray, FloatArray
from core.data.dataset import Split
from core.data.point_space import LIMIT
from core.data.points.numbers import formula_of
from core.experiment.formula import parse_formula
from core.experiment.model import DataSettings
from core.values.words import tr
from gui.panels.playground.coordinate_ticks import paint_tick_beside, paint_ticks_below
from gui.panels.playground.description import line_part
from gui.panels.playground.job_canvas import ViewCanvas
from gui.runtime.worker import Same
from gui.session.example_point import point_of
from gui.session.responses import LINE_POINTS, MEMORY, ResponseRequest, Responses, grid
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.style.contrast import name_colour
from gui.style.lengths import grown
from gui.style.number_format import short
from gui.widgets.accessible.parts import Part
from gui.widgets.focus.key_policy import is_plain
from gui.widgets.plots.ranges import VALUE_BOUND, bounded_range, finite_range
from gui.widgets.plots.ticks import Tick, linear_ticks

_USUAL_LABEL: Final = "\N{MINUS SIGN}0.00"
_MOVES: Final = {Qt.Key.Key_Left: -0.1, Qt.Key.Key_Right: 0.1}
ROOM: Final = 0.18
"""Share of the height that stays free above and below the targets."""


@dataclass(frozen=True, slots=True, eq=False)
class LineAxes:
    """The range of values that is shown, and its rectangle."""

    area: QRectF
    low: float
    high: float

    def place(self, x: npt.ArrayLike, y: npt.ArrayLike) -> DoubleArray:
        """(n, 2) logical pixels; non-finite values are placed at 0."""
        left, width = self.area.x(), self.area.width()
        across = left + (np.asarray(x, np.float64) / LIMIT + 1) / 2 * width
        with np.errstate(all="ignore"):
            share = (np.asarray(y, np.float64) - self.low) / (self.high - self.low)
        share = np.clip(np.nan_to_num(share, posinf=4, neginf=-3), -3, 4)
        down = self.area.bottom() - share * self.area.height()
        return np.stack([across, down], axis=-1)


class LineCanvas(ViewCanvas):
    """Draws a View whose data are points on a line.

    Signals:
        answers_drawn: `answers` is new.
        x_hovered: x under the mouse, or None.
        x_clicked: x where the left button was pressed.
    """

    answers_drawn = Signal()
    x_hovered = Signal(object)
    x_clicked = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("The network's function and the target function"), parent)
        self.setMinimumSize(*tokens.lengths("line_canvas.least"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._with_test = False
        self._x = grid(1, LINE_POINTS)[0].astype(np.float64)
        self._settings: DataSettings | None = None
        self._target: DoubleArray = np.zeros(LINE_POINTS)
        self.answers: FloatArray | None = None

    @property
    def largest_error(self) -> tuple[float, float] | None:
        """Largest |network - target| on 400 points of the line, and its x."""
        if self.answers is None:
            return None
        with np.errstate(all="ignore"):
            error = np.abs(self.answers - self._target)
        at = int(np.argmax(error))
        return float(error[at]), float(self._x[at])

    def set_view(self, view: View | None) -> None:
        self.show_newest(view)
        if self._drawn_view is None:
            self.answers = None
        if view is not None and view.run.experiment.data != self._settings:
            self._settings = data = view.run.experiment.data
            self._target = parse_formula(formula_of(data.name, data.formula))(self._x)
        self.ask_if_seen()

    def described(self) -> Part:
        """The line in words."""
        return line_part(self.accessibleName(), self.shown, self.error_text)

    @property
    def error_text(self) -> str:
        """The largest error and where it is; empty before the first answers."""
        largest = self.largest_error
        if largest is None:
            return ""
        if not math.isfinite(largest[0]):
            return tr("no finite answer at x = {x}", x=short(largest[1]))
        error, x = (short(value) for value in largest)
        return tr("largest error {error} at x = {x}", error=error, x=x)

    def set_with_test(self, *, on: bool) -> None:
        """Show the test points as well."""
        self._with_test = on
        self.update()

    def ask(self) -> None:
        view = self._view
        self.update()
        if view is None or view.run.dataset.space is None:
            return
        features = view.run.dataset.space.features
        request = ResponseRequest(view.spec, view.params, features, 1, LINE_POINTS)
        key = (Same(view.params), view.spec)
        self.want_of(view, key, partial(MEMORY.respond, request))

    def take_result(self, result: object) -> None:
        assert isinstance(result, Responses)
        self.answers = result.output[0]
        self.update()
        self.answers_drawn.emit()

    @property
    def axes(self) -> LineAxes:
        metrics = QFontMetricsF(theme.figures_font(self.font()))
        below = metrics.height() + grown(self, tokens.space("close"))
        top = metrics.height() / 2
        low, high = self._range()
        least = grown(self, tokens.length("line_canvas.least_height"))
        height = max(self.height() - below - top, least)
        labels = [tick.label for tick in _height_ticks(low, high, height)]
        widths = [metrics.horizontalAdvance(t) for t in (_USUAL_LABEL, *labels)]
        left = max(widths) + grown(self, tokens.space("row"))
        area = QRectF(
            left,
            top,
            max(
                self.width() - left - grown(self, tokens.space("m")),
                grown(self, tokens.length("line_canvas.least_width")),
            ),
            height,
        )
        return LineAxes(area, low, high)

    def _range(self) -> tuple[float, float]:
        values: list[npt.NDArray[np.floating]] = [self._target]
        if self._view is not None:
            splits = (self._view.run.dataset.train, self._view.run.dataset.test)
            values += [split.targets for split in splits if split.targets is not None]
        low, high = finite_range(values)
        room = ROOM * ((high - low) or 2.0)
        return bounded_range(low - room, high + room, VALUE_BOUND) or (-1.0, 1.0)

    def paint(self, painter: QPainter, *, dark: bool) -> None:
        axes = self.axes
        self._paint_axes(painter, axes, dark=dark)
        view = self._view
        if view is None:
            return
        painter.setClipRect(axes.area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        ink = theme.colour(theme.colours(dark=dark).ink1, 150)
        self._paint_curve(
            painter, axes, self._target, QPen(ink, grown(self, tokens.stroke("fine")))
        )
        if self._with_test:
            ring = QPen(
                theme.colour(theme.colours_of(self).curve_test),
                grown(self, tokens.stroke("thin")),
            )
            self._paint_points(painter, axes, view, ring, test=True)
        edge = QPen(theme.colour(theme.colours(dark=dark).plane), 1)
        self._paint_points(painter, axes, view, edge, test=False)
        if self.answers is not None:
            pen = QPen(
                theme.colour(theme.colours_of(self).selection),
                grown(self, tokens.stroke("strong")),
            )
            self._paint_curve(painter, axes, self.answers.astype(np.float64), pen)
        self._paint_example(painter, axes, self.shown or view)
        self._paint_texts(painter, axes, ink)

    def _paint_texts(self, painter: QPainter, axes: LineAxes, ink: QColor) -> None:
        """The legend, each text in its own colour."""
        x = axes.area.x() + grown(self, tokens.space("s"))
        y = axes.area.y() + grown(self, tokens.space("xs"))
        font = theme.figures_font(self.font())
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        texts = [
            (tr("network"), theme.colour(theme.colours_of(self).selection)),
            (tr("target"), ink),
            (tr("training points"), theme.colour(theme.colours_of(self).curve_train)),
        ]
        if self._with_test:
            texts.append(
                (tr("test points"), theme.colour(theme.colours_of(self).curve_test))
            )
        colours = theme.colours_of(self)
        for word, colour in texts:
            rgb = name_colour(theme.rgb_of(colour), colours)
            painter.setPen(theme.colour(rgb, colour.alpha()))
            width = metrics.horizontalAdvance(word)
            painter.drawText(
                QRectF(
                    x, y, width + grown(self, tokens.space("hair")), metrics.height()
                ),
                word,
            )
            x += width + grown(self, tokens.length("line_canvas.between_names"))

    def _paint_curve(
        self, painter: QPainter, axes: LineAxes, y: DoubleArray, pen: QPen
    ) -> None:
        """The values that are finite; between them there is no curve."""
        painter.setPen(pen)
        places, known = axes.place(self._x, y), np.isfinite(y)
        ends = np.flatnonzero(np.diff(known)) + 1
        for piece, is_known in zip(
            np.split(places, ends), np.split(known, ends), strict=True
        ):
            if is_known[0]:
                points = [QPointF(*place) for place in piece.tolist()]
                painter.drawPolyline(QPolygonF(points))

    def _paint_points(
        self, painter: QPainter, axes: LineAxes, view: View, pen: QPen, *, test: bool
    ) -> None:
        dataset = view.run.dataset
        split: Split = dataset.test if test else dataset.train
        space = dataset.space
        if split.targets is None or space is None:
            return
        points = space.test if test else space.train
        painter.setPen(pen)
        fill = QColor(Qt.GlobalColor.transparent)
        painter.setBrush(
            fill if test else theme.colour(theme.colours_of(self).curve_train)
        )
        radius = 2.8 if len(split) <= 300 else 2.0
        for x, y in axes.place(points[:, 0], split.targets[:, 0]).tolist():
            painter.drawEllipse(QPointF(x, y), radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_example(self, painter: QPainter, axes: LineAxes, view: View) -> None:
        point = point_of(view.run.dataset, view.example)
        if point is None:
            return
        output = float(view.trace.output[0])
        if not math.isfinite(output):
            return
        at = axes.place([point[0]], [output])[0].tolist()
        painter.setPen(
            QPen(
                theme.colour(theme.colours_of(self).selection),
                grown(self, tokens.stroke("ring")),
            )
        )
        painter.drawEllipse(
            QPointF(*at),
            grown(self, tokens.dot("handle")),
            grown(self, tokens.dot("handle")),
        )

    def _paint_axes(self, painter: QPainter, axes: LineAxes, *, dark: bool) -> None:
        font = theme.figures_font(self.font())
        painter.setFont(font)
        area = axes.area
        faint = theme.colour(theme.colours(dark=dark).ink3)
        grid_line = QColor(faint)
        grid_line.setAlpha(60)
        for tick in _height_ticks(axes.low, axes.high, area.height()):
            y = float(axes.place(0, tick.place)[1])
            painter.setPen(QPen(grid_line, 1))
            painter.drawLine(QPointF(area.x(), y), QPointF(area.right(), y))
            painter.setPen(faint)
            paint_tick_beside(painter, area, y, tick.label)
        paint_ticks_below(painter, area)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)

    def _x_at(self, at: QPointF) -> float | None:
        area = self.axes.area
        if not area.contains(at):
            return None
        return LIMIT * (2 * (at.x() - area.x()) / area.width() - 1)

    def keeps_key(self, event: QKeyEvent) -> bool:
        """Whether a key moves the shown x; see gui.widgets.focus.key_policy."""
        return is_plain(event) and Qt.Key(event.key()) in _MOVES

    def keyPressEvent(self, event: QKeyEvent) -> None:
        view = self._view
        if view is None or not self.keeps_key(event):
            super().keyPressEvent(event)
            return
        point = point_of(view.run.dataset, view.example)
        here = 0.0 if point is None else point[0]
        moved = here + _MOVES[Qt.Key(event.key())]
        self.x_clicked.emit(min(max(moved, -LIMIT), LIMIT))

    def leaveEvent(self, event: QEvent) -> None:
        self.x_hovered.emit(None)
        super().leaveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.x_hovered.emit(self._x_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = self._x_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and x is not None:
            self.x_clicked.emit(x)


def _height_ticks(low: float, high: float, height: float) -> tuple[Tick, ...]:
    return linear_ticks(low, high, max(2, int(height / 60)))
