"""The racers: which ones run, their learning rates, and their current heights."""

import math
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLabel,
    QWidget,
)

from core.descriptions.optimizers import OPTIMIZERS
from core.protocol.side_jobs.race import RACING_RATES, STEEP, RacePath, Racer
from core.side_jobs.race.surfaces import Surface
from core.values.words import tr
from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.number_format import count, short
from gui.style.series import SAMPLE, sample_on_map
from gui.widgets.number_boxes import RealSpinBox
from gui.widgets.plots.field_description import UNDEFINED

LEAST_RATE: Final = 1e-5
MOST_RATE: Final = 100.0
_ABOVE: Final = 2
"""Rows above the first optimiser."""
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
COMPUTING: Final = tr("computing")
DIVERGED: Final = tr("diverged at {step}")
LEFT: Final = tr("no value at {step}")
SAME_AS_ADAM: Final = "adamw"
SAME_REMARK: Final = tr("Here the same as Adam: coordinates have no weight decay.")


def racer_colour(optimizer: str) -> theme.Rgb:
    """The colour of an optimiser's path on a map, different from all others."""
    return theme.on_map().series[theme.series_of(optimizer)]


class RacerTable(QWidget):
    """Signals: racers_changed, after any change by the user."""

    racers_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, QCheckBox] = {}
        self.rates: dict[str, RealSpinBox] = {}
        self._heights: dict[str, QLabel] = {}
        self._lowest: frozenset[str] = frozenset()
        self._start = QLabel(self)
        self._start.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._start.setFont(theme.figures_font(self.font()))
        self._grid = QGridLayout(self)
        self._grid.setVerticalSpacing(0)
        heading = QLabel(tr("Optimisers"), self)
        heading.setObjectName("heading")
        self._grid.addWidget(heading, 0, 0)
        self._grid.addWidget(self._start, 0, 1, 1, 2, _RIGHT)
        titles = (tr("Optimiser"), tr("Learning rate"), tr("Height now"))
        for column, title in enumerate(titles):
            label = QLabel(title, self)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            side = Qt.AlignmentFlag.AlignLeft if column == 0 else _RIGHT
            self._grid.addWidget(label, 1, column, side)
        for row, name in enumerate(OPTIMIZERS, start=_ABOVE):
            self._add_row(self._grid, row, name)
        self._grid.setColumnStretch(0, 1)
        self._grid.setRowStretch(len(OPTIMIZERS) + _ABOVE, 1)
        self._restyle()

    def _restyle(self) -> None:
        """Sizes in the scale of the font."""
        scale = scale_of(self.font())
        pad = round(tokens.space("panel_pad") * scale)
        edge = round(tokens.space("page") * scale)
        self._grid.setContentsMargins(pad, 0, edge, pad)
        self._grid.setHorizontalSpacing(round(tokens.space("m") * scale))
        self._grid.setRowMinimumHeight(0, round(tokens.size("panel_header") * scale))
        self._grid.setRowMinimumHeight(1, round(tokens.size("table_header") * scale))
        for row, name in enumerate(OPTIMIZERS, start=_ABOVE):
            self._grid.setRowMinimumHeight(row, round(tokens.size("form_row") * scale))
            place = theme.series_of(name)
            ratio = self.devicePixelRatioF()
            line = sample_on_map(place, scale=scale, ratio=ratio)
            self.boxes[name].setIcon(QIcon(line))
            self.boxes[name].setIconSize((SAMPLE * scale).toSize())
        widest = theme.figures_font(self.font(), bold=True)
        room = QFontMetrics(widest).horizontalAdvance(DIVERGED.format(step="1,000"))
        self._grid.setColumnMinimumWidth(2, room)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and hasattr(self, "_grid") and self.boxes:
            self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setPen(theme.colour(theme.colours_of(self).line))
            painter.drawLine(0, 0, 0, self.height())
            for row in range(1, len(OPTIMIZERS) + _ABOVE):
                bottom = self._grid.cellRect(row, 0).bottom()
                painter.drawLine(0, bottom, self.width(), bottom)

    def _add_row(self, grid: QGridLayout, row: int, name: str) -> None:
        description = OPTIMIZERS[name]
        box = QCheckBox(description.title, self)
        box.setChecked(name != SAME_AS_ADAM)
        remark = SAME_REMARK if name == SAME_AS_ADAM else description.remark
        box.setToolTip(f"{description.formula}\n{remark}".strip())
        box.toggled.connect(self._on_box_toggled)
        rate = RealSpinBox(self)
        rate.setRange(LEAST_RATE, MOST_RATE)
        rate.setStepType(RealSpinBox.StepType.AdaptiveDecimalStepType)
        rate.setAccessibleName(
            tr("Learning rate of {description}", description=description.title)
        )
        rate.setAlignment(_RIGHT)
        rate.setMinimumWidth(tokens.length("racer_table.least_width"))
        rate.valueChanged.connect(self._on_rate_changed)
        height = QLabel(self)
        height.setFont(theme.figures_font(self.font()))
        height.setAlignment(_RIGHT)
        grid.addWidget(box, row, 0)
        grid.addWidget(rate, row, 1)
        grid.addWidget(height, row, 2)
        self.boxes[name], self.rates[name], self._heights[name] = box, rate, height

    def show_start(self, start: tuple[float, float]) -> None:
        """Where all of them begin."""
        x, y = (short(value) for value in start)
        self._start.setText(tr("all start at ({x}, {y})", x=x, y=y))

    def racers(self) -> tuple[Racer, ...]:
        """The chosen racers."""
        return tuple(
            Racer(name, self.rates[name].value())
            for name, box in self.boxes.items()
            if box.isChecked()
        )

    def take_rates_of(self, surface: Surface) -> None:
        """Set the default learning rates of a surface, without emitting a signal."""
        for name, rate in self.rates.items():
            factor = surface.rate if name in STEEP else 1.0
            rate.blockSignals(True)
            rate.setValue(RACING_RATES[name] * factor)
            rate.blockSignals(False)

    def show_step(
        self, paths: tuple[RacePath, ...], step: int, waiting: frozenset[str]
    ) -> None:
        """The height of each racer at a step; those that wait have no path yet."""
        texts = dict.fromkeys(waiting, COMPUTING)
        texts |= {path.racer.optimizer: height_text(path, step) for path in paths}
        for name, label in self._heights.items():
            text = texts.get(name, "")
            if label.text() != text:
                label.setText(text)
        self._mark_lowest(lowest_of(paths, step))

    def _mark_lowest(self, names: frozenset[str]) -> None:
        """Heavier figures, changed only when others lead."""
        for other in names ^ self._lowest:
            bold = other in names
            self._heights[other].setFont(theme.figures_font(self.font(), bold=bold))
        self._lowest = names

    @property
    def lowest(self) -> frozenset[str]:
        """The optimisers whose heights stand out."""
        return self._lowest

    def heights_text(self, optimizer: str) -> str:
        """The height texts of the optimisers."""
        return self._heights[optimizer].text()

    def _on_box_toggled(self, _on: bool) -> None:
        self.racers_changed.emit()

    def _on_rate_changed(self, _value: float) -> None:
        self.racers_changed.emit()


def lowest_of(paths: tuple[RacePath, ...], step: int) -> frozenset[str]:
    """All that are lowest at a step as it is printed; empty where none stands out."""
    heights = {
        path.racer.optimizer: float(path.heights[min(step, len(path.heights) - 1)])
        for path in paths
        if path.ended_at is None or step < path.ended_at
    }
    finite = {name: height for name, height in heights.items() if math.isfinite(height)}
    if not finite:
        return frozenset()
    printed = short(min(finite.values()))
    lowest = frozenset(n for n, height in finite.items() if short(height) == printed)
    return lowest if len(lowest) < len(finite) else frozenset()


def height_text(path: RacePath, step: int) -> str:
    """The height at a step, or how and when its path has ended."""
    if path.ended_at == 0:
        return UNDEFINED  # there is nowhere to start from
    if path.ended_at is not None and step >= path.ended_at:
        text = LEFT if path.is_undefined else DIVERGED
        return text.format(step=count(path.ended_at))
    height = float(path.heights[min(step, len(path.heights) - 1)])
    return short(height) if math.isfinite(height) else ""
