"""The racers: which ones run, their learning rates, and their current heights."""

import math
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLabel,
    QWidget,
)

from core.descriptions.optimizers import OPTIMIZERS
from core.protocol.side_jobs.race import RACING_RATES, STEEP, RacePath, Racer
from core.side_jobs.race.surfaces import Surface
from gui.style import theme
from gui.style.number_format import count, short, signs
from gui.widgets.number_boxes import RealSpinBox

LEAST_RATE: Final = 1e-5
MOST_RATE: Final = 100.0
SWATCH: Final = 12
SAME_AS_ADAM: Final = "adamw"
SAME_REMARK: Final = "Here the same as Adam: coordinates have no weight decay."


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
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        for column, title in enumerate(("optimiser", "learning rate", "height")):
            label = QLabel(title, self)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            grid.addWidget(label, 0, column)
        for row, name in enumerate(OPTIMIZERS, start=1):
            self._add_row(grid, row, name)
        grid.setColumnMinimumWidth(2, 110)
        grid.setRowStretch(len(OPTIMIZERS) + 1, 1)

    def _add_row(self, grid: QGridLayout, row: int, name: str) -> None:
        description = OPTIMIZERS[name]
        box = QCheckBox(description.title, self)
        box.setIcon(QIcon(swatch_of(name)))
        box.setChecked(name != SAME_AS_ADAM)
        remark = SAME_REMARK if name == SAME_AS_ADAM else description.remark
        box.setToolTip(signs(f"{description.formula}\n{remark}".strip()))
        box.toggled.connect(self._on_box_toggled)
        rate = RealSpinBox(self)
        rate.setRange(LEAST_RATE, MOST_RATE)
        rate.setStepType(RealSpinBox.StepType.AdaptiveDecimalStepType)
        rate.setAccessibleName(f"Learning rate of {description.title}")
        rate.setMinimumWidth(84)
        rate.valueChanged.connect(self._on_rate_changed)
        height = QLabel(self)
        height.setFont(theme.figures_font(self.font()))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        height.setAlignment(side)
        grid.addWidget(box, row, 0)
        grid.addWidget(rate, row, 1)
        grid.addWidget(height, row, 2)
        self.boxes[name], self.rates[name], self._heights[name] = box, rate, height

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

    def show_step(self, paths: tuple[RacePath, ...], step: int) -> None:
        """The height of each racer at a step."""
        texts = {path.racer.optimizer: height_text(path, step) for path in paths}
        for name, label in self._heights.items():
            text = texts.get(name, "")
            if label.text() != text:
                label.setText(text)

    def heights_text(self, optimizer: str) -> str:
        """The height texts of the optimisers."""
        return self._heights[optimizer].text()

    def _on_box_toggled(self, _on: bool) -> None:
        self.racers_changed.emit()

    def _on_rate_changed(self, _value: float) -> None:
        self.racers_changed.emit()


def swatch_of(optimizer: str) -> QPixmap:
    """The colour of an optimiser's path, framed."""
    swatch = QPixmap(SWATCH, SWATCH)
    swatch.fill(theme.colour(racer_colour(optimizer)))
    with QPainter(swatch) as painter:
        # Visible on both grounds, unlike a white swatch without a frame.
        painter.setPen(theme.colour(theme.colours(dark=False).ink3))
        painter.drawRect(0, 0, SWATCH - 1, SWATCH - 1)
    return swatch


def height_text(path: RacePath, step: int) -> str:
    """The height at a step, or when it diverged."""
    if path.diverged_at is not None and step >= path.diverged_at:
        return f"diverged at {count(path.diverged_at)}"
    height = float(path.heights[min(step, len(path.heights) - 1)])
    return short(height) if math.isfinite(height) else ""
