"""Exact coverage of pixels by few edges, as one sparse matrix for a layout.

Entry (pixel, edge) is the area of the pixel that the edge's line covers, so the ink of
all pixels is one sparse product with the values of the edges.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from gui.panels.network_picture.edges.fan_transform import (
    FloatVector,
    InkArray,
    PortRow,
)

if TYPE_CHECKING:
    from scipy.sparse import csr_array

FloatGrid = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LayerGrid:
    """The pixels between two columns of units.

    Attributes:
        fractions: 0 to 1, way from left to right, one a column of ink.
        gap_width: pixels from the left ports to the right ones.
        n_pixels: rows of the picture.
        columns_per_sample: neighbouring pixel columns that share their mean ink.
    """

    fractions: FloatVector
    gap_width: float
    n_pixels: int
    columns_per_sample: int = 1


class LineCoverage:
    """Draws the edges of one gap as straight lines of one width.

    Args:
        source: ports at the left.
        target: ports at the right.
        line_width: thickness of a line, in pixels.
    """

    def __init__(
        self, source: PortRow, target: PortRow, grid: LayerGrid, line_width: float
    ) -> None:
        start = np.tile(source.positions, target.count)
        stop = np.repeat(target.positions, source.count)
        self._matrix = coverage_matrix(start, stop, grid, line_width)

    def draw(self, edges: InkArray, out: InkArray) -> None:
        """Ink of every pixel, out (columns, n_pixels), of edges (targets, sources)."""
        multiply_signs(self._matrix, edges, out.reshape(-1))


def multiply_signs(
    matrix: "csr_array[np.float32]", values: InkArray, out: InkArray
) -> None:
    """Real matrix times complex vector; twice one vector is SciPy's fast path."""
    flat = values.reshape(-1)
    out.real = matrix @ np.ascontiguousarray(flat.real)
    out.imag = matrix @ np.ascontiguousarray(flat.imag)


def coverage_matrix(
    start: FloatVector, stop: FloatVector, grid: LayerGrid, line_width: float
) -> "csr_array[np.float32]":
    """(columns * n_pixels, edges): area of each pixel that each line covers.

    With `columns_per_sample` columns as one it is the mean of their areas.
    """
    from scipy.sparse import csr_array

    rows, columns, areas = [], [], []
    fractions, n_pixels = grid.fractions, grid.n_pixels
    slope = (stop - start) / grid.gap_width
    thickness = line_width * np.sqrt(1 + slope**2)
    rise = slope * grid.columns_per_sample
    reach = np.ceil(np.abs(rise) + thickness).astype(int) + 1
    for n_reached in np.unique(reach):
        edges = np.flatnonzero(reach == n_reached)
        y = start[edges, None] + (stop - start)[edges, None] * fractions[None]
        half = thickness[edges, None] / 2
        first = np.floor(y - half - np.abs(rise[edges, None]) / 2).astype(int)
        pixel = first[..., None] + np.arange(n_reached)
        area = _strip_area(pixel - y[..., None], rise[edges], half[..., None])
        keep = (area > 1e-4) & (pixel >= 0) & (pixel < n_pixels)
        column = np.arange(len(fractions))[None, :, None]
        rows.append((column * n_pixels + pixel)[keep])
        columns.append(np.broadcast_to(edges[:, None, None], pixel.shape)[keep])
        areas.append(area[keep])
    indices = (np.concatenate(rows), np.concatenate(columns))
    values = np.concatenate(areas).astype(np.float32)
    shape = (len(fractions) * n_pixels, len(start))
    return csr_array((values, indices), shape=shape)


def _strip_area(top: FloatGrid, rise: FloatVector, half: FloatGrid) -> FloatGrid:
    """Share of a pixel's area, from `top` down by 1, within `half` of a line.

    The line is at 0 in the middle of the pixel and rises by `rise` over its width.
    """
    steep = np.maximum(np.abs(rise), 1e-6)[:, None, None]
    below = _area_below(half - top, steep)
    area: FloatGrid = below - _area_below(-half - top, steep)
    return area


def _area_below(height: FloatGrid, steep: FloatGrid) -> FloatGrid:
    """Area of the unit pixel below a line that is `height` above its lower edge."""
    area: FloatGrid = _ramp_integral(height + steep / 2)
    area -= _ramp_integral(height - steep / 2)
    area /= steep
    return area


def _ramp_integral(z: FloatGrid) -> FloatGrid:
    """Integral of clip(z, 0, 1) from minus infinity to z."""
    inside = np.clip(z, 0, 1)
    integral: FloatGrid = inside * inside / 2 + np.maximum(z - 1, 0)
    return integral
