"""A plot of curves over training steps: axes, epoch lines, crosshair, mouse."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from core.arrays import DoubleArray
from core.values.words import tr
from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.style.number_format import count
from gui.widgets.accessible.parts import Part, Role
from gui.widgets.focus.key_policy import is_plain
from gui.widgets.plots.curve_line import CurveLine
from gui.widgets.plots.curve_view_box import CurveViewBox
from gui.widgets.plots.end_labels import EndLabels
from gui.widgets.plots.epoch_axis import EpochAxis
from gui.widgets.plots.epoch_scale import EpochScale
from gui.widgets.plots.ranges import LOG_BOUND, PLOT_BOUND, Range
from gui.widgets.plots.tick_axis import EDGE_PIXELS, TickAxis
from gui.widgets.plots.ticks import Tick, linear_ticks
from gui.widgets.plots.value_axis import ValueAxis

pg.setConfigOptions(imageAxisOrder="row-major", antialias=False)

_TALL: Final = tokens.length("curve_plot.tall")
"""Height below which the curves need the line of the epochs' numbers more."""
_ROOM_ABOVE: Final = tokens.space("close")
_BELOW: Final = tokens.space("close")
FULL_GRID: Final = 255
_SIDES: Final = ((0, 0.5), (1, 0.5))
"""Anchors of the text at a line: left of it in the right half of the plot."""
_READINGS: Final = 100
"""Places of the crosshair by the arrow keys, unless there are fewer steps."""
_MOVES: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENDS: Final = (Qt.Key.Key_Home, Qt.Key.Key_End)
_CLICKS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYS: Final = frozenset({*_MOVES, *_ENDS, Qt.Key.Key_Escape})
_TEXT_TOP: Final = 0.8
"""Where the text of a change stands, as a share of the height."""
_TEXT_BOTTOM: Final = 0.2
"""The lowest place of one, where several are close together."""


