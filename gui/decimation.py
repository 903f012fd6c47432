"""Curves of millions of points cut down to what a screen can show.

A `MinMaxPyramid` keeps, beside the raw values, the smallest and the largest of every
8, 64, 512, ... values. It grows with its series, so that drawing any stretch of it
costs about as much as the stretch is wide on the screen, however long it is.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

FACTOR_BITS: Final = 3
FACTOR: Final = 1 << FACTOR_BITS
_MIN_ROOM: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class Bins:
    """A stretch of a series, `width` values to a bin.

    Attributes:
        centres: (bins,) mean index of the values in each bin.
        lows: (bins,) the smallest finite value, NaN where a bin has none.
        highs: (bins,) the largest finite value, NaN where a bin has none.
        width: values in a full bin, a power of two.
    """

    centres: Values
    lows: Values
    highs: Values
    width: int

    def polyline(self) -> tuple[Values, Values]:
        """Points that draw the bins: one for each value, or low and high of a bin."""
        if self.width == 1:
            return self.centres, self.lows
        return np.repeat(self.centres, 2), np.stack(
            (self.lows, self.highs), axis=1
        ).ravel()


class _Level:
    """Low and high of each block; only the last block can still change."""

    def __init__(self) -> None:
        self._lows: Values = np.empty(_MIN_ROOM)
        self._highs: Values = np.empty(_MIN_ROOM)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def lows(self) -> Values:
        return self._lows[: self._length]

    @property
    def highs(self) -> Values:
        return self._highs[: self._length]

    def put(self, start: int, lows: Values, highs: Values) -> None:
        """Replace everything from block `start` on."""
        needed = start + len(lows)
        if needed > len(self._lows):
            self._lows = _with_room(self._lows, start, needed)
            self._highs = _with_room(self._highs, start, needed)
        self._lows[start:needed] = lows
        self._highs[start:needed] = highs
        self._length = needed


class MinMaxPyramid:
    """Smallest and largest of blocks of 8, 64, 512, ... values of a growing series.

    The series itself stays where it is; it may only be appended to. Values that are
    not finite are left out.
    """

    def __init__(self) -> None:
        self._raw: Values = np.empty(0)
        self._levels: list[_Level] = []

    def __len__(self) -> int:
        return len(self._raw)

    def update(self, values: Values) -> None:
        """Take in what was appended; `values` is the whole series so far."""
        seen = len(self._raw)
        if len(values) == seen:
            return
        self._raw = values
        start = seen // FACTOR
        fresh = finite_or_nan(values[start * FACTOR :])
        lows, highs = _block_min(fresh), _block_max(fresh)
        depth = 0
        while True:
            if depth == len(self._levels):
                self._levels.append(_Level())
            level = self._levels[depth]
            level.put(start, lows, highs)
            if len(level) <= FACTOR:
                return
            start //= FACTOR
            lows = _block_min(level.lows[start * FACTOR :])
            highs = _block_max(level.highs[start * FACTOR :])
            depth += 1

    def bins(self, start: int, stop: int, max_bins: int) -> Bins:
        """The values from `start` to `stop` in at most `max_bins` + 1 bins.

        Bins begin at multiples of their width, a power of two, so that a curve that
        grows does not shimmer: only its last bin changes.
        """
        start, stop = max(0, start), min(stop, len(self))
        if stop <= start:
            return Bins(np.empty(0), np.empty(0), np.empty(0), 1)
        bits = max(0, int(np.ceil(np.log2((stop - start) / max(1, max_bins)))))
        width = 1 << bits
        first, last = start // width, -(-stop // width)
        lows, highs = self._blocks(bits, first, last)
        edges = np.arange(first, last + 1, dtype=np.float64) * width
        edges[-1] = min(edges[-1], len(self))
        return Bins((edges[:-1] + edges[1:] - 1) / 2, lows, highs, width)

    def _blocks(self, bits: int, first: int, last: int) -> tuple[Values, Values]:
        """Low and high of the blocks of 2**bits values from `first` to `last`."""
        depth = min(bits // FACTOR_BITS, len(self._levels))
        rest = 1 << (bits - depth * FACTOR_BITS)
        part = slice(first * rest, last * rest)
        if depth == 0:
            lows = highs = finite_or_nan(self._raw[part])
        else:
            level = self._levels[depth - 1]
            lows, highs = level.lows[part], level.highs[part]
        if rest > 1:
            return _block_min(lows, rest), _block_max(highs, rest)
        return lows, highs


def thin_points(x: Values, y: Values, max_points: int) -> tuple[Values, Values]:
    """At most `max_points` of the points, the extreme ones of each stretch kept."""
    if len(x) <= max_points:
        return x, y
    size = -(-2 * len(x) // max(2, max_points))
    blocks = _padded_blocks(finite_or_nan(y), size)
    starts = np.arange(0, len(x), size)
    lowest = starts + np.where(np.isnan(blocks), np.inf, blocks).argmin(axis=1)
    highest = starts + np.where(np.isnan(blocks), -np.inf, blocks).argmax(axis=1)
    kept = np.unique(np.concatenate((lowest, highest)))
    return x[kept], y[kept]


def finite_or_nan(values: Values) -> Values:
    """The values with infinities turned into NaN, without a copy if there are none."""
    return (
        np.where(np.isinf(values), np.nan, values) if np.isinf(values).any() else values
    )


def _padded_blocks(values: Values, size: int) -> Values:
    missing = -len(values) % size
    if missing:
        values = np.concatenate((values, np.full(missing, np.nan)))
    return values.reshape(-1, size)


# Column by column: NumPy reduces a short last axis ten times slower.
def _block_min(values: Values, size: int = FACTOR) -> Values:
    blocks = _padded_blocks(values, size)
    result = blocks[:, 0].copy()
    for column in range(1, size):
        np.fmin(result, blocks[:, column], out=result)
    return result


def _block_max(values: Values, size: int = FACTOR) -> Values:
    blocks = _padded_blocks(values, size)
    result = blocks[:, 0].copy()
    for column in range(1, size):
        np.fmax(result, blocks[:, column], out=result)
    return result


def _with_room(old: Values, used: int, needed: int) -> Values:
    room = np.empty(max(needed, 2 * len(old)))
    room[:used] = old[:used]
    return room
