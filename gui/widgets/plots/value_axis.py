"""The left axis of a plot: linear, or in decades of a logarithm."""

import math
from collections.abc import Sequence
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QRectF

from gui.style.number_format import MINUS, short

EDGE_PIXELS: Final = 22
"""How far the label of a tick at the end of an axis may extend beyond it."""
_TICK_PIXELS: Final = 26
_MOST_TICKS: Final = 10


class ValueAxis(pg.AxisItem):  # type: ignore[misc]
    """Labels values; on a log scale the plot holds log10 of them."""

    def __init__(self) -> None:
        super().__init__("left")
        self._is_log = False
        # Otherwise the title would add "(x0.001)" although ticks are in full.
        self.enableAutoSIPrefix(False)
        self.setStyle(
            tickLength=0,
            tickTextOffset=6,
            autoExpandTextSpace=False,
            hideOverlappingLabels=EDGE_PIXELS,
        )

    def set_log(self, is_log: bool) -> None:
        if is_log != self._is_log:
            self._is_log = is_log
            self.picture = None
            self.update()

    def tickValues(  # noqa: N802
        self,
        low: float,
        high: float,
        size: float,
    ) -> list[tuple[float, list[float]]]:
        most = min(_MOST_TICKS, max(2.0, size / _TICK_PIXELS))
        if self._is_log:
            return [(1.0, log_ticks(low, high, int(most)))]
        step = linear_step(low, high, most)
        first, last = math.ceil(low / step), math.floor(high / step)
        return [(step, [k * step for k in range(first, last + 1)])]

    def tickStrings(
        self, values: Sequence[float], scale: float, spacing: float
    ) -> list[str]:
        del scale
        if self._is_log:
            return [short(10.0**value) for value in values]
        texts = [short(value) for value in values]
        if len(set(texts)) == len(texts):
            return texts
        decimals = max(0, -math.floor(math.log10(spacing)))
        return [f"{value:.{decimals}f}".replace("-", MINUS) for value in values]

    def boundingRect(self) -> QRectF:
        # With a grid pyqtgraph leaves no space here and drops the labels at the ends.
        room: QRectF = super().boundingRect()
        return room.adjusted(0, -EDGE_PIXELS, 0, EDGE_PIXELS)


def linear_step(low: float, high: float, most: float) -> float:
    """The smallest 1-2-5 step of which at most `most` fit between low and high."""
    rough = (high - low) / most
    decade: float = 10.0 ** math.floor(math.log10(rough))
    for digit in (1.0, 2.0, 5.0):
        if digit * decade >= rough:
            return digit * decade
    return 10.0 * decade


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """log10 of round numbers between 10**low and 10**high, at most about `most`."""
    if high - low < 0.3:  # less than a factor of 2: linear steps are enough
        a, b = 10.0**low, 10.0**high
        step = linear_step(a, b, most)
        count = range(math.ceil(a / step), math.floor(b / step) + 1)
        return [math.log10(k * step) for k in count if k > 0]
    decades = range(math.floor(low), math.ceil(high) + 1)
    for digits in ((1, 2, 3, 4, 5, 6, 7, 8), (1, 2, 5), (1, 3), (1,)):
        ticks = [d + math.log10(k) for d in decades for k in digits]
        shown = [tick for tick in ticks if low <= tick <= high]
        if len(shown) <= most:
            return shown
    every = -(-len(shown) // most)
    return [tick for tick in shown if round(tick) % every == 0]
