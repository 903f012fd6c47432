"""An axis of pyqtgraph whose places and labels come from gui.widgets.plots.ticks."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Final

import pyqtgraph as pg

from gui.style import tokens
from gui.widgets.plots.ticks import Tick

EDGE_PIXELS: Final = tokens.length("tick_axis.edge_pixels")
"""How far the label of a tick at the very end of an axis may stand out, at 100 %."""


class TickAxis(pg.AxisItem):  # type: ignore[misc]
    """Asks for its ticks once, so that a label is that of the place it stands at.

    Attributes:
        edge: how far the label at the very end may stand out.
    """

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self._labels: dict[float, str] = {}
        self.edge = 0
        self.set_edge(EDGE_PIXELS)

    def set_edge(self, pixels: int) -> None:
        """Say how far a label at the very end may stand out; it is hidden beyond."""
        if pixels != self.edge:
            self.edge = pixels
            self.setStyle(hideOverlappingLabels=pixels)

    @abstractmethod
    def ticks(self, low: float, high: float, size: float) -> Sequence[Tick]:
        """What stands between `low` and `high` on an axis of so many pixels."""

    def tickValues(  # noqa: N802
        self, low: float, high: float, size: float
    ) -> list[tuple[float, list[float]]]:
        self._labels = {tick.place: tick.label for tick in self.ticks(low, high, size)}
        return [(1.0, list(self._labels))]

    def tickStrings(
        self, values: Sequence[float], scale: float, spacing: float
    ) -> list[str]:
        del scale, spacing
        return [self._labels.get(value, "") for value in values]
