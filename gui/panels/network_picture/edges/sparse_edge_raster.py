"""Fans from a few ports to a dense column, by running sums over the dense column.

Near a column of few ports the fast transform would move mostly empty rows about. There
a pixel lies in at most one fan a port, and in each fan it covers a stretch of the dense
column: the difference of two interpolated running sums, a sparse product again. A steep
line covers more than one pixel of a column, each less: the stretch is as much longer.
"""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from gui.panels.network_picture.edges.fan_transform import (
    FloatVector,
    InkArray,
    PortRow,
)
from gui.panels.network_picture.edges.line_coverage import multiply_signs

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Places = npt.NDArray[np.intp]


def count_samples(dense: PortRow, few: PortRow, fractions: FloatVector) -> int:
    """How many pixels all fans cover together."""
    heights = fractions * dense.spacing * dense.count + 2
    return int(few.count * heights.sum())


class SparseEdgeRaster:
    """The pixel columns nearer to the few ports; same use as HalfEdgeRaster.

    Args:
        few: ports that are drawn near to.
        dense: ports at the other end, a pixel or two apart.
        fractions: 0 < t <= 1/2, way from `few` to `dense`, one a pixel column.
        n_pixels: rows of the picture.
    """

    def __init__(
        self, few: PortRow, dense: PortRow, fractions: FloatVector, n_pixels: int
    ) -> None:
        self._sums = np.zeros((few.count, dense.count + 1), np.complex64)
        self._matrix = _sum_matrix(few, dense, fractions, n_pixels)

    def draw(self, edges: InkArray, out: InkArray) -> None:
        """Ink of every pixel, out (columns, n_pixels), of edges (dense, few)."""
        np.cumsum(edges.T, axis=1, out=self._sums[:, 1:])
        multiply_signs(self._matrix, self._sums, out.reshape(-1))


def _sum_matrix(
    few: PortRow, dense: PortRow, fractions: FloatVector, n_pixels: int
) -> "csr_array[np.float32]":
    from scipy.sparse import csr_array

    column, port, pixel = _covered(few, dense, fractions, n_pixels)
    t = fractions[column]
    origin = _origin(few.positions[port], dense, t)
    scale = t * dense.spacing
    middle = pixel + 0.5
    rise = _rises(middle - few.positions[port], t, _step(fractions))
    indices, shares = [], []
    for border, sign in (
        (middle + rise / 2, 1.0 / rise),
        (middle - rise / 2, -1.0 / rise),
    ):
        cell = np.clip((border - origin) / scale, 0, dense.count)
        low = np.minimum(cell.astype(np.intp), dense.count - 1)
        part = cell - low
        index = port * (dense.count + 1) + low
        indices += [index, index + 1]
        shares += [sign * (1 - part), sign * part]
    rows = np.tile((column * n_pixels + pixel).astype(np.int32), 4)
    places = np.concatenate(indices).astype(np.int32)
    values = np.concatenate(shares).astype(np.float32)
    shape = (len(fractions) * n_pixels, few.count * (dense.count + 1))
    return csr_array((values, (rows, places)), shape=shape)


def _step(fractions: FloatVector) -> float:
    """The way that one column takes."""
    return float(np.median(np.abs(np.diff(fractions)))) if len(fractions) > 1 else 0.0


def _rises(distance: FloatVector, fraction: FloatVector, step: float) -> FloatVector:
    """Pixels that a line so far above or below its port passes within a column."""
    rises: FloatVector = np.maximum(1.0, np.abs(distance) / fraction * step)
    return rises


def _origin(
    port_height: FloatVector, dense: PortRow, fraction: FloatVector
) -> FloatVector:
    """Where the dense column's upper end appears, seen from a port."""
    upper_end = dense.first - dense.spacing / 2
    return (1 - fraction) * port_height + fraction * upper_end


def _covered(
    few: PortRow, dense: PortRow, fractions: FloatVector, n_pixels: int
) -> tuple[Places, Places, Places]:
    """Every (column, port, pixel) where the port's fan covers the pixel."""
    origin = _origin(few.positions[None], dense, fractions[:, None])
    height = (fractions * dense.spacing * dense.count)[:, None]
    t, step, ports = fractions[:, None], _step(fractions), few.positions[None]
    above = (_rises(origin - ports, t, step) - 1) / 2
    below = (_rises(origin + height - ports, t, step) - 1) / 2
    first = np.clip(np.floor(origin - above), 0, n_pixels).astype(np.intp)
    stop = np.clip(np.ceil(origin + height + below), 0, n_pixels).astype(np.intp)
    counts = (stop - first).ravel()
    pair = np.repeat(np.arange(counts.size), counts)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
    column, port = np.divmod(pair, few.count)
    return column, port, first.ravel()[pair] + within
