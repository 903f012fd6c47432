"""Tiles that fit by their height fill the width all the same, and the other way."""

import pytest

from gui.widgets.pictures.tile_grid import fit_pictures


@pytest.mark.parametrize("room", [(276, 300), (372, 520), (276, 340)])
def test_the_last_column_ends_at_the_edge(room: tuple[int, int]) -> None:
    grid = fit_pictures(16, (28, 28), room, label=20)
    left, _ = grid.origin(grid.columns - 1)
    free = room[0] - grid.gap - (left + grid.tile_width)
    assert 0 <= free < grid.columns


def test_rows_part_where_the_width_is_the_limit() -> None:
    grid = fit_pictures(16, (28, 28), (372, 520), label=20)
    _, top = grid.origin(15)
    assert 0 <= 520 - grid.gap - (top + grid.tile_height) < grid.rows


def test_a_place_between_two_columns_is_no_tile() -> None:
    grid = fit_pictures(16, (28, 28), (276, 330), label=20)
    left, top = grid.origin(0)
    assert grid.spread > 0
    assert grid.index_at(left + grid.tile_width - 1, top) == 0
    assert grid.index_at(left + grid.tile_width + grid.spread, top) is None
    assert grid.index_at(left + grid.pitch_x, top) == 1
