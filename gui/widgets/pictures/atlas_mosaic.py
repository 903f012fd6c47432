"""The weight of each pixel of an atlas, so that all tiles are one image.

Painting tile by tile costs more in calls than in pixels; tiles begin on whole
pixels, so one table from pixels to weights, built once per layout, is enough for all.
"""

import numpy as np
import numpy.typing as npt

from gui.widgets.pictures.atlas_geometry import AtlasGeometry

Places = npt.NDArray[np.int32]


def mosaic_places(geometry: AtlasGeometry, tiles: range, cells: range) -> Places:
    """(room height, room width): index of the value of each device pixel.

    Args:
        geometry: layout of the tiles.
        tiles: units whose values are given.
        cells: columns of cells that are given for each of them.

    Returns:
        Place in the values of those tiles and cells, one tile after the other; the
        number of all such values between the tiles.
    """
    grid, rows, columns = geometry.grid, geometry.cells.rows, geometry.cells.columns
    width, height = geometry.room
    size = rows * len(cells)
    across = np.arange(width) + geometry.scrolled[0]
    column, in_x = np.divmod(across - grid.gap, grid.pitch_x)
    down = np.arange(height) + geometry.scrolled[1]
    row, in_y = np.divmod(down - grid.gap - grid.label_height, grid.pitch_y)
    cell = _cell(in_x, columns, grid.tile_width)
    line = _cell(in_y, rows, grid.tile_height)
    x_held = (in_x < grid.tile_width) & (column >= 0) & (column < grid.columns)
    x_held &= (cell >= cells.start) & (cell < cells.stop)
    y_held = (in_y < grid.tile_height) & (row >= 0)
    unit = row[:, None] * grid.columns + column[None]
    held = y_held[:, None] & x_held[None]
    held &= (unit >= tiles.start) & (unit < tiles.stop)
    place = (unit - tiles.start) * size
    if geometry.is_matrix:
        place += (cell - cells.start)[None]
    else:
        inside = np.clip(line, 0, rows - 1)[:, None], np.clip(cell, 0, columns - 1)
        place += geometry.cells.positions()[inside]
    return np.where(held, place, len(tiles) * size).astype(np.int32)


def _cell(pixel: npt.NDArray[np.intp], count: int, size: int) -> npt.NDArray[np.intp]:
    """The cell, of `count` over `size` pixels, in which a pixel's middle lies."""
    return (2 * pixel + 1) * count // (2 * size)
