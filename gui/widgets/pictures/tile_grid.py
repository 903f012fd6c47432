"""Layout of the pictures of a layer's units: a grid of equal tiles, in pixels."""

from dataclasses import dataclass, replace

import numpy as np

from gui.style import tokens

MATRIX_CELL_WIDTH = tokens.length("tile_grid.matrix_cell_width")
MATRIX_CELL_HEIGHT = tokens.length("tile_grid.matrix_cell_height")
SMALLEST_LABELLED = 2
"""Tiles that are lower, in heights of a label, go without."""


@dataclass(frozen=True, slots=True)
class TileGrid:
    """Equal tiles, row after row.

    Attributes:
        count: number of tiles.
        columns: tiles side by side.
        tile_width: width of one, in pixels.
        tile_height: height of one, in pixels.
        gap: pixels between tiles and around all.
        label_height: pixels above each tile for its label.
        spread: further pixels between columns, so that they fill the width.
        sink: further pixels between rows, so that they fill the height.
    """

    count: int
    columns: int
    tile_width: int
    tile_height: int
    gap: int = 0
    label_height: int = 0
    spread: int = 0
    sink: int = 0

    @property
    def rows(self) -> int:
        return -(-self.count // self.columns)

    @property
    def pitch_x(self) -> int:
        return self.tile_width + self.gap + self.spread

    @property
    def pitch_y(self) -> int:
        return self.tile_height + self.gap + self.label_height + self.sink

    @property
    def width(self) -> int:
        return self.columns * self.pitch_x - self.spread + self.gap

    @property
    def height(self) -> int:
        return self.rows * self.pitch_y - self.sink + self.gap

    def origin(self, index: int) -> tuple[int, int]:
        """Left and top pixel of a tile."""
        row, column = divmod(index, self.columns)
        return (
            self.gap + column * self.pitch_x,
            self.gap + self.label_height + row * self.pitch_y,
        )

    def index_at(self, x: float, y: float) -> int | None:
        """The tile whose picture or label is at a position."""
        column, in_x = divmod(x - self.gap, self.pitch_x)
        row, in_y = divmod(y - self.gap, self.pitch_y)
        inside = in_x < self.tile_width and in_y < self.label_height + self.tile_height
        if not (inside and 0 <= column < self.columns and row >= 0):
            return None
        index = int(row) * self.columns + int(column)
        return index if index < self.count else None

    def visible(self, top: float, height: float) -> range:
        """Tiles of all rows that are visible between `top` and `top + height`."""
        first = max(0, int((top - self.gap) // self.pitch_y))
        last = max(first, int((top + height - self.gap) // self.pitch_y) + 1)
        return range(
            min(self.count, first * self.columns), min(self.count, last * self.columns)
        )


def fit_pictures(
    count: int,
    shape: tuple[int, int],
    room: tuple[int, int],
    *,
    label: int,
    pixel: float = 1.0,
    zoom: float = 1.0,
) -> TileGrid:
    """The largest tiles that all fit, but at least one pixel per cell.

    Args:
        count: number of pictures.
        shape: rows and columns of cells in each.
        room: width and height in pixels.
        label: pixels that a label needs.
        pixel: smallest side of a cell in pixels.
        zoom: factor on the size that fits; the grid may then exceed the available size.
    """
    gap = max(2, round(4 * pixel))
    scale = _best_scale(count, shape, room, (gap, label))
    labelled = scale * shape[0] >= SMALLEST_LABELLED * label and scale >= pixel
    if not labelled:
        scale = _best_scale(count, shape, room, (gap, 0))
        if scale * shape[0] < 64 * pixel:
            gap = max(2, round(2 * pixel))
            scale = _best_scale(count, shape, room, (gap, 0))
    scale = max(scale, pixel) * zoom
    if zoom > 1:
        labelled = scale * shape[0] >= SMALLEST_LABELLED * label
    width, height = (max(1, int(scale * cells)) for cells in (shape[1], shape[0]))
    columns = min(count, max(1, (room[0] - gap) // (width + gap)))
    grid = TileGrid(count, columns, width, height, gap, label if labelled else 0)
    return replace(
        grid,
        spread=min(width, _between(room[0] - grid.width, columns)),
        sink=min(height // 2, _between(room[1] - grid.height, grid.rows)),
    )


def _between(free: int, parts: int) -> int:
    """What each gap between so many parts takes of a free length."""
    return max(0, free) // (parts - 1) if parts > 1 else 0


def _best_scale(
    count: int, shape: tuple[int, int], room: tuple[int, int], extra: tuple[int, int]
) -> float:
    gap, label = extra
    columns = np.arange(1, count + 1)
    rows = -(-count // columns)
    across = (room[0] - gap - columns * gap) / (columns * shape[1])
    down = (room[1] - gap - rows * (gap + label)) / (rows * shape[0])
    return float(np.max(np.minimum(across, down)))


def fit_matrix(
    count: int,
    n_inputs: int,
    room: tuple[int, int],
    *,
    line: int,
    pixel: float = 1.0,
    zoom: float = 1.0,
) -> TileGrid:
    """One strip of cells for each unit, one below the other.

    Args:
        count: number of units.
        n_inputs: cells of each strip.
        room: width and height in pixels.
        line: pixels that a line of text needs.
        pixel: smallest side of a cell in pixels.
        zoom: factor on the size that fits.
    """
    gap = 1 if room[1] // count >= 6 * pixel else 0
    fitting = (room[1] - gap) // count
    tallest = max(MATRIX_CELL_HEIGHT * pixel, line)
    height = min(max(fitting - gap, 4 * pixel, 1), tallest)
    cell = min(
        max((room[0] - 2 * gap) / n_inputs, pixel), max(MATRIX_CELL_WIDTH * pixel, line)
    )
    width = int(cell * zoom * n_inputs)
    return TileGrid(count, 1, width, max(1, int(height * zoom)), gap)
