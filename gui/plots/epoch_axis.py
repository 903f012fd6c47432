"""The axis above a plot over steps: a numbered line where each epoch begins."""

import math
from collections.abc import Sequence
from typing import Final

import pyqtgraph as pg

from gui.plots.ranges import one_two_five
from gui.plots.value_axis import EDGE_PIXELS

_LABEL_PIXELS: Final = 88


class EpochAxis(pg.AxisItem):  # type: ignore[misc]
    """Ticks at whole epochs; its grid lines are the epoch lines of the plot."""

    def __init__(self) -> None:
        super().__init__("top")
        self._steps_per_epoch = 1
        self.setStyle(tickLength=0, tickTextOffset=2, hideOverlappingLabels=EDGE_PIXELS)

    def set_steps_per_epoch(self, steps: int) -> None:
        if steps != self._steps_per_epoch:
            self._steps_per_epoch = max(1, steps)
            self.picture = None
            self.update()

    def tickValues(  # noqa: N802
        self,
        low: float,
        high: float,
        size: float,
    ) -> list[tuple[float, list[float]]]:
        per_epoch = self._steps_per_epoch
        lines = max(1.0, size / _LABEL_PIXELS)
        spacing = one_two_five((high - low) / per_epoch / lines)
        first = max(spacing, math.ceil(low / per_epoch / spacing) * spacing)
        last = math.floor(high / per_epoch)
        epochs = range(first, last + 1, spacing)
        return [(spacing * per_epoch, [float(e * per_epoch) for e in epochs])]

    def tickStrings(
        self, values: Sequence[float], scale: float, spacing: float
    ) -> list[str]:
        del scale, spacing
        return [f"epoch {round(v / self._steps_per_epoch):,}" for v in values]
