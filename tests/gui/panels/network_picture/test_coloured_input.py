"""A coloured image as the network's input: every cell is the right input."""

import pytest

from gui.panels.network_picture.hit_test import _pixel_at
from gui.panels.network_picture.scene.layout import Box
from gui.panels.nudges.row_filter import RowFilter, _sources
from tests.gui.panels.drawing.test_own_picture import coloured_view

PICTURE = Box(10.0, 20.0, 210.0, 120.0)
"""Of 4 rows and 7 columns, each of 30 pixels of the screen: 10 for each colour."""


@pytest.mark.parametrize(
    ("x", "y", "place"),
    [(10, 20, (0, 0, 0)), (25, 20, (0, 0, 1)), (219, 139, (3, 6, 2))],
)
def test_a_pixel_has_red_at_its_left_and_blue_at_its_right(
    x: float, y: float, place: tuple[int, int, int]
):
    dataset = coloured_view().run.dataset
    index = _pixel_at(PICTURE, dataset, x, y)
    assert index is not None
    assert dataset.pixel_of(index) == place
    assert _pixel_at(PICTURE, dataset, 9, 20) is None


def test_the_picture_and_the_inputs_hold_the_same_numbers():
    view = coloured_view()
    dataset = view.run.dataset
    shades = dataset.pictures(view.example.inputs)
    assert shades.shape == (4, 7, 3)
    for index in (0, 1, 22, 83):
        expected = view.example.inputs[index] / 2 + 0.5
        assert shades[dataset.pixel_of(index)] == pytest.approx(expected, abs=1e-6)


def test_a_row_and_a_column_name_the_three_weights_of_a_pixel():
    run = coloured_view().run
    found = _sources(run, RowFilter(row=2, column=5), 1)
    places = [run.dataset.pixel_of(int(index)) for index in found]
    assert places == [(2, 5, 0), (2, 5, 1), (2, 5, 2)]
