"""Exponential moving averages over steps, of the visible range only."""

from typing import Final

import numpy as np

from core.arrays import DoubleArray
from gui.session.step_series import Bins, StepSeries

_BLOCK: Final = 64
_FINENESS: Final = 8
"""Averages computed for each drawn bin."""
_MEMORY: Final = 24
"""Half-lives to look back; earlier values have a weight below 1 in 10 million."""
_PAST_BINS: Final = 2048


def smoothed_bins(
    series: StepSeries, half_life: float, start: int, stop: int, max_bins: int
) -> Bins:
    """Smallest and largest average in each bin of a range, as `StepSeries.bins`.

    The average of a step weighs a step n before it by 2**(-n / half_life); the weights
    are divided by their sum, so that the start is not pulled towards zero. Values that
    are not finite have no weight. Where steps share a bucket, or there are more than
    can be told apart on the screen, each counts as the mean of its bucket. A half-life
    of 0 is no smoothing at all.
    """
    drawn = series.bins(start, stop, max_bins)
    if half_life <= 0:
        return drawn
    first, last = int(drawn.edges[0]), int(drawn.edges[-1])
    width = max(series.bucket_width, drawn.width // _FINENESS)
    averages = _averages(series, half_life, first, last, width)
    size = drawn.width // width
    rows = np.concatenate((averages, np.full(-len(averages) % size, np.nan)))
    rows = rows.reshape(-1, size)
    lows, highs = np.fmin.reduce(rows, axis=1), np.fmax.reduce(rows, axis=1)
    return Bins(drawn.edges, lows, lows, highs, drawn.width)


def average_at(series: StepSeries, half_life: float, step: int) -> float | None:
    """The average of a step, from 1 on, or of the end of its bucket."""
    bucket = series.bucket(step)
    if bucket is None:
        return None
    first, last = bucket.first_step - 1, bucket.last_step
    return float(_averages(series, half_life, first, last, 1)[-1])


def _averages(
    series: StepSeries, half_life: float, first: int, last: int, width: int
) -> DoubleArray:
    """The average at the end of each block of `width` steps from `first` to `last`."""
    if half_life <= 0:
        return series.blocks(first, last, width).means
    # Coarse blocks for the distant past; they end where the fine ones begin.
    coarse = max(width, 1 << int(np.log2(max(1.0, _MEMORY * half_life / _PAST_BINS))))
    begin = first // coarse * coarse
    total, weight = _past(series, half_life, begin, coarse)
    blocks = series.blocks(begin, last, width)
    averages = _averages_onward(blocks, half_life, total, weight)
    return averages[len(averages) - -(-(last - first) // blocks.width) :]


def _past(
    series: StepSeries, half_life: float, end: int, width: int
) -> tuple[float, float]:
    """Weighted sum and weight of the values before index `end`."""
    start = end - int(np.ceil(_MEMORY * half_life)) - width
    blocks = series.blocks(start, end, width)
    lengths = np.diff(blocks.edges)
    ages = end - blocks.edges[1:]
    weights = -np.expm1(-lengths * (np.log(2) / half_life))
    weights *= np.exp2(-ages / half_life)
    known = np.isfinite(blocks.means)
    weights = weights[known]
    return float(weights @ blocks.means[known]), float(weights.sum())


def _averages_onward(
    blocks: Bins, half_life: float, total: float, weight: float
) -> DoubleArray:
    lengths = np.diff(blocks.edges)
    known = np.isfinite(blocks.means)
    shares = -np.expm1(-lengths * (np.log(2) / half_life))
    decay = float(np.exp2(-blocks.width / half_life))
    totals = decayed_sums(shares * np.where(known, blocks.means, 0.0), decay, total)
    weights = decayed_sums(shares * known, decay, weight)
    if len(lengths) and lengths[-1] < blocks.width:
        # The last block is shorter, so the past decays less.
        short = float(np.exp2(-int(lengths[-1]) / half_life)) - decay
        totals[-1] += short * (totals[-2] if len(totals) > 1 else total)
        weights[-1] += short * (weights[-2] if len(weights) > 1 else weight)
    # The weight underflows to 0 only where no value was finite for very long.
    averages = np.full(len(totals), np.nan)
    np.divide(totals, weights, out=averages, where=weights > 0)
    return averages


def decayed_sums(values: DoubleArray, decay: float, before: float) -> DoubleArray:
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
    result: DoubleArray = (inside + carried[:, None] * powers[1:]).ravel()[:count]
    return result


def _short_sums(values: DoubleArray, decay: float, before: float) -> DoubleArray:
    sums = np.empty(len(values))
    for i, value in enumerate(values):
        before = decay * before + value
        sums[i] = before
    return sums
