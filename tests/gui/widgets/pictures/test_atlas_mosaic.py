"""The table from pixels to weights agrees with where a click finds them."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from gui.widgets.pictures.atlas_geometry import AtlasGeometry
from gui.widgets.pictures.atlas_mosaic import mosaic_places
from gui.widgets.pictures.cells import Cells
from gui.widgets.pictures.tile_grid import TileGrid


@st.composite
def geometries(draw: st.DrawFn) -> AtlasGeometry:
    is_matrix = draw(st.booleans())
    rows = 1 if is_matrix else draw(st.integers(1, 6))
    columns = draw(st.integers(1, 9))
    grid = TileGrid(
        count=draw(st.integers(1, 30)),
        columns=1 if is_matrix else draw(st.integers(1, 7)),
        tile_width=draw(st.integers(columns, 40)),
        tile_height=draw(st.integers(rows, 40)),
        gap=draw(st.integers(0, 4)),
        label_height=0 if is_matrix else draw(st.integers(0, 12)),
    )
    room = draw(st.integers(1, 90)), draw(st.integers(1, 90))
    scrolled = draw(st.integers(0, 60)), draw(st.integers(0, 60))
    margins = (17, 9) if is_matrix else (0, 0)
    ratio = draw(st.sampled_from((1.0, 2.0)))
    channels = 1 if is_matrix or columns % 3 else draw(st.sampled_from((1, 3)))
    cells = Cells(rows, columns, channels, draw(st.booleans()))
    return AtlasGeometry(grid, cells, is_matrix, margins, scrolled, room, ratio)


@settings(max_examples=80)
@given(geometries())
@example(
    AtlasGeometry(
        TileGrid(1, 1, 4, 1, 1), Cells(1, 2), True, (17, 9), (2, 1), (1, 1), 1
    )
)
def test_each_pixel_shows_the_weight_that_a_click_on_it_finds(
    geometry: AtlasGeometry,
) -> None:
    tiles, cells = geometry.visible_tiles(), geometry.visible_cells()
    places = mosaic_places(geometry, tiles, cells)
    rows = geometry.cells.rows
    assert places.shape == (geometry.room[1], geometry.room[0])
    held = np.full(places.shape, len(tiles) * rows * len(cells))
    for (y, x), _ in np.ndenumerate(held):
        left, top = x + 0.5 + geometry.margins[0], y + 0.5 + geometry.margins[1]
        at = QPointF(left / geometry.ratio, top / geometry.ratio)
        found = geometry.weight_at(at)
        label = (y + geometry.scrolled[1] - geometry.grid.gap) % geometry.grid.pitch_y
        if found is None or label < geometry.grid.label_height:
            continue  # a click on a label counts as one on its picture
        unit, source = found
        first = (unit - tiles.start) * rows * len(cells)
        held[y, x] = first + source - cells.start
    assert np.array_equal(places, held)
