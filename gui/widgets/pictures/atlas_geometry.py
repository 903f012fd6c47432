"""Layout of each unit's picture and each weight in a scrolled atlas."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from gui.widgets.pictures.cells import Cells
from gui.widgets.pictures.tile_grid import TileGrid


@dataclass(frozen=True, slots=True)
class AtlasGeometry:
    """The grid of tiles as a viewport shows it.

    The grid counts device pixels, so that tiles begin on whole ones; what is handed
    out is in the viewport's own pixels.

    Attributes:
        grid: the tiles, in device pixels.
        cells: those of a tile.
        is_matrix: one strip of cells for each unit, headers on the left and on top.
        margins: device pixels on the left and on top that headers take.
        scrolled: device pixels that are scrolled away on the left and on top.
        room: device pixels across and down for the tiles.
        ratio: device pixels for one of the viewport's.
    """

    grid: TileGrid
    cells: Cells
    is_matrix: bool
    margins: tuple[int, int]
    scrolled: tuple[int, int]
    room: tuple[int, int]
    ratio: float

    @property
    def header_size(self) -> tuple[float, float]:
        """Width and height that the headers take."""
        return self.margins[0] / self.ratio, self.margins[1] / self.ratio

    @property
    def label_height(self) -> float:
        return self.grid.label_height / self.ratio

    @property
    def cell_size(self) -> tuple[float, float]:
        return (
            self.grid.tile_width / self.ratio / self.cells.columns,
            self.grid.tile_height / self.ratio / self.cells.rows,
        )

    def tile_rect(self, unit: int) -> QRectF:
        """Rectangle of a unit's picture."""
        left, top = self.grid.origin(unit)
        return QRectF(
            (left + self.margins[0] - self.scrolled[0]) / self.ratio,
            (top + self.margins[1] - self.scrolled[1]) / self.ratio,
            self.grid.tile_width / self.ratio,
            self.grid.tile_height / self.ratio,
        )

    def cell_rect(self, unit: int, source: int) -> QRectF:
        """Rectangle of one weight."""
        tile = self.tile_rect(unit)
        row, column = self.cells.place(source)
        width, height = self.cell_size
        return QRectF(
            tile.left() + column * width, tile.top() + row * height, width, height
        )

    def weight_at(self, position: QPointF) -> tuple[int, int] | None:
        """(unit, input) under a point, None between the tiles."""
        x = position.x() * self.ratio - self.margins[0]
        y = position.y() * self.ratio - self.margins[1]
        if x < 0 or y < 0:
            return None
        x, y = x + self.scrolled[0], y + self.scrolled[1]
        unit = self.grid.index_at(x, y)
        if unit is None:
            return None
        rows, columns = self.cells.rows, self.cells.columns
        left, top = self.grid.origin(unit)
        row = int((y - top) * rows / self.grid.tile_height)
        column = int((x - left) * columns / self.grid.tile_width)
        row, column = min(max(row, 0), rows - 1), min(max(column, 0), columns - 1)
        return unit, self.cells.position(row, column)

    def header_at(self, position: QPointF) -> int | None:
        """The unit of a matrix whose number on the left is there."""
        x = position.x() * self.ratio
        y = position.y() * self.ratio - self.margins[1]
        if x >= self.margins[0] or y < 0:
            return None
        return self.grid.index_at(self.grid.gap, y + self.scrolled[1])

    def visible_tiles(self) -> range:
        return self.grid.visible(self.scrolled[1], self.room[1])

    def visible_cells(self) -> range:
        """Visible columns of cells; all of them where a tile is a picture."""
        columns = self.cells.columns
        if not self.is_matrix:
            return range(columns)
        scale = columns / self.grid.tile_width
        hidden = max(0, self.scrolled[0] - self.grid.gap)
        first = min(columns - 1, int(hidden * scale))
        last = int((self.scrolled[0] + self.room[0]) * scale) + 2
        return range(first, min(columns, last))
