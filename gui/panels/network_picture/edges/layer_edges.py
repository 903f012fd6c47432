"""All edges between two columns as ink on a grid of pixels."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

import numpy as np

from core.arrays import FloatArray
from gui.panels.network_picture.edges.fan_transform import (
    FloatVector,
    HalfEdgeRaster,
    InkArray,
    PortRow,
)
from gui.panels.network_picture.edges.line_coverage import LayerGrid, LineCoverage
from gui.panels.network_picture.edges.sparse_edge_raster import (
    SparseEdgeRaster,
    count_samples,
)
from gui.style import tokens

FEW_ENTRIES: Final = 1_500_000
"""Most entries of an exact coverage matrix that fit into a frame's time."""
FEW_SAMPLES: Final = 900_000
DENSE_SPACING: Final = tokens.fine_length("layer_edges.dense_spacing")
"""Logical pixels between ports below which neighbouring edges touch."""
LINE_WIDTH: Final = tokens.fine_length("layer_edges.line_width")
"""Thickness of a drawn edge in logical pixels, at 100 %."""
MOST_CELLS: Final = 1000
"""Cells of a whole column when zoom has made it higher than the window."""
CELL: Final = 1.5
"""Grid of the fast transform in logical pixels."""


class _Painter(Protocol):
    def draw(self, edges: InkArray, out: InkArray) -> None: ...


@dataclass(frozen=True, slots=True)
class LayerEdgesGeometry:
    """The position of a gap on the grid of device pixels.

    Attributes:
        source: rows of the left column.
        target: rows of the right column.
        left: x where edges leave.
        right: x where they arrive.
        width: pixel columns of the whole picture.
        height: pixel rows of the whole picture.
        ratio: device pixels in a logical one.
        scale: of all strokes; 1 is 100 %.
    """

    source: PortRow
    target: PortRow
    left: float
    right: float
    width: int
    height: int
    ratio: float
    scale: float = 1.0

    @property
    def line_width(self) -> float:
        """Thickness of a line in device pixels."""
        return LINE_WIDTH * self.scale * self.ratio

    @property
    def columns(self) -> tuple[int, int]:
        """The half-open range of pixel columns whose middles lie in the gap."""
        first = max(0, int(np.ceil(self.left - 0.5)))
        stop = min(self.width, int(np.floor(self.right - 0.5)) + 1)
        return first, max(first, stop)

    def fractions(self, columns_per_sample: int = 1) -> FloatVector:
        """Way from left to right of pixel columns, 0 to 1.

        Args:
            columns_per_sample: neighbouring columns that share their middle.
        """
        first, stop = self.columns
        begin = np.arange(first, stop, columns_per_sample, dtype=np.float64)
        middle = (begin + np.minimum(begin + columns_per_sample, stop)) / 2
        fractions: FloatVector = (middle - self.left) / (self.right - self.left)
        return fractions

    @property
    def slopes(self) -> FloatVector:
        """(targets, sources) rise of each edge, in pixels a pixel."""
        rise = self.target.positions[:, None] - self.source.positions[None]
        slopes: FloatVector = rise / max(self.right - self.left, 1e-6)
        return slopes


