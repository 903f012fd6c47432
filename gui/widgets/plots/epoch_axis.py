"""The axis above a plot over steps: a numbered line where each epoch begins."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from core.values.words import tr
from gui.style import tokens
from gui.widgets.plots.epoch_scale import EpochScale
from gui.widgets.plots.tick_axis import TickAxis
from gui.widgets.plots.ticks import Tick, linear_ticks

_LABEL_PIXELS: Final = tokens.length("epoch_axis.label_pixels")
_LABEL_GAP: Final = float(tokens.space("row"))


class EpochAxis(TickAxis):
    """Ticks at whole epochs; its grid lines are the epoch lines of the plot."""

    def __init__(self) -> None:
        super().__init__("top")
        self._scale = EpochScale()
        self.setStyle(tickLength=0, tickTextOffset=tokens.space("hair"))

    def set_scale(self, scale: EpochScale) -> None:
        """Use this map of steps to epochs; call again when it has changed."""
        self._scale = scale
        self.picture = None
        self.update()

    def ticks(self, low: float, high: float, size: float) -> Sequence[Tick]:
        first, last = self._scale.epoch_of(low), self._scale.epoch_of(high)
        lines = max(1.0, size / _LABEL_PIXELS)
        ticks = (
            Tick(
                tick.value,
                self._scale.step_of(tick.value),
                tr("epoch {tick}", tick=tick.label),
            )
            for tick in linear_ticks(first, last, lines, whole=True)
            if tick.value > 0
        )
        return self._apart(ticks, size / (high - low)) if high > low else []

    def _apart(self, ticks: Iterable[Tick], pixels: float) -> list[Tick]:
        """Those whose labels have room: after larger batches epochs are shorter."""
        width_of = QFontMetricsF(self.style["tickFont"] or QFont()).horizontalAdvance
        kept: list[Tick] = []
        end = -math.inf
        for tick in ticks:
            half = width_of(tick.label) / 2
            if tick.place * pixels - half >= end:
                kept.append(tick)
                end = tick.place * pixels + half + _LABEL_GAP
        return kept

    def boundingRect(self) -> QRectF:
        # With a grid pyqtgraph leaves no space here and drops the labels at the ends.
        room: QRectF = super().boundingRect()
        return room.adjusted(-self.edge, 0, self.edge, 0)
