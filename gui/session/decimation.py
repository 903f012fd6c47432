"""Curves of many points reduced to what a screen can show."""

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from core.arrays import DoubleArray

Values32 = npt.NDArray[np.float32]
_Floats = TypeVar("_Floats", DoubleArray, Values32)


def thin_points(
    x: DoubleArray, y: DoubleArray, max_points: int
) -> tuple[DoubleArray, DoubleArray]:
    """At most `max_points` of the points; the extremes of each block are kept."""
    if len(x) <= max_points:
        return x, y
    kept = extremes(y, -(-2 * len(x) // max(2, max_points)))
    return x[kept], y[kept]


def extremes(values: DoubleArray, size: int) -> npt.NDArray[np.intp]:
    """Indices of the smallest and the largest of each `size` values, in order."""
    blocks = _padded_blocks(finite_or_nan(values), size)
    starts = np.arange(0, len(values), size)
    lowest = starts + np.where(np.isnan(blocks), np.inf, blocks).argmin(axis=1)
    highest = starts + np.where(np.isnan(blocks), -np.inf, blocks).argmax(axis=1)
    return np.unique(np.concatenate((lowest, highest)))


def finite_or_nan(values: _Floats) -> _Floats:
    """The values with infinities turned into NaN, without a copy if there are none."""
    if not np.isinf(values).any():
        return values
    return np.where(np.isinf(values), values.dtype.type(np.nan), values)


def _padded_blocks(values: DoubleArray, size: int) -> DoubleArray:
    missing = -len(values) % size
    if missing:
        values = np.concatenate((values, np.full(missing, np.nan)))
    return values.reshape(-1, size)
