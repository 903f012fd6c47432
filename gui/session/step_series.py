"""One number per step for a whole run, in bounded memory.

Up to a million steps each value is kept. Then neighbours merge into buckets of 2, 4,
8, … steps that keep their sum, their smallest and their largest value: an hour of
training takes the room of its first minute, and no peak is lost.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from core.arrays import DoubleArray
from gui.session.decimation import Values32, finite_or_nan

CAPACITY: Final = 1 << 20
"""Most buckets: up to this many steps are kept one by one."""
FACTOR_BITS: Final = 5
FACTOR: Final = 1 << FACTOR_BITS
"""Buckets in one entry of the next coarser level."""
_HALVED_AT_ONCE: Final = 1 << 15
SETTLE_AT: Final = 4096
"""Most values that wait before they are merged."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """Summary of the steps `first_step` to `last_step`.

    Attributes:
        mean: NaN or infinite if one of the values is.
        low: the smallest finite value, NaN where there is none.
        high: the largest finite value, NaN where there is none.
    """

    first_step: int
    last_step: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Bins:
    """A range of a series, `width` steps per bin.

    Attributes:
        edges: (bins + 1,) index of the first value of each bin, then the range's
            end; the value with index i belongs to step i + 1.
        means: (bins,) not finite where one of the values is not.
        lows: (bins,) the smallest finite value, NaN where a bin has none.
        highs: (bins,) the largest finite value, NaN where a bin has none.
        width: steps in a full bin, a power of two.
    """

    edges: npt.NDArray[np.int64]
    means: DoubleArray
    lows: Values32
    highs: Values32
    width: int

    @property
    def centres(self) -> DoubleArray:
        """(bins,) mean step of each bin."""
        centres: DoubleArray = (self.edges[:-1] + self.edges[1:] + 1) / 2
        return centres

    def polyline(self) -> tuple[DoubleArray, DoubleArray]:
        """Points that draw the bins: one for each value, or low and high of a bin."""
        if self.width == 1:
            return self.centres, self.means
        heights = np.stack((self.lows, self.highs), axis=1).ravel()
        return np.repeat(self.centres, 2), heights.astype(np.float64)


NONE: Final = np.zeros(0, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """What a series has kept of its steps.

    Attributes:
        width: steps in a bucket.
        sums: (buckets,) of the complete ones; the values themselves at width 1.
        lows: (buckets,) likewise; empty at width 1.
        highs: (buckets,) likewise.
        rest: values of the bucket that is not complete yet.
    """

    width: int
    sums: Values32
    lows: Values32
    highs: Values32
    rest: Values32

    @property
    def n_steps(self) -> int:
        return len(self.sums) * self.width + len(self.rest)

    @property
    def fits(self) -> bool:
        """Whether a series can have kept this."""
        n, width = len(self.sums), self.width
        is_power = width > 1 and width & (width - 1) == 0
        is_even = n == len(self.lows) == len(self.highs)
        return is_power and is_even and n < CAPACITY and len(self.rest) < width


class _Level:
    """Sum, low and high of blocks of values; only the last block can still change.

    As long as each block is a single value, that is its own sum, low and high, and one
    column is enough.
    """

    def __init__(self, room: int, *, of_single_values: bool = False) -> None:
        # The system allocates the pages of an empty array only when they are written.
        self._sums: Values32 = np.empty(room, np.float32)
        self._lows: Values32 = np.empty(room, np.float32)
        self._highs: Values32 = np.empty(room, np.float32)
        self.of_single_values = of_single_values
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def columns(
        self, start: int, stop: int | None = None
    ) -> tuple[Values32, Values32, Values32]:
        """Sums, lows and highs of the blocks from `start` to `stop`."""
        part = slice(start, self._length if stop is None else min(stop, self._length))
        if self.of_single_values:
            finite = finite_or_nan(self._sums[part])
            return self._sums[part], finite, finite
        return self._sums[part], self._lows[part], self._highs[part]

    def put(
        self, start: int, sums: DoubleArray, lows: Values32, highs: Values32
    ) -> None:
        """Replace everything from block `start` on."""
        self._length = start + len(sums)
        part = slice(start, self._length)
        self._sums[part] = sums
        if not self.of_single_values:
            self._lows[part] = lows
            self._highs[part] = highs

    def halve(self) -> None:
        """Merge each block with its neighbour."""
        half = self._length // 2
        # In parts: NumPy copies what is read where it overlaps what is written.
        for start in range(0, half, _HALVED_AT_ONCE):
            stop = min(start + _HALVED_AT_ONCE, half)
            sums, lows, highs = self.columns(2 * start, 2 * stop)
            np.fmin(lows[0::2], lows[1::2], out=self._lows[start:stop])
            np.fmax(highs[0::2], highs[1::2], out=self._highs[start:stop])
            np.add(sums[0::2], sums[1::2], out=self._sums[start:stop])
        self.of_single_values = False
        self._length = half


class StepSeries:
    """Grows by one value per step; all buckets have the same width.

    Args:
        capacity: most buckets, a power of two.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._width = 1
        self._count = 0
        self._complete = 0
        self._open: Values32 = np.empty(0, np.float32)
        self._pending: list[Values32] = []
        self._n_pending = 0
        self._newest = float("nan")
        self._levels = [_Level(capacity + 1, of_single_values=True)]

    def __len__(self) -> int:
        """Number of steps."""
        return self._count

    @property
    def bucket_width(self) -> int:
        """Steps that share a bucket, a power of two."""
        self._settle()
        return self._width

    @property
    def newest(self) -> float:
        """The value of the last step, NaN where there is none."""
        return self._newest

    def extend(self, values: npt.ArrayLike) -> None:
        """Append the values of the next steps."""
        new = np.atleast_1d(np.asarray(values, dtype=np.float32))
        if len(new) == 0:
            return
        self._newest = float(new[-1])
        self._count += len(new)
        # They come a few at a time, hundreds of times a second: merged together.
        self._pending.append(new)
        self._n_pending += len(new)
        if self._n_pending >= SETTLE_AT:
            self._settle()

    def until(self, count: int) -> "StepSeries":
        """A new series of the first `count` values; this one is unchanged.

        Where buckets hold several steps, those of the last one, if it is cut, are taken
        for its mean.
        """
        self._settle()
        count = min(count, self._count)
        complete, rest = divmod(count, self._width)
        part = StepSeries(self._capacity)
        part._width = self._width
        part._complete = complete
        part._count = complete * self._width
        level = _Level(
            self._capacity + 1, of_single_values=self._levels[0].of_single_values
        )
        sums, lows, highs = self._levels[0].columns(0, complete)
        level.put(0, sums.astype(np.float64), lows, highs)
        part._levels = [level]
        part._build_coarser_levels()
        if complete:
            part._newest = float(sums[-1]) / self._width
        cut = self.bucket(count) if rest else None
        if cut is not None:
            part.extend(np.full(rest, cut.mean))
        return part

    @property
    def kept(self) -> "Kept":
        """All that is kept, from which `restored` makes an equal series."""
        self._settle()
        sums, lows, highs = self._levels[0].columns(0, self._complete)
        if self._width == 1:
            return Kept(1, sums.copy(), NONE, NONE, NONE)
        return Kept(
            self._width, sums.copy(), lows.copy(), highs.copy(), self._open.copy()
        )

    @classmethod
    def restored(cls, kept: "Kept", capacity: int = CAPACITY) -> "StepSeries":
        """The series again of which this was kept."""
        part = cls(capacity)
        if kept.width == 1:
            part.extend(kept.sums)
            return part
        part._width, part._complete = kept.width, len(kept.sums)
        part._count = part._complete * part._width
        part._levels = [_Level(part._capacity + 1)]
        part._levels[0].put(0, kept.sums.astype(np.float64), kept.lows, kept.highs)
        part._build_coarser_levels()
        part.extend(kept.rest)
        return part

    def _build_coarser_levels(self) -> None:
        while len(self._levels[-1]) > FACTOR:
            depth = len(self._levels)
            columns = _merged(self._levels[-1].columns(0), FACTOR)
            self._levels.append(_Level(self._capacity // FACTOR**depth + 1))
            self._levels[-1].put(0, *columns)

    def bucket(self, step: int) -> Bucket | None:
        """The bucket that holds a step, from 1 on; None where there is none."""
        self._settle()
        if not 1 <= step <= self._count:
            return None
        index = (step - 1) // self._width
        (total,), (low,), (high,) = self._levels[0].columns(index, index + 1)
        first = index * self._width
        last = min(first + self._width, self._count)
        mean = float(total) / (last - first)
        return Bucket(first + 1, last, mean, float(low), float(high))

    def buckets(self) -> Bins:
        """The whole series at its finest resolution."""
        return self.blocks(0, self._count, 1)

    def bins(self, start: int, stop: int, max_bins: int) -> Bins:
        """The values with index `start` to `stop` in at most `max_bins` + 1 bins.

        Bins begin at multiples of their width, a power of two, so that a curve that
        grows does not shimmer: only its last bin changes.
        """
        start, stop = max(0, start), min(stop, self._count)
        share = max(1.0, (stop - start) / max(1, max_bins))
        return self.blocks(start, stop, 1 << int(np.ceil(np.log2(share))))

    def blocks(self, start: int, stop: int, width: int) -> Bins:
        """The values with index `start` to `stop` in bins of `width` steps.

        The width is a power of two; where buckets are wider, theirs is taken.
        """
        self._settle()
        width = max(width, self._width)
        start, stop = max(0, start), min(stop, self._count)
        if stop <= start:
            none = np.empty(0, np.float32)
            return Bins(np.zeros(1, np.int64), np.empty(0), none, none, width)
        first, last = start // width, -(-stop // width)
        bits = (width // self._width).bit_length() - 1
        depth = min(bits // FACTOR_BITS, len(self._levels) - 1)
        rest = 1 << (bits - depth * FACTOR_BITS)
        sums, lows, highs = _merged(
            self._levels[depth].columns(first * rest, last * rest), rest
        )
        edges = np.arange(first, last + 1) * width
        edges[-1] = min(edges[-1], self._count)
        return Bins(edges, sums / np.diff(edges), lows, highs, width)

    def _settle(self) -> None:
        if not self._pending:
            return
        values = np.concatenate((self._open, *self._pending))
        self._pending.clear()
        self._n_pending = 0
        # A sum of non-finite or too large numbers is not finite either.
        with np.errstate(invalid="ignore", over="ignore"):
            while True:
                room = (self._capacity - self._complete) * self._width
                self._put(values[:room])
                if self._complete < self._capacity:
                    return
                values = values[room:]
                for level in self._levels:
                    level.halve()
                self._complete //= 2
                self._width *= 2

    def _put(self, values: Values32) -> None:
        """Append values from the open bucket on, then update the coarser levels."""
        complete, rest = divmod(len(values), self._width)
        start = self._complete
        self._complete += complete
        self._open = values[len(values) - rest :].copy()
        finite = finite_or_nan(values)
        columns = _merged((values, finite, finite), self._width)
        self._levels[0].put(start, *columns)
        depth = 0
        while len(self._levels[depth]) > FACTOR:
            start //= FACTOR
            below = self._levels[depth]
            depth += 1
            if depth == len(self._levels):
                start = 0  # the finer level had no sums until now
                self._levels.append(_Level(self._capacity // FACTOR**depth + 1))
            columns = _merged(below.columns(start * FACTOR), FACTOR)
            self._levels[depth].put(start, *columns)


def _merged(
    columns: tuple[Values32, Values32, Values32], size: int
) -> tuple[DoubleArray, Values32, Values32]:
    """Sums, lows and highs of each `size` blocks; of fewer at the end."""
    sums, lows, highs = columns
    if size == 1:
        return sums.astype(np.float64), lows, highs
    return (
        np.add.reduce(_rows(sums, size, 0.0), axis=1, dtype=np.float64),
        np.fmin.reduce(_rows(lows, size, np.nan), axis=1),
        np.fmax.reduce(_rows(highs, size, np.nan), axis=1),
    )


def _rows(values: Values32, size: int, filling: float) -> Values32:
    missing = -len(values) % size
    if missing:
        values = np.concatenate((values, np.full(missing, filling, np.float32)))
    return values.reshape(-1, size)
