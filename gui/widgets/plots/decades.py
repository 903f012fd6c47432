"""A logarithmic axis in whole decades: range, ticks and positions."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gui.widgets.plots.ticks import Tick, decade_ticks

FEWEST: Final = 3
LOWEST: Final = -30


@dataclass(frozen=True, slots=True)
class Decades:
    """From 10**low to 10**high."""

    low: int
    high: int

    def place(self, value: float) -> float | None:
        """0 at the low end to 1 at the high end; None if there is no logarithm."""
        if not (math.isfinite(value) and value > 0):
            return None
        return min(max(self.share(math.log10(value)), 0.0), 1.0)

    def share(self, exponent: float) -> float:
        """0 at the low end to 1 at the high one; not clipped."""
        return (exponent - self.low) / (self.high - self.low)

    def ticks(self, most: int) -> tuple[Tick, ...]:
        """Whole powers of ten to label, at most so many."""
        return decade_ticks(self.low, self.high, most)


def decades_of(values: Iterable[float]) -> Decades:
    """Whole decades around the positive values."""
    logs = [math.log10(v) for v in values if math.isfinite(v) and v > 0]
    if not logs:
        return Decades(-3, 0)
    low = max(LOWEST, math.floor(min(logs) - 0.05))
    high = math.ceil(max(logs) + 0.05)
    return Decades(min(low, high - FEWEST), high)