class StepAxis(TickAxis):
    """Whole steps with thousands apart, never in powers of ten."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.setStyle(
            tickLength=0,
            tickTextOffset=tokens.space("xs"),
            # Not even a dot where a tick would begin.
            tickAlpha=0,
            autoExpandTextSpace=False,
        )

    def ticks(self, low: float, high: float, size: float) -> Sequence[Tick]:
        found = linear_ticks(low, high, max(2, int(size / 96)), whole=True)
        # In place of a title: the first number says what the others count.
        return [
            replace(tick, label=tr("step {tick}", tick=tick.label)) if k == 0 else tick
            for k, tick in enumerate(found)
        ]


class CurvePlot(pg.PlotWidget):  # type: ignore[misc]
    """Lines over steps; the owner sets both ranges, the mouse only requests others.

    Signals:
        step_clicked: the step under a click, as a float; Enter clicks the crosshair.
        step_hovered: the step under the mouse as a float, None when it left.
        steps_moved: the user panned or zoomed the steps; `steps` is what is shown now.
        values_moved: the user panned or zoomed the values.
        home_requested: a double click.
    """

    step_hovered = Signal(object)
    step_clicked = Signal(float)
    steps_moved = Signal()
    values_moved = Signal()
    home_requested = Signal()

    def __init__(
        self,
        title: str,
        short_title: str,
        parent: QWidget | None = None,
        *,
        unit: str = "",
    ) -> None:
        # pyqtgraph sends resize and palette events before __init__ is finished.
        self._ready = False
        self._titles = (title, short_title)
        self._view_box = CurveViewBox()
        self._epochs = EpochAxis()
        self._values = ValueAxis(unit)
        self._steps = StepAxis()
        self._lines: list[tuple[CurveLine, str, float]] = []
        self._points: list[tuple[pg.ScatterPlotItem, str]] = []
        self._changes: list[pg.InfiniteLine] = []
        self._is_log = False
        self._read: float | None = None
        self._pointer: QPointF | None = None
        self.describer: Callable[[], Sequence[Part]] | None = None
        super().__init__(
            parent,
            viewBox=self._view_box,
            axisItems={
                "top": self._epochs,
                "left": self._values,
                "bottom": self._steps,
            },
        )
        # Time goes to the right, whatever the language.
        self.plotItem.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._prepare()
        self._ready = True

    def _prepare(self) -> None:
        self.setMinimumSize(*tokens.lengths("curve_plot.least"))
        self.setFrameShape(self.Shape.NoFrame)
        self.hideButtons()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        # A click leaves the keys to the window, whose arrows step.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._ends = EndLabels(self, self._view_box)
        self.showAxis("top")
        for axis in (self._epochs, self._values, self._steps):
            # A line of the grid passes below a curve.
            axis.setZValue(self._view_box.zValue() - 1)
        self._crosshair = pg.InfiniteLine(angle=90, movable=False)
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._best = pg.InfiniteLine(
            angle=90,
            movable=False,
            label=tr("best"),
            labelOpts={"position": 0.92},
        )
        self._marks = pg.ScatterPlotItem(pxMode=True)
        for item in (self._crosshair, self._cursor, self._best, self._marks):
            item.setZValue(20)
            item.hide()
            self.addItem(item, ignoreBounds=True)
        self._view_box.x_moved.connect(self.steps_moved)
        self._view_box.y_moved.connect(self.values_moved)
        self._view_box.home_requested.connect(self.home_requested)
        self._view_box.clicked.connect(self.step_clicked)
        self._view_box.sigRangeChanged.connect(self._ends.place)
        self._view_box.sigResized.connect(self._ends.place)
        self._view_box.sigRangeChanged.connect(self._place_changes)
        self._view_box.sigResized.connect(self._place_changes)
        self._view_box.sigYRangeChanged.connect(self._on_view_box_heights_changed)
        self._restyle()

    def described(self) -> Part:
        """The plot in words: a row for each curve, which its owner knows."""
        low, high = (count(round(step)) for step in self.steps)
        rows = () if self.describer is None else self.describer()
        value = tr("steps {low} to {high}", low=low, high=high)
        return Part(self._titles[0], value, Role.Graphic, None, rows)

    def add_line(
        self,
        colour: str,
        *,
        strength: float = 1.0,
        width: float = 1.0,
        dash: Sequence[float] = (),
        is_noisy: bool = False,
    ) -> CurveLine:
        """A new line on top of the others, in the colour of a token.

        A `strength` below 1 fades it; `dash` are lengths in line widths; a noisy one
        goes up and down at each point.
        """
        line = CurveLine(width, dash, is_noisy=is_noisy)
        line.setZValue(len(self._lines))
        self._lines.append((line, colour, strength))
        line.style_as(self._mixed(colour, strength), scale_of(self.font()))
        self.addItem(line, ignoreBounds=True)
        return line

    def add_points(self, colour: str, *, strength: float = 1.0) -> pg.ScatterPlotItem:
        """Dots in the colour of a token, drawn above the lines."""
        brush = theme.colours_of(self).named(colour)
        points = pg.ScatterPlotItem(pxMode=True, pen=None, brush=brush)
        points.setSize(self.dot)
        self._points.append((points, colour))
        points.setZValue(10)
        points.setOpacity(strength)
        self.addItem(points, ignoreBounds=True)
        return points

    @property
    def dot(self) -> float:
        """Width of the dot of a measured value."""
        return 2 * grown(self, tokens.dot("curve"))

    def drawn(self, values: DoubleArray) -> DoubleArray:
        """The heights at which values are drawn: their log10 on a log scale."""
        if not self._is_log:
            # Qt must not be given what no transform keeps finite.
            return np.clip(values, -PLOT_BOUND, PLOT_BOUND)
        positive = np.where(values > 0, values, np.nan)
        logs: DoubleArray = np.log10(positive)
        return logs

    def show_marks(self, step: float | None, marks: list[tuple[float, str]]) -> None:
        """Move the crosshair to a step, with a dot at each value; None hides it."""
        self._crosshair.setVisible(step is not None)
        self._marks.setVisible(step is not None)
        if step is None:
            return
        self._crosshair.setPos(step)
        heights = self.drawn(np.asarray([value for value, _ in marks]))
        finite = np.isfinite(heights)
        colours = theme.colours_of(self)
        brushes = [
            pg.mkBrush(colours.named(token))
            for (_, token), ok in zip(marks, finite, strict=True)
            if ok
        ]
        self._marks.setData(
            x=np.full(int(finite.sum()), float(step)), y=heights[finite], brush=brushes
        )

    def show_best(self, step: int | None) -> None:
        """Mark the step that early stopping went back to, if it did."""
        self._best.setVisible(step is not None)
        if step is not None:
            self._best.setPos(step)

    def show_changes(self, changes: Sequence[tuple[int, str]]) -> None:
        """Mark where the curves become another quantity, and which."""
        while len(self._changes) < len(changes):
            line = pg.InfiniteLine(
                angle=90,
                movable=False,
                label=" ",
                labelOpts={"position": _TEXT_TOP, "anchors": _SIDES},
            )
            line.setZValue(15)
            self._changes.append(line)
            self.addItem(line, ignoreBounds=True)
            self._restyle()
        for k, line in enumerate(self._changes):
            line.setVisible(k < len(changes))
            if k < len(changes):
                step, text = changes[k]
                line.setPos(step + 0.5)
                line.label.setFormat(text)
        self._place_changes()

    def _place_changes(self) -> None:
        """Each text beside its line, on lines below each other where they are close."""
        box, shown = self._view_box, [c for c in self._changes if c.isVisible()]
        if not shown:
            return
        area = box.sceneBoundingRect()
        height = shown[0].label.boundingRect().height()
        height += grown(self, tokens.space("hair"))
        row = height / max(1.0, area.height())
        levels = max(1, int((_TEXT_TOP - _TEXT_BOTTOM) / max(row, 1e-6)))
        before, level = (-math.inf, 0.0), 0
        for line in shown:
            x = box.mapViewToScene(QPointF(float(line.value()), 0.0)).x()
            width = line.label.boundingRect().width()
            # A text stands at either side of its line, as there is room.
            is_close = x - before[0] < width + before[1]
            level = (level + 1) % levels if is_close else 0
            line.label.setPosition(_TEXT_TOP - level * row)
            before = x, width

    def show_cursor(self, step: int | None) -> None:
        """Mark the step that all panels show; None where that is the newest one."""
        self._cursor.setVisible(step is not None)
        if step is not None:
            self._cursor.setPos(step)

    def show_ends(
        self, ends: list[tuple[str, str, tuple[float, float]]], reach: float
    ) -> None:
        """Name each curve, in the colour of a token, beside its last point.

        No name stands on a curve: `reach` is the last step of all that are drawn.
        """
        self._ends.show_ends(
            [(name, token, QPointF(*point)) for name, token, point in ends], reach
        )
        self._make_room_for_ends()

    def _make_room_for_ends(self) -> None:
        width = self._ends.width(theme.figures_font(self.font()))
        if self.plotItem.getContentsMargins()[2] != width:
            self.plotItem.setContentsMargins(0, 0, width, 0)

    @property
    def steps(self) -> Range:
        """The steps shown."""
        (low, high), _ = self._view_box.viewRange()
        return float(low), float(high)

    @property
    def heights(self) -> Range:
        """The drawn values shown (log10 of them on a log scale)."""
        _, (low, high) = self._view_box.viewRange()
        return float(low), float(high)

    @property
    def pixels(self) -> int:
        """Width of the plotting area."""
        return max(1, int(self._view_box.width()))

    @property
    def area(self) -> QRect:
        """Where the curves are, in the widget."""
        inside = self.mapFromScene(self._view_box.sceneBoundingRect())
        return QRect(inside.boundingRect())

    @property
    def least_height(self) -> int:
        """What it needs with its axes."""
        row = QFontMetrics(theme.figures_font(self.font())).height()
        axes = grown(self, _ROOM_ABOVE) + row + grown(self, _BELOW)
        # What the layout of the axes takes by itself.
        around = tokens.space("hair")
        return axes + around + grown(self, tokens.length("curve_plot.floor"))

    @property
    def is_log(self) -> bool:
        return self._is_log

    def set_log(self, is_log: bool) -> None:
        self._is_log = is_log
        self._values.set_log(is_log)
        self._view_box.value_bound = LOG_BOUND if is_log else PLOT_BOUND

    def set_steps(self, steps: Range) -> None:
        if steps != self.steps:
            self._view_box.setXRange(*steps, padding=0)
            if self._pointer is not None:
                # Another step has come below a pointer that rests.
                self._hover(self._pointer)

    def set_heights(self, heights: Range) -> None:
        if heights != self.heights:
            self._view_box.setYRange(*heights, padding=0)

    def set_epoch_scale(self, scale: EpochScale) -> None:
        """Draw the epoch lines by this map; call again when it has changed."""
        self._epochs.set_scale(scale)

    def set_titles(self, title: str, short_title: str) -> None:
        """What it shows, with and without its unit."""
        if self._titles != (title, short_title):
            self._titles = (title, short_title)
            self._show_title()

    def _mixed(self, token: str, strength: float) -> tuple[int, ...]:
        # An opaque blend with the background: translucent pens are slow.
        colours = theme.colours_of(self)
        return tuple(
            round(strength * c + (1 - strength) * p)
            for c, p in zip(colours.named(token), colours.plane, strict=True)
        )

    def _restyle(self) -> None:
        colours = theme.colours_of(self)
        ink, faint = colours.ink1, colours.ink3
        self.setBackground(colours.plane)
        font = theme.figures_font(self.font())
        for axis in (self._epochs, self._values, self._steps):
            # No line along the axis: the grid says where it is.
            axis.setPen(pg.mkPen(None))
            axis.setTextPen(faint)
            axis.setTickFont(font)
        line = pg.mkPen(colours.line)
        self._values.setTickPen(line)
        self._values.setGrid(FULL_GRID)
        self._steps.setTickPen(pg.mkPen(None))
        self._steps.setGrid(False)
        dots = pg.mkPen(colours.edge, style=Qt.PenStyle.DotLine)
        self._epochs.setTickPen(dots)
        self._epochs.setGrid(FULL_GRID)
        self._make_room_for_ends()
        self._crosshair.setPen(pg.mkPen(colours.selection, width=1))
        self._cursor.setPen(pg.mkPen(colours.selection, width=1))
        best = colours.curve_validation
        self._best.setPen(pg.mkPen(best, style=Qt.PenStyle.DashLine))
        self._best.label.setColor(best)
        for line in self._changes:
            line.setPen(pg.mkPen(faint, style=Qt.PenStyle.DashLine))
            line.label.setColor(pg.mkColor(ink))
        scale = scale_of(self.font())
        for line, colour, strength in self._lines:
            line.style_as(self._mixed(colour, strength), scale)
        for points, colour in self._points:
            points.setBrush(colours.named(colour))
            points.setSize(self.dot)
        self._marks.setSize(2 * grown(self, tokens.dot("point")))
        self._view_box.beside = math.ceil(self.dot / 2)
        self._size_axes(font)
        self._show_title()

    def _size_axes(self, font: QFont) -> None:
        metrics = QFontMetrics(font)
        row = metrics.height()
        is_numbered = self.height() >= grown(self, _TALL)
        edge = grown(self, EDGE_PIXELS)
        # "step 0" stands at the very end of its axis, whatever its length.
        first = metrics.horizontalAdvance(tr("step {tick}", tick="0"))
        self._steps.set_edge(max(edge, first // 2 + 1))
        self._epochs.set_edge(edge)
        self._values.set_edge(edge)
        thin = grown(self, tokens.space("thin"))
        self._epochs.setStyle(showValues=is_numbered)
        self._epochs.setHeight(row + thin if is_numbered else grown(self, _ROOM_ABOVE))
        self._steps.setHeight(row + grown(self, _BELOW))
        self._values.fit_width(font)
        self._ends.restyle(font)

    def _on_view_box_heights_changed(self) -> None:
        self._values.fit_width(theme.figures_font(self.font()))

    def _show_title(self) -> None:
        """Name the plot for screen readers: eyes read the line of the title."""
        self.setAccessibleName(self._titles[0])

    def keeps_key(self, event: QKeyEvent) -> bool:
        """Whether a key moves the crosshair; see gui.widgets.focus.key_policy."""
        key = Qt.Key(event.key())
        is_click = key in _CLICKS and self._read is not None
        return is_plain(event) and (key in _KEYS or is_click)

    def _read_at(self, key: Qt.Key) -> None:
        """Move the crosshair by a share of the steps that are shown, or to an end."""
        low, high = self.steps
        low = max(low, 0.0)
        if key in _ENDS:
            self._read = (low, high)[_ENDS.index(key)]
        elif key in _MOVES:
            pace = max(1.0, (high - low) / _READINGS)
            here = high if self._read is None else self._read
            self._read = min(max(here + _MOVES[key] * pace, low), high)
        else:
            self._read = None
        self.step_hovered.emit(self._read)

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        if self.keeps_key(ev) and ev.key() in _CLICKS and self._read is not None:
            self.step_clicked.emit(self._read)
        elif self.keeps_key(ev):
            self._read_at(Qt.Key(ev.key()))
        else:
            ev.ignore()

    def focusOutEvent(self, ev: QFocusEvent) -> None:
        super().focusOutEvent(ev)
        if self._read is not None:
            self._read = None
            self.step_hovered.emit(None)

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        super().mouseMoveEvent(ev)
        # Not by the scene's signal: pyqtgraph drops moves that follow fast.
        position = self.mapToScene(ev.position().toPoint())
        if self._view_box.sceneBoundingRect().contains(position):
            self._pointer = position
            self._hover(position)
        else:
            self._pointer = None
            self.step_hovered.emit(None)

    def _hover(self, position: QPointF) -> None:
        self.step_hovered.emit(float(self._view_box.mapSceneToView(position).x()))

    def leaveEvent(self, ev: QEvent) -> None:
        super().leaveEvent(ev)
        self._pointer = None
        self.step_hovered.emit(None)

    def resizeEvent(self, ev: QResizeEvent) -> None:
        super().resizeEvent(ev)
        if self._ready:
            self._size_axes(theme.figures_font(self.font()))

    def changeEvent(self, ev: QEvent) -> None:
        super().changeEvent(ev)
        kind = QEvent.Type
        kinds = (kind.PaletteChange, kind.FontChange, kind.StyleChange)
        if self._ready and ev.type() in kinds:
            self._restyle()
