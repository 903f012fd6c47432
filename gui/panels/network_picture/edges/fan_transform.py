"""All lines between two dense columns, in O(pixels log units) instead of O(edges).

An edge from height u at the left column to height v at the right one passes the
fraction t of the way at y = (1 - t) u + t v. For one pixel column the picture is
therefore a projection of the matrix of edges along one direction, and all pixel columns
together are a discrete Radon transform of it. As in the fast Radon transform of Brady
and of Goetz and Druck, neighbouring right-hand units are merged two by two: a block of
units is a row over left-hand heights, shifted a little more for each pixel column, and
a narrow block needs few different shifts. The half of the picture near the left column
merges right-hand units (its rows are over left-hand heights), the other half the
reverse, so that no row is ever stretched by more than two.

Ink is complex64: the real part is the ink of positive edges, the imaginary part that of
negative ones, so every addition treats both signs at once.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

InkArray = npt.NDArray[np.complex64]
FloatVector = npt.NDArray[np.float64]

SHIFT_TOLERANCE = 1.5
"""Grid cells by which neighbouring shift nodes of one block may differ."""


@dataclass(frozen=True, slots=True)
class PortRow:
    """Equally spaced heights where edges end.

    Attributes:
        first: y of the first port, in device pixels.
        spacing: distance to the next one, > 0.
        count: number of ports, at least 1.
    """

    first: float
    spacing: float
    count: int

    @property
    def positions(self) -> FloatVector:
        return self.first + self.spacing * np.arange(self.count, dtype=np.float64)


@dataclass(slots=True)
class _Level:
    """One round of merging: block pairs of the level below become one row each.

    Attributes:
        rows: (nodes, blocks, row) complex64, zero outside of the part that is written.
        pad: columns before grid cell 0 that stay zero.
        length: columns that are written, from `pad` on.
        sums: (left children, shifted right children, their sum) of each node, as views
            that are made once: making them costs as much as adding them.
    """

    rows: InkArray
    pad: int
    length: int
    sums: list[tuple[InkArray, InkArray, InkArray]] = field(default_factory=list)


class HalfEdgeRaster:
    """The pixel columns nearer to the `along` ports, one row of ink for each.

    Args:
        along: ports whose heights the rows run over.
        merged: ports at the other end, merged two by two.
        fractions: 0 < t <= 1/2, way from `along` to `merged`, one a pixel column.
        n_pixels: rows of the picture.
        pitch: distance of grid cells that is aimed at, in pixels.
    """

    def __init__(
        self,
        along: PortRow,
        merged: PortRow,
        fractions: FloatVector,
        n_pixels: int,
        pitch: float,
    ) -> None:
        self._every = max(1, round(along.spacing / pitch)) if along.count > 1 else 1
        self._cell = along.spacing / self._every if along.count > 1 else pitch
        self._count = along.count
        self._levels: list[_Level] = []
        offsets = self._build_levels(merged, fractions / (1 - fractions))
        self._build_sampling(along, merged, fractions, offsets, n_pixels)

    def _build_levels(self, merged: PortRow, shears: FloatVector) -> FloatVector:
        """Lay out all rounds; return the sub-cell offset of each final row."""
        node_sets = _node_sets(merged, shears, self._cell)
        spacing = merged.spacing / self._cell
        length = (self._count - 1) * self._every + 1
        plans: list[tuple[int, int, int, list[tuple[int, int, int]]]] = []
        blocks, offsets, nodes = merged.count, np.zeros(1), np.zeros(1)
        plans.append((1, blocks, length, []))
        for depth, parents in enumerate(node_sets):
            child = _nearest(nodes, parents)
            exact = parents * spacing * 2**depth
            shift = np.rint(exact).astype(int)
            drift = (parents - nodes[child]) * spacing * (2**depth - 1) / 2
            offsets = offsets[child] + drift + (exact - shift) / 2
            blocks, nodes = (blocks + 1) // 2, parents
            length += int(shift.max())
            steps = [
                (p, int(c), int(s))
                for p, (c, s) in enumerate(zip(child, shift, strict=True))
            ]
            plans.append((len(parents), blocks, length, steps))
        self._allocate(plans)
        return (
            offsets if len(offsets) == len(shears) else np.repeat(offsets, len(shears))
        )

    def _allocate(
        self, plans: list[tuple[int, int, int, list[tuple[int, int, int]]]]
    ) -> None:
        for index, (nodes, blocks, length, steps) in enumerate(plans):
            last = index + 1 == len(plans)
            pad = 0 if last else max(s for _, _, s in plans[index + 1][3])
            width = length if last else pad + plans[index + 1][2]
            even = blocks if last else blocks + blocks % 2
            rows = np.zeros((nodes, even, width), np.complex64)
            level = _Level(rows, pad, length)
            if self._levels:
                level.sums = _sums(self._levels[-1], level, steps)
            self._levels.append(level)

    def _build_sampling(
        self,
        along: PortRow,
        merged: PortRow,
        fractions: FloatVector,
        offsets: FloatVector,
        n_pixels: int,
    ) -> None:
        """Where the border of each pixel lies in the running sum of a final row."""
        length = self._levels[-1].length
        t = fractions[:, None]
        height = (np.arange(n_pixels + 1)[None] - t * merged.first) / (1 - t)
        cell = (height - along.first) / self._cell - offsets[:, None] + 0.5
        cell = np.clip(cell, 0, length)
        low = np.minimum(np.floor(cell), length - 1)
        self._part = (cell - low).astype(np.float32)
        row = np.arange(len(fractions))[:, None] * (length + 1)
        self._low = (low + row).astype(np.intp)
        self._high = self._low + 1
        self._sums = np.zeros((len(fractions), length + 1), np.complex64)
        shape = (len(fractions), n_pixels + 1)
        self._borders = np.empty(shape, np.complex64)
        self._steps = np.empty(shape, np.complex64)

    def draw(self, edges: InkArray, out: InkArray) -> None:
        """Ink of every pixel.

        Args:
            edges: (merged, along) ink of each edge.
            out: (columns, n_pixels), overwritten.
        """
        leaf = self._levels[0]
        stop = leaf.pad + leaf.length
        leaf.rows[0, : len(edges), leaf.pad : stop : self._every] = edges
        for level in self._levels[1:]:
            for left, right, both in level.sums:
                np.add(left, right, both)
        top = self._levels[-1]
        rows = top.rows[:, 0, top.pad : top.pad + top.length]
        if len(rows) == len(self._sums):
            np.cumsum(rows, axis=1, out=self._sums[:, 1:])
        else:
            self._sums[:, 1:] = np.cumsum(rows, axis=1)
        np.take(self._sums, self._low, out=self._borders, mode="clip")
        np.take(self._sums, self._high, out=self._steps, mode="clip")
        self._steps -= self._borders
        self._steps *= self._part
        self._borders += self._steps
        np.subtract(self._borders[:, 1:], self._borders[:, :-1], out=out)


def _sums(
    below: _Level, level: _Level, steps: list[tuple[int, int, int]]
) -> list[tuple[InkArray, InkArray, InkArray]]:
    """Views to add for each (node, node of the level below, shift of the right)."""
    pad, width = below.pad, level.length
    blocks = below.rows.shape[1] // 2
    return [
        (
            below.rows[child, 0::2, pad : pad + width],
            below.rows[child, 1::2, pad - shift : pad - shift + width],
            level.rows[parent, :blocks, level.pad : level.pad + width],
        )
        for parent, child, shift in steps
    ]


def _node_sets(merged: PortRow, shears: FloatVector, cell: float) -> list[FloatVector]:
    """Shears at which each round of merging is evaluated, the last one exactly."""
    rounds = max(0, int(np.ceil(np.log2(merged.count))))
    low, high = float(shears.min()), float(shears.max())
    sets = []
    for depth in range(1, rounds):
        span = min(2**depth, merged.count) * merged.spacing / cell
        count = int(np.ceil((high - low) * span / SHIFT_TOLERANCE)) + 1
        if count >= len(shears):
            sets.append(shears)
        else:
            half = (high - low) / count / 2
            sets.append(np.linspace(low + half, high - half, count))
    if rounds:
        sets.append(shears)
    return sets


def _nearest(nodes: FloatVector, wanted: FloatVector) -> npt.NDArray[np.intp]:
    """Index of the nearest of the ascending or descending nodes for each shear."""
    return np.asarray(np.abs(nodes[None] - wanted[:, None]).argmin(axis=1))
