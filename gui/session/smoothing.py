"""Exponential moving averages over steps, of the visible range only."""

from collections.abc import Iterator, Sequence
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
    series: StepSeries,
    half_life: float,
    start: int,
    stop: int,
    max_bins: int,
    *,
    breaks: Sequence[int] = (),
) -> Bins:
    """Smallest and largest average in each bin of a range, as `StepSeries.bins`.

    The average of a step weighs a step n before it by 2**(-n / half_life); the weights
    are divided by their sum, so that the start is not pulled towards zero. Values that
    are not finite have no weight. Where steps share a bucket, or there are more than
    can be told apart on the screen, each counts as the mean of its bucket. A half-life
    of 0 is no smoothing at all.

    Args:
        series: the values.
        half_life: in steps.
        start: index of the first value.
        stop: index after the last one.
        max_bins: bins at the most.
        breaks: indices from which on the values are of another quantity: there the
            average begins anew. A bin with values of both is NaN.
    """
    drawn = series.bins(start, stop, max_bins)
    if half_life <= 0:
        return broken(drawn, breaks)
    width = max(series.bucket_width, drawn.width // _FINENESS)
    lows, highs = np.full((2, len(drawn.means)), np.nan)
    for first, last, origin in _whole_bins(drawn, breaks):
        begin, end = int(drawn.edges[first]), int(drawn.edges[last])
        aligned = -(-origin // width) * width
        averages = _averages(series, half_life, begin, end, width, aligned)
        size = drawn.width // width
        rows = np.concatenate((averages, np.full(-len(averages) % size, np.nan)))
        rows = rows.reshape(-1, size)
        lows[first:last] = np.fmin.reduce(rows, axis=1)
        highs[first:last] = np.fmax.reduce(rows, axis=1)
    return Bins(drawn.edges, lows, lows, highs, drawn.width)


def _whole_bins(bins: Bins, breaks: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """First bin, end, and first value of each stretch between two breaks."""
    ends = (*breaks, int(bins.edges[-1]) + 1)
    for origin, end in zip((0, *breaks), ends, strict=True):
        first = int(np.searchsorted(bins.edges[:-1], origin, side="left"))
        last = int(np.searchsorted(bins.edges[1:], end, side="right"))
        if first < last:
            yield first, last, origin


def broken(bins: Bins, breaks: Sequence[int]) -> Bins:
    """The bins, NaN where one holds values from before and after a break."""
    mixed = np.zeros(len(bins.means), bool)
    for index in breaks:
        mixed |= (bins.edges[:-1] < index) & (index < bins.edges[1:])
    if not mixed.any():
        return bins
    means, lows, highs = (
        np.where(mixed, np.nan, column)
        for column in (bins.means, bins.lows, bins.highs)
    )
    return Bins(bins.edges, means, lows, highs, bins.width)


def average_at(
    series: StepSeries, half_life: float, step: int, *, breaks: Sequence[int] = ()
) -> float | None:
    """The average of a step, from 1 on, or of the end of its bucket."""
    bucket = series.bucket(step)
    if bucket is None:
        return None
    first, last = bucket.first_step - 1, bucket.last_step
    origin = max((index for index in breaks if index <= first), default=0)
    origin = -(-origin // series.bucket_width) * series.bucket_width
    return float(_averages(series, half_life, first, last, 1, origin)[-1])


def _averages(
    series: StepSeries,
    half_life: float,
    first: int,
    last: int,
    width: int,
    origin: int = 0,
) -> DoubleArray:
    """The average at the end of each block of `width` steps from `first` to `last`.

    Values before `origin` do not count; it is at most `first`.
    """
    if half_life <= 0:
        return series.blocks(first, last, width).means
    # Coarse blocks for the distant past; they end where the fine ones begin.
    coarse = max(width, 1 << int(np.log2(max(1.0, _MEMORY * half_life / _PAST_BINS))))
    begin = max(first // coarse * coarse, origin)
    total, weight = _past(series, half_life, begin, coarse, width, origin)
    blocks = series.blocks(begin, last, width)
    averages = _averages_onward(blocks, half_life, total, weight)
    return averages[len(averages) - -(-(last - first) // blocks.width) :]


def _past(
    series: StepSeries, half_life: float, end: int, coarse: int, width: int, origin: int
) -> tuple[float, float]:
    """Weighted sum and weight of the values from `origin` to before index `end`."""
    start = end - int(np.ceil(_MEMORY * half_life)) - coarse
    if start < origin and origin > 0:
        # The first coarse block would begin before it.
        start, coarse = origin, width
    blocks = series.blocks(start, end, coarse)
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
