"""Millions of values cut down to a screen, without losing an extreme."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.session.decimation import thin_points
from gui.widgets.plots.ranges import fitted_range, followed_range


def test_thinned_points_keep_their_extremes_and_order():
    x = np.arange(10_000.0)
    y = np.random.default_rng(2).normal(size=10_000)
    y[777], y[4242], y[5000] = 40.0, -40.0, np.nan

    thin_x, thin_y = thin_points(x, y, 500)

    assert len(thin_x) <= 500
    assert np.all(np.diff(thin_x) > 0)
    assert thin_y[thin_x == 777] == 40.0
    assert thin_y[thin_x == 4242] == -40.0


@given(steps=st.integers(0, 10**8))
def test_followed_range_holds_the_newest_step_with_little_room(steps: int):
    low, high = followed_range(steps, None)
    assert low == 0
    assert steps <= high <= max(16, 1.13 * steps)


@pytest.mark.parametrize("steps", [0, 50, 1000, 123_457])
def test_followed_window_keeps_its_width(steps: int):
    low, high = followed_range(steps, 1000)
    assert high - low == 1000
    assert low >= 0
    assert high >= steps


def test_fit_stays_while_it_fits_and_follows_what_leaves_it():
    first = fitted_range(0.1, 2.0, None, is_log=False)
    assert first[0] < 0 < 2.0 < first[1]
    assert fitted_range(0.1, 1.8, first, is_log=False) == first
    assert fitted_range(0.1, 5.0, first, is_log=False)[1] > 5.0
    assert fitted_range(0.1, 0.5, first, is_log=False)[1] < 1.0


def test_fit_of_a_constant_is_not_empty():
    for value in (0.0, 3.0, -2.0):
        low, high = fitted_range(value, value, None, is_log=False)
        assert low < value < high
