"""The left axis of a plot: linear, or in decades of a logarithm."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetrics

from gui.style import tokens
from gui.style.fonts import scale_of
from gui.widgets.plots.tick_axis import TickAxis
from gui.widgets.plots.ticks import Tick, linear_ticks, log_ticks

_TICK_PIXELS: Final = tokens.length("value_axis.tick_pixels")
_MOST_TICKS: Final = 10
_USUAL_LABEL: Final = "0.00"
_TEXT_OFFSET: Final = tokens.space("s")


class ValueAxis(TickAxis):
    """Labels values; on a log scale the plot holds log10 of them."""

    def __init__(self, unit: str = "") -> None:
        super().__init__("left")
        self._unit = unit
        self._is_log = False
        self._type_scale = 1.0
        # Otherwise the title would add "(x0.001)" although ticks are in full.
        self.enableAutoSIPrefix(False)
        self.setStyle(
            tickLength=0,
            tickTextOffset=_TEXT_OFFSET,
            autoExpandTextSpace=False,
        )

    def set_log(self, is_log: bool) -> None:
        if is_log != self._is_log:
            self._is_log = is_log
            self.picture = None
            self.update()

    def ticks(self, low: float, high: float, size: float) -> Sequence[Tick]:
        most = min(_MOST_TICKS, max(2.0, size / (_TICK_PIXELS * self._type_scale)))
        found = (log_ticks if self._is_log else linear_ticks)(low, high, most)
        if not self._unit:
            return found
        return [replace(tick, label=tick.label + self._unit) for tick in found]

    def fit_width(self, font: QFont) -> None:
        """Room for the labels of the range that is shown, from the panel's pad on."""
        metrics, scale = QFontMetrics(font), scale_of(font)
        self._type_scale = scale
        offset = round(_TEXT_OFFSET * scale)
        if offset != self.style["tickTextOffset"][0]:
            self.setStyle(tickTextOffset=offset)
        low, high = self.range
        labels = [tick.label for tick in self.ticks(low, high, self.height())]
        widest = max(metrics.horizontalAdvance(t) for t in (_USUAL_LABEL, *labels))
        needed = widest + offset + round(tokens.space("panel_pad") * scale)
        if needed != self.fixedWidth:
            self.setWidth(needed)

    def boundingRect(self) -> QRectF:
        # With a grid pyqtgraph leaves no space here and drops the labels at the ends.
        room: QRectF = super().boundingRect()
        return room.adjusted(0, -self.edge, 0, self.edge)
