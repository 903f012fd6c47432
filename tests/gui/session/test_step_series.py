"""A log of bounded size agrees with the arrays that it stands for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.protocol.messages import Metrics
from gui.session.metrics_log import MetricsLog
from gui.session.readings import TestReadings
from gui.session.smoothing import average_at, smoothed_bins
from gui.session.step_series import Bins, StepSeries

COUNTS = st.integers(1, 6000)
PIECES = st.lists(st.integers(1, 5000), min_size=1, max_size=4)


def random_values(count: int) -> np.ndarray:
    return np.random.default_rng(count).normal(1.0, 0.3, count).astype(np.float32)


def grown(values: np.ndarray, pieces: list[int], capacity: int = 256) -> StepSeries:
    """The series of the values, appended in pieces of these lengths in turn."""
    series = StepSeries(capacity)
    start = turn = 0
    while start < len(values):
        series.extend(values[start : start + pieces[turn % len(pieces)]])
        start += pieces[turn % len(pieces)]
        turn += 1
    return series


def assert_stands_for(bins: Bins, values: np.ndarray) -> None:
    for k in range(len(bins.means)):
        part = values[bins.edges[k] : bins.edges[k + 1]]
        assert bins.lows[k] == part.min()
        assert bins.highs[k] == part.max()
        assert bins.means[k] == pytest.approx(part.mean(dtype=np.float64), rel=1e-5)


@given(count=COUNTS, pieces=PIECES, capacity=st.sampled_from([2, 32, 64, 1024]))
def test_buckets_hold_every_step_once(count: int, pieces: list[int], capacity: int):
    values = random_values(count)

    series = grown(values, pieces, capacity)
    buckets = series.buckets()

    assert len(series) == count
    assert len(buckets.means) <= capacity + 1
    assert (buckets.edges[0], buckets.edges[-1]) == (0, count)
    assert set(np.diff(buckets.edges)[:-1]) <= {series.bucket_width}
    assert_stands_for(buckets, values)
    total = (buckets.means * np.diff(buckets.edges)).sum()
    assert total == pytest.approx(values.sum(dtype=np.float64), rel=1e-5)


@given(count=st.integers(1, 256), pieces=PIECES)
def test_steps_are_exact_as_long_as_there_is_room(count: int, pieces: list[int]):
    values = random_values(count)
    series = grown(values, pieces)
    if count < 256:
        assert series.bucket_width == 1
        np.testing.assert_array_equal(series.buckets().means, values)


@given(
    count=COUNTS,
    pieces=PIECES,
    ends=st.tuples(st.integers(-10, 6100), st.integers(-10, 6100)),
    most=st.integers(1, 100),
)
def test_each_bin_is_minimum_maximum_and_mean_of_its_values(
    count: int, pieces: list[int], ends: tuple[int, int], most: int
):
    values = random_values(count)

    bins = grown(values, pieces).bins(min(ends), max(ends), most)

    assert len(bins.lows) <= most + 1
    assert_stands_for(bins, values)
    if len(bins.lows):
        assert bins.edges[0] <= max(0, min(ends))
        assert bins.edges[-1] >= min(count, max(ends))


@given(count=COUNTS, pieces=PIECES, step=st.integers(-1, 6001))
def test_a_bucket_names_the_steps_that_it_stands_for(
    count: int, pieces: list[int], step: int
):
    values = random_values(count)
    bucket = grown(values, pieces).bucket(step)
    if not 1 <= step <= count:
        assert bucket is None
        return
    part = values[bucket.first_step - 1 : bucket.last_step]
    assert bucket.first_step <= step <= bucket.last_step
    assert (bucket.low, bucket.high) == (part.min(), part.max())
    assert bucket.mean == pytest.approx(part.mean(dtype=np.float64), rel=1e-5)


def test_newest_value_is_exact_among_merged_ones():
    values = random_values(1001)
    assert grown(values, [10]).newest == values[-1]


def test_one_value_at_a_time_is_the_same_as_all_at_once():
    values = random_values(3333)
    one, many = grown(values, [1]).buckets(), grown(values, [3333]).buckets()
    np.testing.assert_array_equal(one.edges, many.edges)
    np.testing.assert_array_equal(one.lows, many.lows)
    np.testing.assert_allclose(one.means, many.means, rtol=1e-6)


def test_few_values_are_drawn_one_by_one_at_their_own_step():
    x, y = grown(np.asarray([3.0, 1.0, 2.0, 5.0]), [9]).bins(1, 4, 100).polyline()
    np.testing.assert_array_equal(x, [2, 3, 4])
    np.testing.assert_array_equal(y, [1.0, 2.0, 5.0])


def test_bins_do_not_move_while_the_series_grows():
    values = random_values(5000)
    before = grown(values[:4500], [4500], 8192).bins(0, 5000, 100)
    after = grown(values, [4500], 8192).bins(0, 5000, 100)
    full = len(before.lows) - 1
    np.testing.assert_array_equal(before.lows[:full], after.lows[:full])
    np.testing.assert_array_equal(before.centres[:full], after.centres[:full])


@pytest.mark.parametrize("capacity", [64, 4096])
def test_values_that_are_not_finite_leave_the_extremes_whole(capacity: int):
    values = np.ones(1000)
    values[100:200] = np.nan
    values[300], values[301] = np.inf, -np.inf
    bins = grown(values, [150], capacity).bins(0, 1000, 10)
    assert set(bins.lows[np.isfinite(bins.lows)]) == {1.0}
    assert set(bins.highs[np.isfinite(bins.highs)]) == {1.0}


@pytest.mark.parametrize("capacity", [64, 4096])
def test_a_bin_without_a_finite_value_is_a_gap(capacity: int):
    values = np.full(1000, np.nan)
    values[:500] = 2.0
    bins = grown(values, [1000], capacity).bins(0, 1000, 10)
    assert bins.lows[0] == 2.0
    assert np.isnan(bins.lows[-1])


def test_empty_stretch_has_no_bins():
    assert len(StepSeries().bins(0, 100, 10).lows) == 0
    assert len(grown(np.ones(5), [5]).bins(7, 9, 10).lows) == 0
    assert len(smoothed_bins(StepSeries(), 5.0, 0, 100, 10).lows) == 0


def test_hundred_million_steps_take_no_more_room_than_two():
    series = StepSeries()
    piece = random_values(1_000_000)
    for _ in range(100):
        series.extend(piece)
    piece[500_000] = 77.0
    series.extend(piece)
    bins = series.bins(0, len(series), 1000)
    assert series.bucket_width == 128
    assert len(series.buckets().means) <= 2**20
    assert bins.edges[-1] == 101_000_000
    assert bins.highs.max() == 77.0
    assert bins.means.mean() == pytest.approx(1.0, abs=0.001)


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
@pytest.mark.parametrize("start", [0, 1, 777])
def test_average_is_the_weighted_mean_of_the_past(half_life: float, start: int):
    values = np.random.default_rng(3).normal(1.0, 0.3, 1000)
    values[400:420] = np.nan
    values[600:602] = np.inf
    series = grown(values, [130], 4096)
    truth = plain_average(values, half_life)

    bins = smoothed_bins(series, half_life, start, 1000, 1000)

    np.testing.assert_allclose(bins.means, truth[start:], rtol=1e-5)
    assert average_at(series, half_life, 900) == pytest.approx(truth[899], rel=1e-5)


@pytest.mark.parametrize("half_life", [500.0, 3000.0])
def test_average_over_merged_steps_is_that_over_steps(half_life: float):
    values = 1 + np.sin(np.arange(20_000) / 700) + random_values(20_000)
    series = grown(values, [999], 4096)
    truth = plain_average_fast(values, half_life)
    assert series.bucket_width == 8
    for step in (8, 4000, 11_111, 20_000):
        last = series.bucket(step).last_step
        average = average_at(series, half_life, step)
        assert average == pytest.approx(truth[last - 1], abs=0.003)


def plain_average_fast(values: np.ndarray, half_life: float) -> np.ndarray:
    decay, total, weight = 0.5 ** (1 / half_life), 0.0, 0.0
    out = np.empty(len(values))
    for i, value in enumerate(values):
        total, weight = decay * total + value, decay * weight + 1
        out[i] = total / weight
    return out


def test_drawn_average_of_many_steps_spans_the_averages_of_each_bin():
    values = random_values(50_000)
    series = grown(values, [50_000], 1 << 16)
    truth = plain_average_fast(values, 400.0)
    bins = smoothed_bins(series, 400.0, 0, 50_000, 500)
    # The first few averages are those of so few values that each step counts.
    for k in range(5, len(bins.lows)):
        part = truth[bins.edges[k] : bins.edges[k + 1]]
        assert bins.lows[k] == pytest.approx(part.min(), abs=0.01)
        assert bins.highs[k] == pytest.approx(part.max(), abs=0.01)


def test_half_life_means_that_an_older_value_counts_half():
    series = grown(np.concatenate(([0.0] * 2000, [1.0] * 10)), [2010], 4096)
    assert average_at(series, 10, 2010) == pytest.approx(0.5, abs=1e-6)


def test_no_smoothing_repeats_the_series():
    bins = smoothed_bins(grown(np.asarray([1.0, 5.0, 2.0]), [3]), 0, 0, 3, 10)
    np.testing.assert_array_equal(bins.means, [1.0, 5.0, 2.0])


def test_test_readings_are_bounded_and_keep_their_extremes():
    readings = TestReadings(capacity=64)
    losses = random_values(1000)
    losses[123], losses[321] = 9.0, -9.0
    for step, loss in enumerate(losses):
        readings.add(step, float(loss), 1 - abs(float(loss)) / 10)
        assert len(readings) <= 64
    assert np.all(np.diff(readings.steps) > 0)
    assert readings.steps[-1] == 999
    np.testing.assert_array_equal(readings.losses, losses[readings.steps.astype(int)])
    assert (readings.losses.max(), readings.losses.min()) == (9.0, -9.0)
    assert readings.accuracies.min() == pytest.approx(0.1)


def test_a_reading_of_a_step_that_the_run_has_gone_back_to_stands_at_its_place():
    readings = TestReadings(capacity=16)
    for step in (0, 40, 60, 20, 40, 50):
        readings.add(step, step / 10, 0.5 + step / 1000)
    assert readings.steps.tolist() == [0, 20, 40, 50, 60]
    assert readings.losses.tolist() == [0, 2, 4, 5, 6]
    for step in range(1, 40):
        readings.add(step, float(step), 0.5)
    assert len(readings) <= 16
    assert np.all(np.diff(readings.steps) > 0)


def test_log_notes_the_first_step_whose_loss_is_no_number():
    log = MetricsLog()
    good, bad = np.ones(10, np.float32), np.ones(10, np.float32)
    bad[[3, 5]] = np.inf, np.nan
    for losses in (good, bad, bad):
        log.add_batches(Metrics(1, 1, losses, good))
    assert log.first_broken_step == 14


@pytest.mark.parametrize("count", [0, 1, 31, 32, 33, 1000, 2047, 2500])
def test_the_first_values_are_a_series_of_their_own(count: int) -> None:
    values = np.random.default_rng(1).normal(size=2500).astype(np.float32)
    whole, short = StepSeries(4096), StepSeries(4096)
    whole.extend(values)
    short.extend(values[:count])
    part = whole.until(count)
    assert len(part) == len(short) == count
    more = np.arange(700, dtype=np.float32)
    for each in (part, short):
        each.extend(more)
    for width in (1, 8, 64, 1024):
        one, other = part.blocks(0, 5000, width), short.blocks(0, 5000, width)
        np.testing.assert_array_equal(one.edges, other.edges)
        np.testing.assert_allclose(one.means, other.means, rtol=1e-6)
        np.testing.assert_array_equal(one.lows, other.lows)
    assert part.newest == 699
    assert len(whole) == 2500


def test_a_cut_bucket_counts_as_its_mean() -> None:
    whole = StepSeries(16)
    whole.extend(np.arange(60, dtype=np.float32))
    assert whole.bucket_width == 4
    part = whole.until(10)
    assert len(part) == 10
    np.testing.assert_array_equal(part.buckets().edges, [0, 4, 8, 10])
    np.testing.assert_allclose(part.buckets().means, [1.5, 5.5, 9.5])


def test_reading_at_exactly_one_coarse_entry_loses_nothing_later() -> None:
    read, unread = StepSeries(4096), StepSeries(4096)
    for series in (read, unread):
        series.extend(np.arange(32, dtype=np.float32))
    assert len(read.buckets().means) == 32
    for series in (read, unread):
        series.extend(np.arange(700, dtype=np.float32))
    np.testing.assert_array_equal(
        read.blocks(0, 732, 32).means, unread.blocks(0, 732, 32).means
    )


@pytest.mark.parametrize("half_life", [3.0, 500.0])
@pytest.mark.parametrize("max_bins", [5000, 100])
def test_the_average_begins_anew_where_the_values_become_another_quantity(
    half_life: float, max_bins: int
) -> None:
    rng = np.random.default_rng(0)
    values = np.concatenate((rng.normal(50, 1, 1203), rng.normal(1, 0.1, 797)))
    series, second = StepSeries(), StepSeries()
    series.extend(values)
    second.extend(values[1203:])
    drawn = smoothed_bins(series, half_life, 0, 2000, max_bins, breaks=(1203,))
    before, after = drawn.centres <= 1203, drawn.centres > 1204 + drawn.width
    assert np.nanmin(drawn.lows[before]) > 40
    assert np.nanmax(drawn.highs[after]) < 10
    mixed = (drawn.edges[:-1] < 1203) & (drawn.edges[1:] > 1203)
    assert np.isnan(drawn.lows[mixed]).all()
    for step in (1204, 1210, 1700, 2000):
        alone = average_at(second, half_life, step - 1203)
        assert average_at(series, half_life, step, breaks=(1203,)) == pytest.approx(
            alone, rel=1e-4
        )
    if max_bins == 5000:
        assert drawn.highs[1203] == pytest.approx(values[1203], rel=1e-6)
