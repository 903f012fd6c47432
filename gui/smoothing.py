"""Exponential moving averages of series that grow, at a cost of only what is new."""

from typing import Final

import numpy as np
import numpy.typing as npt

from gui.metrics_log import GrowingColumn

Values = npt.NDArray[np.float64]

_BLOCK: Final = 64


class GrowingAverage:
    """The moving average of a growing series, entry for entry.

    Entry i weighs value j <= i by 2**(-(i - j) / half_life); the weights are divided by
    their sum, so that the start is not pulled towards zero. Values that are not finite
    have no weight. A half-life of 0 is no smoothing at all.
    """

    def __init__(self, half_life: float) -> None:
        self.half_life = half_life
        self._column = GrowingColumn()
        self._sum = 0.0
        self._weight = 0.0

    def __len__(self) -> int:
        return len(self._column)

    @property
    def values(self) -> Values:
        return self._column.values

    def update(self, series: Values, limit: int | None = None) -> None:
        """Take in at most `limit` of the values that were appended to the series."""
        new = series[len(self) :][:limit]
        if len(new) == 0:
            return
        if self.half_life <= 0:
            self._column.extend(new)
            return
        decay = 2.0 ** (-1.0 / self.half_life)
        known = np.isfinite(new)
        sums = decayed_sums(np.where(known, new, 0.0), decay, self._sum)
        weights = decayed_sums(known.astype(np.float64), decay, self._weight)
        self._sum, self._weight = float(sums[-1]), float(weights[-1])
        # The weight underflows to 0 only where nothing finite has been for ages.
        averages = np.full(len(new), np.nan)
        np.divide(sums, weights, out=averages, where=weights > 0)
        self._column.extend(averages)


def decayed_sums(values: Values, decay: float, before: float) -> Values:
    """s[i] = decay * s[i - 1] + values[i], with s[-1] = before.

    Blocks of 64 values are summed by one matrix product; their ends follow the same
    recurrence with decay**64, so that the work is vectorised at every length.
    """
    count = len(values)
    if count <= _BLOCK:
        return _short_sums(values, decay, before)
    blocks = np.concatenate((values, np.zeros(-count % _BLOCK))).reshape(-1, _BLOCK)
    powers = decay ** np.arange(_BLOCK + 1)
    lags = np.subtract.outer(np.arange(_BLOCK), np.arange(_BLOCK))
    kernel = np.where(lags >= 0, decay ** np.maximum(lags, 0), 0.0)
    inside = blocks @ kernel.T
    ends = decayed_sums(inside[:, -1], float(powers[_BLOCK]), before)
    carried = np.concatenate(([before], ends[:-1]))
    result: Values = (inside + carried[:, None] * powers[1:]).ravel()[:count]
    return result


def _short_sums(values: Values, decay: float, before: float) -> Values:
    sums = np.empty(len(values))
    for i, value in enumerate(values):
        before = decay * before + value
        sums[i] = before
    return sums
