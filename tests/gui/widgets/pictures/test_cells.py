"""The cells of a coloured picture: red, green and blue side by side."""

import numpy as np
import pytest

from gui.widgets.pictures.cells import Cells


@pytest.mark.parametrize("has_planes", [False, True])
def test_each_colour_is_a_picture_of_its_own(has_planes: bool) -> None:
    picture = np.random.default_rng(0).normal(size=(4, 7, 3)).astype(np.float32)
    inputs = np.moveaxis(picture, 2, 0) if has_planes else picture
    cells = Cells(4, 21, 3, has_planes)
    shown = cells.laid_out(inputs.ravel())
    for channel in range(3):
        plane = shown[:, 7 * channel : 7 * channel + 7]
        np.testing.assert_array_equal(plane, picture[:, :, channel])


@pytest.mark.parametrize(
    "cells", [Cells(3, 5), Cells(2, 9, 3), Cells(2, 9, 3, has_planes=True)]
)
def test_place_and_position_agree(cells: Cells) -> None:
    positions = cells.positions()
    assert sorted(positions.ravel()) == list(range(positions.size))
    for position in range(positions.size):
        place = cells.place(position)
        assert positions[place] == position
        assert cells.position(*place) == position


def test_the_last_row_of_numbers_may_be_short() -> None:
    cells = Cells.in_rows(5, 3)
    assert (cells.rows, cells.columns) == (2, 3)
    shown = cells.laid_out(np.arange(1, 6, dtype=np.float32))
    np.testing.assert_array_equal(shown, [[1, 2, 3], [4, 5, 0]])
