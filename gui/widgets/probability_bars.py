"""One bar for each class: its name and output, the largest one emphasised."""

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.arrays import FloatArray
from core.network.numpy.activations.table import ACTIVATIONS
from gui.style import number_format, theme
from gui.widgets.tooltip_picture import TooltipPicture

GAP: Final = 6.0
SHORTEST_TRACK: Final = 2.0
"""Width over height of a row's track below which the bar is behind the text."""


def output_range(activation: str, values: FloatArray) -> tuple[float, float]:
    """The range of the bars: the range of the activation.

    An output without bounds spans its own largest size instead.
    """
    record = ACTIVATIONS[activation]
    if record.is_bounded:
        return record.range
    finite = values[np.isfinite(values)]
    largest = float(np.max(np.abs(finite), initial=0.0)) or 1.0
    return -largest, largest


def figure(activation: str, value: float) -> str:
    """The number beside a bar: a percentage where the outputs sum to 1."""
    if ACTIVATIONS[activation].is_over_layer and np.isfinite(value):
        return number_format.percent(value, 1)
    return number_format.fixed(value, 3)


class ProbabilityBars(TooltipPicture):
    """All classes in label order; the number of those that do not fit is below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._activation = "softmax"
        self._values: FloatArray | None = None
        self._winner: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(self.fontMetrics().averageCharWidth() * 13, 48)

    @property
    def values(self) -> FloatArray | None:
        """The outputs that are shown; None shows empty tracks."""
        return self._values

    @property
    def winner(self) -> int | None:
        """The class that is answered."""
        if self._values is None or np.isnan(self._values).any():
            return None
        return self._winner

    def set_classes(self, names: tuple[str, ...], activation: str) -> None:
        """Name the rows; `activation` is the output layer's."""
        if (names, activation) != (self._names, self._activation):
            self._names, self._activation = names, activation
            self._values = None
            self.updateGeometry()
            self.update()

    def set_values(self, values: FloatArray | None, winner: int | None = None) -> None:
        """One output for each class and the class that is answered; None for none."""
        if values is not None and len(values) != len(self._names):
            msg = f"{len(self._names)} classes need as many values, got {len(values)}"
            raise ValueError(msg)
        self._values, self._winner = values, winner
        self.update()

    def shown_rows(self) -> tuple[int, ...]:
        """Classes that fit, in label order; the largest outputs are preferred."""
        room = int(self.height() // self._smallest_row())
        if room >= len(self._names):
            return tuple(range(len(self._names)))
        values = self._values
        if values is None:
            return tuple(range(max(room - 1, 1)))
        largest = np.argsort(-np.nan_to_num(values), kind="stable")[: max(room - 1, 1)]
        return tuple(sorted(int(k) for k in largest))

    def _smallest_row(self) -> float:
        return QFontMetricsF(theme.figures_font(self.font())).height()

    def _row_height(self) -> float:
        lines = len(self.shown_rows()) + (self._left_out() > 0)
        return min(self.height() / max(lines, 1), self._smallest_row() * 2, 60.0)

    def _left_out(self) -> int:
        return len(self._names) - len(self.shown_rows())

    def _paint_row(
        self, painter: QPainter, row: QRectF, index: int, columns: tuple[float, float]
    ) -> None:
        value = None if self._values is None else float(self._values[index])
        won = index == self.winner
        font = theme.figures_font(self.font(), bold=won)
        name_width, figure_width = columns
        track = row.adjusted(name_width + GAP, 0, -figure_width - GAP, 0)
        beside = track.width() >= SHORTEST_TRACK * row.height()
        self._paint_bar(painter, track if beside else row, value, won=won)
        room = name_width if beside else row.width() - figure_width - GAP
        name = QFontMetricsF(font).elidedText(
            self._names[index], Qt.TextElideMode.ElideRight, room
        )
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignLeft, name)
        if value is not None:
            text = figure(self._activation, value)
            painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, text)

    def _paint_bar(
        self, painter: QPainter, track: QRectF, value: float | None, *, won: bool
    ) -> None:
        """A bar in its track; one as wide as the row is behind the text."""
        behind = track.width() == self.width()
        thickness = track.height() - 2 if behind else min(track.height() * 0.6, 18.0)
        top = track.center().y() - thickness / 2
        track = QRectF(track.x(), top, track.width(), thickness)
        painter.fillRect(track, self.palette().color(QPalette.ColorRole.AlternateBase))
        if value is None or self._values is None or not np.isfinite(value):
            return
        low, high = output_range(self._activation, self._values)
        zero = track.x() + track.width() * (0 - low) / (high - low)
        end = track.x() + track.width() * (value - low) / (high - low)
        colours = theme.colours_of(self)
        rgb = colours.ink1 if value >= 0 else colours.negative
        if low < 0 and value >= 0:
            # Only where there are both signs.
            rgb = colours.positive
        bar = QRectF(min(zero, end), track.y(), abs(end - zero), thickness)
        strong, weak = (150, 70) if behind else (255, 130)
        painter.fillRect(bar, theme.colour(rgb, strong if won else weak))

    def _columns(self) -> tuple[float, float]:
        """Widths of the names and of the figures."""
        metrics = QFontMetricsF(theme.figures_font(self.font(), bold=True))
        widest = max((metrics.horizontalAdvance(n) for n in self._names), default=0.0)
        figures = metrics.horizontalAdvance(figure(self._activation, 1.0))
        is_bounded = ACTIVATIONS[self._activation].is_bounded
        if not is_bounded and self._values is not None:
            texts = (figure(self._activation, float(v)) for v in self._values)
            figures = max(metrics.horizontalAdvance(text) for text in texts)
        return min(widest, self.width() * 0.4) + 1, figures

    def tip_at(self, point: QPointF) -> str:
        """A class and its exact output."""
        rows = self.shown_rows()
        place = int(point.y() // self._row_height())
        if self._values is None or not 0 <= place < len(rows):
            return ""
        value = number_format.full(float(self._values[rows[place]]))
        return f"{self._names[rows[place]]}: {value}"

    def sizeHint(self) -> QSize:
        rows = max(len(self._names), 2)
        return QSize(200, int(rows * self._smallest_row()) + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            height = self._row_height()
            rows, columns = self.shown_rows(), self._columns()
            for place, index in enumerate(rows):
                row = QRectF(0, place * height, self.width(), height)
                self._paint_row(painter, row, index, columns)
            if self._left_out():
                painter.setFont(theme.figures_font(self.font()))
                painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
                row = QRectF(0, len(rows) * height, self.width(), height)
                text = f"and {self._left_out()} smaller"
                painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, text)
