"""Ranges of axes that make nothing out of little."""

import math

import pytest

from gui.widgets.plots.ranges import fitted_range, percent_range


@pytest.mark.parametrize("low", [0.0, 9.8, 10.23, 55.0, 91.0, 98.6, 99.99, 100.0])
def test_an_axis_of_shares_shows_all_of_them_up_to_100(low: float) -> None:
    start, end = percent_range(low, None)
    assert start < low
    assert 100 < end < 104
    assert end - start > 2
    # What is late in a run is seen closer up.
    assert (start < 0) == (low < 60)


def test_an_axis_of_shares_is_closer_up_only_where_there_is_room() -> None:
    near = percent_range(92.5, None)
    assert near[0] > 89
    assert percent_range(90.5, near) == near
    far = percent_range(89.0, near)
    assert far[0] < 81
    assert percent_range(90.5, far) == far
    assert percent_range(92.5, far) == near


def test_a_loss_that_has_hardly_moved_looks_so() -> None:
    low, high = fitted_range(2.51, 2.53, None, is_log=False)
    assert low <= 0
    assert high > 2.53
    low, high = fitted_range(-2.1, -2.0, None, is_log=False)
    assert low < -2.1 < -2.0 < high


def test_a_log_axis_is_of_a_factor_of_two_at_least() -> None:
    low, high = fitted_range(math.log10(2.51), math.log10(2.53), None, is_log=True)
    assert 10 ** (high - low) > 2
    assert 10**low < 2.51 < 2.53 < 10**high
