import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gui.style.signed_scale import SteadyScale, codes_of, largest_size, round_up
from gui.widgets.pictures.tile_grid import fit_matrix, fit_pictures

rooms = st.tuples(st.integers(80, 1600), st.integers(80, 1200))


@given(st.integers(1, 2048), rooms)
@settings(max_examples=80)
def test_every_tile_lies_in_the_room_or_the_grid_scrolls_down(
    count: int, room: tuple[int, int]
):
    grid = fit_pictures(count, (28, 28), room, label=17)
    assert grid.tile_width >= 28
    assert grid.width <= room[0]
    left, top = grid.origin(count - 1)
    assert left + grid.tile_width <= grid.width
    assert top + grid.tile_height <= grid.height


@given(st.integers(1, 300), rooms, st.data())
@settings(max_examples=60)
def test_the_middle_of_a_tile_is_found_again(
    count: int, room: tuple[int, int], data: st.DataObject
):
    grid = fit_pictures(count, (28, 28), room, label=17)
    index = data.draw(st.integers(0, count - 1))
    left, top = grid.origin(index)
    x, y = left + grid.tile_width / 2, top + grid.tile_height / 2
    assert grid.index_at(x, y) == index
    assert index in grid.visible(top, 1)


def test_gaps_belong_to_no_tile():
    grid = fit_pictures(16, (28, 28), (400, 300), label=17)
    left, _top = grid.origin(1)
    assert grid.index_at(left - 1, 40) is None


def test_sixteen_images_in_a_low_window_keep_their_numbers() -> None:
    for height in (250, 300, 350):
        grid = fit_pictures(16, (28, 28), (274, height), label=17)
        assert grid.label_height == 17
        assert grid.height <= height


def test_few_units_are_shown_larger_than_many():
    few = fit_pictures(4, (28, 28), (600, 400), label=17)
    many = fit_pictures(400, (28, 28), (600, 400), label=17)
    assert few.tile_width > 4 * many.tile_width
    assert few.label_height == 17
    assert many.label_height == 0


def test_zoom_enlarges_the_tiles_and_lets_the_grid_scroll():
    fitting = fit_pictures(100, (28, 28), (600, 400), label=17)
    zoomed = fit_pictures(100, (28, 28), (600, 400), label=17, zoom=3)
    assert zoomed.tile_width == pytest.approx(3 * fitting.tile_width, abs=4)
    assert zoomed.height > 400


@pytest.mark.parametrize("n_inputs", [2, 16, 300])
def test_a_matrix_fits_in_the_room_across(n_inputs: int):
    grid = fit_matrix(16, n_inputs, (380, 320), line=17)
    assert grid.width <= 380
    assert grid.height <= 320


def test_a_matrix_of_more_inputs_than_pixels_scrolls_instead_of_dropping_any():
    assert fit_matrix(16, 2048, (380, 320), line=17).tile_width >= 2048


@given(st.floats(1e-25, 1e25))
def test_the_limit_holds_the_value_and_is_less_than_twice_as_large(size: float):
    limit = round_up(size)
    assert size <= limit * (1 + 1e-6)
    assert limit < 1.6 * size


@pytest.mark.parametrize(
    ("size", "limit"), [(0.0, 1.0), (0.2, 0.2), (0.21, 0.3), (0.95, 1.0), (61.0, 80.0)]
)
def test_limits_are_round_numbers(size: float, limit: float):
    assert round_up(float(np.float32(size))) == limit


def test_the_scale_grows_at_once_and_shrinks_after_a_second():
    scale = SteadyScale()
    assert scale.update(0.5, 0.0) == 0.6
    assert scale.update(0.9, 0.1) == 1.0
    assert scale.update(0.2, 0.2) == 1.0
    assert scale.update(0.3, 0.9) == 1.0
    assert scale.update(0.2, 1.3) == 0.3


def test_a_scale_that_starts_over_forgets_what_was_before():
    scale = SteadyScale()
    scale.update(100.0, 0.0)
    scale.reset()
    assert scale.update(0.1, 0.1) == 0.1


def test_at_rest_a_scale_is_that_of_the_values_alone():
    scale = SteadyScale()
    scale.update(100.0, 0.0)
    assert scale.update(0.1, 0.1) == 100.0
    assert scale.update(0.1, None) == 0.1
    scale.update(100.0, None)
    assert scale.update(0.1, None) == 0.1


@given(st.lists(st.floats(-5, 5, width=32), min_size=1, max_size=40))
def test_codes_are_in_the_order_of_the_values_and_never_clamped(values: list[float]):
    array = np.array(values, np.float32)
    limit = round_up(largest_size(array))
    codes = codes_of(array, limit).astype(int)
    back = (codes - 128) * limit / 127
    assert np.abs(back - array).max() <= 0.51 * limit / 127


def test_both_ends_and_zero_have_their_own_codes():
    codes = codes_of(np.array([-2, 0, 2], np.float32), 2.0)
    assert codes.tolist() == [1, 128, 255]


def test_a_negative_limit_shows_minus_the_values():
    values = np.array([-1, 0.25, 2], np.float32)
    assert (codes_of(values, -2.0) == codes_of(-values, 2.0)).all()


def test_what_is_no_number_has_a_code_of_its_own():
    values = np.array([np.nan, np.inf, -np.inf, 1], np.float32)
    assert largest_size(values) == 1.0
    assert codes_of(values, 1.0).tolist() == [0, 0, 0, 255]
    assert math.isfinite(round_up(1e38))
