"""The axis above a plot over steps: a numbered line where each epoch begins."""

import math
from collections.abc import Sequence
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QRectF

from gui.widgets.plots.epoch_scale import EpochScale
from gui.widgets.plots.ranges import one_two_five
from gui.widgets.plots.value_axis import EDGE_PIXELS

_LABEL_PIXELS: Final = 88


class EpochAxis(pg.AxisItem):  # type: ignore[misc]
    """Ticks at whole epochs; its grid lines are the epoch lines of the plot."""

    def __init__(self) -> None:
        super().__init__("top")
        self._scale = EpochScale()
        self.setStyle(tickLength=0, tickTextOffset=2, hideOverlappingLabels=EDGE_PIXELS)

    def set_scale(self, scale: EpochScale) -> None:
        """Use this map of steps to epochs; call again when it has changed."""
        self._scale = scale
        self.picture = None
        self.update()

    def tickValues(  # noqa: N802
        self,
        low: float,
        high: float,
        size: float,
    ) -> list[tuple[float, list[float]]]:
        first, last = self._scale.epoch_of(low), self._scale.epoch_of(high)
        lines = max(1.0, size / _LABEL_PIXELS)
        spacing = one_two_five((last - first) / lines)
        start = max(spacing, math.ceil(first / spacing) * spacing)
        epochs = range(start, math.floor(last) + 1, spacing)
        return [(1.0, [self._scale.step_of(epoch) for epoch in epochs])]

    def tickStrings(
        self, values: Sequence[float], scale: float, spacing: float
    ) -> list[str]:
        del scale, spacing
        return [f"epoch {round(self._scale.epoch_of(v)):,}" for v in values]

    def boundingRect(self) -> QRectF:
        # With a grid pyqtgraph leaves no space here and drops the labels at the ends.
        room: QRectF = super().boundingRect()
        return room.adjusted(-EDGE_PIXELS, 0, EDGE_PIXELS, 0)
