"""Heights over a grid of a plane, and their levels and colours."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from core.arrays import DoubleArray
from gui.widgets.plots.ticks import linear_ticks, log_ticks

BANDS: Final = 16
"""Contours between the lowest and the highest point."""
CONTOUR: Final = 0.22
"""How much of white a contour has."""
_LEAST_ROOM: Final = 0.4
_HUGE: Final = 1e300
_FAR: Final = 1e4
"""Shares of an axis, beyond which a place is far outside of any picture."""
_TINY: Final = 5e-324
SMALLEST_SHARE: Final = 1e-5
"""Lower end of a log scale, relative to the highest value."""


@dataclass(frozen=True, eq=False)
class Field:
    """Heights over a grid.

    Attributes:
        x: (n,) rising.
        y: (m,) rising.
        heights: (m, n); not finite where nothing is defined, which has no colour.
        is_log: whether colours and levels follow the logarithm.
        labels: of the x and the y axis.
        unit: of the heights.
    """

    x: DoubleArray
    y: DoubleArray
    heights: DoubleArray
    is_log: bool = False
    labels: tuple[str, str] = ("x", "y")
    unit: str = ""

    @cached_property
    def low(self) -> float:
        finite = self.heights[np.isfinite(self.heights)]
        return float(finite.min()) if finite.size else 0.0

    @cached_property
    def high(self) -> float:
        finite = self.heights[np.isfinite(self.heights)]
        top = float(finite.max()) if finite.size else 1.0
        return top if top > self.low else self.low + 1.0

    @cached_property
    def is_missing(self) -> npt.NDArray[np.bool_]:
        """(m, n): where the height is not finite."""
        return ~np.isfinite(self.heights)

    @property
    def n_missing(self) -> int:
        """Points whose height is not finite."""
        return int(np.count_nonzero(self.is_missing))

    @property
    def is_empty(self) -> bool:
        """Whether no height is finite."""
        return bool(self.is_missing.all())

    @property
    def _shift(self) -> float:
        """An offset that makes all heights positive for the logarithm."""
        return min(self.low, 0.0)

    @property
    def _scale(self) -> float:
        """What keeps the differences of huge heights finite."""
        return 0.25 if max(abs(self.low), abs(self.high)) > _HUGE else 1.0

    def _bent(self, heights: npt.ArrayLike) -> DoubleArray:
        """The scaled heights, or the logarithm of how far they lie above 0."""
        values = np.asarray(heights, np.float64) * self._scale
        if not self.is_log:
            return values
        shift, high = self._shift * self._scale, self.high * self._scale
        floor = max(SMALLEST_SHARE * (high - shift), _TINY)
        return np.log10(np.maximum(values - shift, floor))

    def levels(self, heights: npt.ArrayLike) -> DoubleArray:
        """0 for the lowest height of the grid, 1 for the highest; not beyond."""
        with np.errstate(all="ignore"):
            low, high = self._bent(self.low), self._bent(self.high)
            share = (self._bent(heights) - low) / max(float(high - low), _TINY)
        return np.clip(np.nan_to_num(share, nan=1.0, posinf=1.0, neginf=0.0), 0, 1)

    def height_at_level(self, level: float) -> float:
        """The height whose level is that."""
        with np.errstate(all="ignore"):
            low, high = float(self._bent(self.low)), float(self._bent(self.high))
            height = np.float64(low + level * (high - low))
            if self.is_log:
                height = 10.0**height + self._shift * self._scale
            return float(np.clip(height / self._scale, self.low, self.high))

    @cached_property
    def grid_levels(self) -> DoubleArray:
        """(m, n) levels of the grid.

        Where nothing is defined it is level with its neighbours, or the levels between
        them would rise to its edge.
        """
        levels = self.levels(self.heights)
        if not self.n_missing:
            return levels
        known = np.pad(np.where(self.is_missing, np.nan, levels), 1, mode="edge")
        around = np.lib.stride_tricks.sliding_window_view(known, (3, 3))
        number = np.isfinite(around).sum(axis=(2, 3))
        mean = np.nansum(around, axis=(2, 3)) / np.maximum(number, 1)
        return np.where(self.is_missing & (number > 0), mean, levels)

    def height_at(self, place: tuple[float, float]) -> float:
        """The height of the surface at a place; nan where nothing is defined."""
        i = int(np.abs(self.y - place[1]).argmin())
        j = int(np.abs(self.x - place[0]).argmin())
        if self.is_missing[i, j]:
            return math.nan
        return self.height_at_level(float(self.level_at([place])[0]))

    def level_at(self, points: npt.ArrayLike) -> DoubleArray:
        """Levels (k,) of the surface at coordinates (k, 2), between the grid's points.

        Those outside of the grid have the level of its edge.
        """
        places = np.nan_to_num(np.asarray(points, np.float64)).reshape(-1, 2)
        column = np.interp(places[:, 0], self.x, np.arange(len(self.x)))
        row = np.interp(places[:, 1], self.y, np.arange(len(self.y)))
        j = np.minimum(column.astype(int), len(self.x) - 2)
        i = np.minimum(row.astype(int), len(self.y) - 2)
        s, t = column - j, row - i
        grid = self.grid_levels
        below = (1 - s) * grid[i, j] + s * grid[i, j + 1]
        above = (1 - s) * grid[i + 1, j] + s * grid[i + 1, j + 1]
        result: DoubleArray = (1 - t) * below + t * above
        return result

    def ticks(self, count: int = 5) -> Sequence[tuple[float, str]]:
        """Levels from 0 to 1 of round heights, and these; at most about `count`."""
        if self.is_empty:
            return []
        if self.is_log and self._shift == 0:
            low, high = float(self._bent(self.low)), float(self._bent(self.high))
            shift = -math.log10(self._scale)
            found = log_ticks(low + shift, high + shift, count)
        else:
            found = linear_ticks(self.low, self.high, count)
        ticks: list[tuple[float, str]] = []
        for tick in found:
            level = float(self.levels(tick.value))
            # With a logarithm of shifted heights round ones crowd at the top.
            if not ticks or level - ticks[-1][0] >= _LEAST_ROOM / count:
                ticks.append((level, tick.label))
        return ticks


@dataclass(frozen=True, eq=False)
class PathLine:
    """A path over the plane.

    Attributes:
        points: (k, 2) coordinates, the newest last; not finite ones are left out.
        colour: of line and head.
        name: for the legend, or empty.
        dash: lengths of strokes and gaps in line widths; empty for a whole line.
        ends: what stands beside its first and its last point.
    """

    points: DoubleArray
    colour: tuple[int, int, int]
    name: str = ""
    dash: tuple[float, ...] = ()
    ends: tuple[str, str] = ("", "")

    @property
    def finite(self) -> DoubleArray:
        """The points before the first non-finite one."""
        bad = ~np.isfinite(self.points).all(axis=1)
        return self.points[: int(np.argmax(bad))] if bad.any() else self.points


def shares(values: DoubleArray, axis: DoubleArray) -> DoubleArray:
    """How far along a rising axis values lie: 0 at its start, 1 at its end."""
    with np.errstate(all="ignore"):
        # Where a difference would be infinite, both are made smaller.
        scale = 0.25 if max(abs(axis[0]), abs(axis[-1])) > _HUGE else 1.0
        start, end = scale * axis[0], scale * axis[-1]
        found: DoubleArray = (scale * values - start) / (end - start)
    return np.clip(np.nan_to_num(found), -_FAR, _FAR)


def upsampled(grid: DoubleArray, n_rows: int, n_columns: int) -> DoubleArray:
    """A finer grid by linear interpolation of a grid (m, n)."""
    for axis, size in ((0, n_rows), (1, n_columns)):
        place = np.linspace(0, grid.shape[axis] - 1, size)
        lower = np.minimum(place.astype(int), grid.shape[axis] - 2)
        share = place - lower
        shape = (-1, 1) if axis == 0 else (1, -1)
        first = np.take(grid, lower, axis)
        second = np.take(grid, lower + 1, axis)
        grid = first + share.reshape(shape) * (second - first)
    return grid


def spread(
    mask: npt.NDArray[np.bool_], n_rows: int, n_columns: int
) -> npt.NDArray[np.bool_]:
    """A finer grid, in which each place is as the nearest point of a mask (m, n)."""
    rows, columns = (
        np.rint(np.linspace(0, size - 1, fine)).astype(int)
        for size, fine in zip(mask.shape, (n_rows, n_columns), strict=True)
    )
    finer: npt.NDArray[np.bool_] = mask[np.ix_(rows, columns)]
    return finer


def contour_picture(
    field: Field, table: npt.NDArray[np.uint8], n_rows: int, n_columns: int
) -> npt.NDArray[np.uint32]:
    """Filled contours as pixels 0xffRRGGBB, 0 where nothing is defined.

    The largest y is on top.

    Args:
        field: the heights.
        table: (256, 3) colours from the lowest to the highest.
        n_rows: of the picture.
        n_columns: of the picture.
    """
    levels = upsampled(field.grid_levels, n_rows, n_columns)[::-1]
    band = np.minimum((levels * BANDS).astype(np.int32), BANDS - 1)
    codes = (levels * (len(table) - 1)).astype(np.int32)
    edge = np.zeros(band.shape, bool)
    edge[:-1] |= band[:-1] != band[1:]
    edge[:, :-1] |= band[:, :-1] != band[:, 1:]
    picture = _words(table)[codes]
    picture[edge] = _words(_lightened(table))[codes[edge]]
    if field.n_missing:
        picture[spread(field.is_missing, n_rows, n_columns)[::-1]] = 0
    return np.ascontiguousarray(picture, np.uint32)


def _words(table: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
    red, green, blue = table.astype(np.uint32).T
    words: npt.NDArray[np.uint32] = (
        np.uint32(0xFF000000) | red << 16 | green << 8 | blue
    )
    return words


def _lightened(table: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """The colours of contours: nearer to white, which shows on all but the highest."""
    mixed = (1 - CONTOUR) * table + CONTOUR * 255.0
    lighter: npt.NDArray[np.uint8] = np.rint(mixed).astype(np.uint8)
    return lighter
