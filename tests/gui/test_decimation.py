"""Millions of values cut down to a screen, without losing an extreme."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.decimation import MinMaxPyramid, thin_points
from gui.plots.ranges import fitted_range, followed_range, one_two_five
from gui.plots.value_axis import linear_step, log_ticks
from gui.smoothing import GrowingAverage


def grown(values: np.ndarray, pieces: list[int]) -> MinMaxPyramid:
    pyramid = MinMaxPyramid()
    for stop in [*sorted(pieces), len(values)]:
        pyramid.update(values[:stop])
    return pyramid


def test_pyramid_keeps_every_extreme_of_a_million_values():
    values = np.random.default_rng(0).normal(size=1_000_000)
    values[123_456], values[654_321] = -50.0, 60.0

    bins = grown(values, [1, 7, 8, 9, 500_000]).bins(0, len(values), 800)

    assert len(bins.lows) <= 801
    assert bins.lows.min() == -50.0
    assert bins.highs.max() == 60.0


@given(
    count=st.integers(1, 3000),
    pieces=st.lists(st.integers(0, 3000), max_size=5),
    ends=st.tuples(st.integers(0, 3000), st.integers(0, 3000)),
    most=st.integers(1, 100),
)
def test_each_bin_is_the_minimum_and_maximum_of_its_values(
    count: int, pieces: list[int], ends: tuple[int, int], most: int
):
    values = np.random.default_rng(count).normal(size=count)
    pyramid = grown(values, [min(piece, count) for piece in pieces])

    bins = pyramid.bins(min(ends), max(ends), most)

    assert len(bins.lows) <= most + 1
    first = min(ends) // bins.width * bins.width
    for k in range(len(bins.lows)):
        part = values[first + k * bins.width : first + (k + 1) * bins.width]
        assert bins.lows[k] == part.min()
        assert bins.highs[k] == part.max()


def test_few_values_are_drawn_one_by_one_at_their_own_place():
    values = np.asarray([3.0, 1.0, 2.0, 5.0])
    x, y = grown(values, []).bins(1, 4, 100).polyline()
    np.testing.assert_array_equal(x, [1, 2, 3])
    np.testing.assert_array_equal(y, [1.0, 2.0, 5.0])


def test_bins_do_not_move_while_the_series_grows():
    values = np.random.default_rng(1).normal(size=5000)
    before = grown(values[:4500], []).bins(0, 5000, 100)
    after = grown(values, [4500]).bins(0, 5000, 100)
    full = len(before.lows) - 1
    np.testing.assert_array_equal(before.lows[:full], after.lows[:full])
    np.testing.assert_array_equal(before.centres[:full], after.centres[:full])


def test_values_that_are_not_finite_are_left_out():
    values = np.ones(1000)
    values[100:200] = np.nan
    values[300], values[301] = np.inf, -np.inf
    bins = grown(values, [150]).bins(0, 1000, 10)
    assert set(bins.lows[np.isfinite(bins.lows)]) == {1.0}
    assert set(bins.highs[np.isfinite(bins.highs)]) == {1.0}


def test_a_bin_without_a_finite_value_is_a_gap():
    values = np.full(1000, np.nan)
    values[:500] = 2.0
    bins = grown(values, []).bins(0, 1000, 10)
    assert bins.lows[0] == 2.0
    assert np.isnan(bins.lows[-1])


def test_empty_stretch_has_no_bins():
    assert len(MinMaxPyramid().bins(0, 100, 10).lows) == 0
    assert len(grown(np.ones(5), []).bins(7, 9, 10).lows) == 0


def test_thinned_points_keep_their_extremes_and_order():
    x = np.arange(10_000.0)
    y = np.random.default_rng(2).normal(size=10_000)
    y[777], y[4242], y[5000] = 40.0, -40.0, np.nan

    thin_x, thin_y = thin_points(x, y, 500)

    assert len(thin_x) <= 500
    assert np.all(np.diff(thin_x) > 0)
    assert thin_y[thin_x == 777] == 40.0
    assert thin_y[thin_x == 4242] == -40.0


def plain_average(values: np.ndarray, half_life: float) -> np.ndarray:
    ages = np.arange(len(values))
    out = np.empty(len(values))
    for i in range(len(values)):
        weights = 0.5 ** ((i - ages[: i + 1]) / half_life)
        known = np.isfinite(values[: i + 1])
        part = np.where(known, values[: i + 1], 0.0)
        total = (weights * known).sum()
        out[i] = (weights * part).sum() / total if total else np.nan
    return out


@pytest.mark.parametrize("half_life", [0.5, 5.0, 300.0])
@pytest.mark.parametrize("piece", [1, 63, 1000])
def test_average_in_pieces_is_the_weighted_mean_of_the_past(
    half_life: float, piece: int
):
    values = np.random.default_rng(3).normal(1.0, 0.3, 1000)
    values[400:420] = np.nan
    values[600] = np.inf
    average = GrowingAverage(half_life)
    while len(average) < len(values):
        average.update(values, limit=piece)
    np.testing.assert_allclose(
        average.values, plain_average(values, half_life), rtol=1e-9
    )


def test_half_life_means_that_an_older_value_counts_half():
    average = GrowingAverage(10)
    average.update(np.concatenate(([0.0] * 2000, [1.0] * 10)))
    assert average.values[-1] == pytest.approx(0.5, abs=1e-6)


def test_no_smoothing_repeats_the_series():
    average = GrowingAverage(0)
    average.update(np.asarray([1.0, 5.0, 2.0]))
    np.testing.assert_array_equal(average.values, [1.0, 5.0, 2.0])


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
    first = fitted_range(0.1, 2.0, None, from_zero=True)
    assert first[0] < 0 < 2.0 < first[1]
    assert fitted_range(0.1, 1.8, first, from_zero=True) == first
    assert fitted_range(0.1, 5.0, first, from_zero=True)[1] > 5.0
    assert fitted_range(0.1, 0.5, first, from_zero=True)[1] < 1.0


def test_fit_of_a_constant_is_not_empty():
    for value in (0.0, 3.0, -2.0):
        low, high = fitted_range(value, value, None, from_zero=True)
        assert low < value < high


@pytest.mark.parametrize(("at_least", "found"), [(0.1, 1), (2, 2), (3, 5), (501, 1000)])
def test_one_two_five(at_least: float, found: int):
    assert one_two_five(at_least) == found


def test_linear_step_keeps_to_the_number_of_ticks():
    assert linear_step(0, 10, 5) == 2
    assert linear_step(0, 0.03, 4) == pytest.approx(0.01)


@pytest.mark.parametrize("span", [(-1.0, 0.5), (-9.0, 3.0), (0.0, 0.1), (-30.0, 30.0)])
def test_log_ticks_lie_inside_and_are_not_too_many(span: tuple[float, float]):
    ticks = log_ticks(*span, most=5)
    assert 1 <= len(ticks) <= 6
    assert all(span[0] <= tick <= span[1] for tick in ticks)