class LayerEdgesRaster:
    """Draws the edges of one gap; built once for a layout.

    The ink of a pixel is the sum over edges of |value| times the area of the pixel that
    the edge's line covers. Few edges are drawn exactly; many by transforms whose error
    stays within about a pixel's distance.
    """

    def __init__(self, place: LayerEdgesGeometry) -> None:
        self.place = place
        # Lines are thicker than two pixels of a fine screen: a column of its own for
        # each would cost twice as much and show next to nothing.
        self.columns_per_sample = max(1, int(place.ratio))
        fractions = place.fractions(self.columns_per_sample)
        slopes = place.slopes
        self.lengthening = np.sqrt(1 + slopes**2).astype(np.float32)
        width = place.line_width
        rises = np.abs(slopes) * self.columns_per_sample
        entries = len(fractions) * float((rises + 1 + width).sum())
        self.exact = entries <= FEW_ENTRIES
        self._factor: FloatArray | None = None
        self._parts: list[tuple[_Painter, bool, slice]] = []
        self._ink = np.zeros((len(fractions), place.height), np.complex64)
        self._subcolumns = 1
        if len(fractions) == 0:
            return
        if self.exact:
            gap = place.right - place.left
            grid = LayerGrid(fractions, gap, place.height, self.columns_per_sample)
            lines = LineCoverage(place.source, place.target, grid, width)
            self._parts.append((lines, False, slice(None)))
        else:
            self._factor = self.lengthening * np.float32(width)
            self._subcolumns = self._subcolumns_needed()
            self._build_halves()

    def _subcolumns_needed(self) -> int:
        """Steep edges far apart leave gaps between the centres of two columns."""
        place = self.place
        apart = min(place.source.spacing, place.target.spacing)
        steepest = float(np.abs(place.slopes).max())
        if apart < DENSE_SPACING * place.ratio:
            return 1
        return int(np.clip(np.ceil(steepest / 1.5), 1, 3))

    def _build_halves(self) -> None:
        place, n = self.place, self._subcolumns
        step = self.columns_per_sample / max(place.right - place.left, 1e-6)
        inner = (np.arange(n) + 0.5) / n - 0.5
        fractions = (
            place.fractions(self.columns_per_sample)[:, None] + inner[None] * step
        ).ravel()
        fractions = np.clip(fractions, 1e-4, 1 - 1e-4)
        near = int(np.searchsorted(fractions, 0.5, side="right"))
        self._ink = np.zeros((len(fractions), place.height), np.complex64)
        if near:
            painter = self._half(place.source, place.target, fractions[:near])
            self._parts.append((painter, False, slice(0, near)))
        if near < len(fractions):
            painter = self._half(place.target, place.source, 1 - fractions[near:])
            self._parts.append((painter, True, slice(near, None)))

    def _half(
        self, along: PortRow, merged: PortRow, fractions: FloatVector
    ) -> _Painter:
        place = self.place
        dense = merged.spacing <= DENSE_SPACING * place.ratio
        few = along.spacing >= 8 * place.ratio
        samples = count_samples(merged, along, fractions)
        if dense and few and samples <= FEW_SAMPLES * place.ratio**2:
            return SparseEdgeRaster(along, merged, fractions, place.height)
        cell = max(CELL * place.ratio, along.spacing * along.count / MOST_CELLS)
        return HalfEdgeRaster(along, merged, fractions, place.height, cell)

    def draw(self, edges: InkArray) -> InkArray:
        """Ink of edges (targets, sources), as `ink`, until the next call."""
        for job in self.jobs(edges, range(self.n_parts)):
            job()
        return self.ink()

    @property
    def n_parts(self) -> int:
        """Ranges of columns that can be drawn independently."""
        return len(self._parts)

    def jobs(self, edges: InkArray, parts: Iterable[int]) -> list[Callable[[], None]]:
        """The work of `draw` for some parts, as jobs that can run in parallel."""
        if self._factor is not None:
            edges = edges * self._factor
        chosen = [self._parts[number] for number in parts]
        return [
            partial(painter.draw, edges.T if reverse else edges, self._ink[columns])
            for painter, reverse, columns in chosen
        ]

    def ink(self) -> InkArray:
        """What the jobs have drawn, (columns / columns_per_sample rounded up, rows)."""
        if self._subcolumns == 1:
            return self._ink
        shape = (-1, self._subcolumns, self.place.height)
        mean: InkArray = self._ink.reshape(shape).mean(axis=1, dtype=np.complex64)
        return mean

    @property
    def mean_overlap(self) -> float:
        """Edges that cross an average pixel of the gap."""
        place = self.place
        lines = place.source.count * place.target.count
        return lines * place.line_width / max(self._height, 1.0)

    @property
    def _height(self) -> float:
        """Height of the higher of the two columns, in pixels."""
        columns = (self.place.source, self.place.target)
        return max(ports.spacing * max(ports.count - 1, 1) for ports in columns)

    def mean_ink(self, edges: InkArray) -> float:
        """Ink of an average pixel of the band between the two columns."""
        place = self.place
        total = float(np.abs(edges.real + edges.imag).sum(dtype=np.float64))
        lengthening = float(self.lengthening.mean())
        return total * lengthening * place.line_width / max(self._height, 1.0)
