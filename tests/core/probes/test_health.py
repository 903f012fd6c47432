"""Norms, idle units and histograms of layers, against NumPy."""

import dataclasses
import time

import numpy as np
import pytest

from core.experiment.model import Experiment, NetworkSettings, TrainingSettings
from core.network.numpy.forward import forward_trace
from core.probes.batch import gradient_at
from core.probes.health import HealthReader, read_health
from core.protocol.health_record import BINS, Histogram, edges_of
from core.protocol.messages import Play, SetNeeds, Step
from core.training.run import TrainingRun, to_numpy
from tests.core.support.runner_talk import RunnerTalk, small
from tests.core.support.small_runs import small_dataset, small_run


def norm(parts: tuple[np.ndarray, np.ndarray]) -> float:
    return float(np.sqrt(sum(np.sum(part.astype(float) ** 2) for part in parts)))


def trained(activation: str = "tanh", **training: object) -> TrainingRun:
    run = small_run(**training)
    if activation != "tanh":
        experiment = Experiment(
            network=NetworkSettings(hidden=(5, 4), activation=activation),
            training=TrainingSettings(batch_size=10),
        )
        run = TrainingRun(experiment, small_dataset(), run.device)
    for _ in range(6):
        run.advance(1)
    return run


def with_params(run: TrainingRun, params: object) -> TrainingRun:
    return TrainingRun(run.experiment, run.dataset, run.device, params)  # type: ignore[arg-type]


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_norms_are_those_of_the_gradient_the_weights_and_the_step(
    optimizer: str,
) -> None:
    run = trained(optimizer=optimizer)
    before = run.before_last_step()
    record = read_health(run, before)
    assert record.step == 6
    old, new = to_numpy(before.state.params), to_numpy(run.params)
    gradient = gradient_at(run, before)
    for k, layer in enumerate(record.layers):
        update = tuple(b - a for a, b in zip(old[k], new[k], strict=True))
        assert layer.gradient_norm == pytest.approx(norm(gradient[k]), rel=1e-5)
        assert layer.weight_norm == pytest.approx(norm(old[k]), rel=1e-5)
        assert layer.update_norm == pytest.approx(norm(update), rel=1e-4)
        assert layer.ratio == pytest.approx(norm(update) / norm(old[k]), rel=1e-4)


def test_before_the_first_step_there_is_no_update() -> None:
    run = small_run()
    layer = read_health(run, run.before_last_step()).layers[0]
    assert layer.update_norm is None
    assert layer.ratio is None
    assert layer.gradient_norm > 0


def test_dead_units_are_relu_units_that_no_example_switches_on() -> None:
    run = trained("relu")
    params = [tuple(np.array(p) for p in layer) for layer in to_numpy(run.params)]
    params[0][1][2] = -100.0
    other = with_params(run, tuple(params))
    record = read_health(other, other.before_last_step())
    inputs = run.dataset.train.network_inputs(np.arange(103))
    for k in (0, 1):
        a = [
            forward_trace(run.spec, to_numpy(other.params), x).activations[k]
            for x in inputs
        ]
        dead = record.layers[k].dead
        assert dead is not None
        np.testing.assert_array_equal(dead, ~np.any(np.asarray(a) > 0, axis=0))
    assert record.layers[0].flag_of(2) == "dead"
    assert record.layers[2].dead is None
    assert record.layers[0].saturated is None


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_saturated_units_have_hardly_any_slope(activation: str) -> None:
    run = trained(activation)
    params = [tuple(np.array(p) for p in layer) for layer in to_numpy(run.params)]
    params[0][1][1] = 40.0
    other = with_params(run, tuple(params))
    record = read_health(other, other.before_last_step())
    inputs = run.dataset.train.network_inputs(np.arange(103))
    a = np.asarray(
        [
            forward_trace(run.spec, to_numpy(other.params), x).activations[0]
            for x in inputs
        ]
    )
    slope = 4 * a * (1 - a) if activation == "sigmoid" else 1 - a**2
    layer = record.layers[0]
    assert layer.saturated is not None
    share = np.mean(slope < 0.05, axis=0)
    np.testing.assert_array_equal(layer.saturated, share >= 0.9)
    assert layer.saturated_share == pytest.approx(np.mean(slope < 0.05), abs=1e-6)
    assert layer.flag_of(1) == "saturated"
    assert layer.flag_of(0) is None


def test_histograms_count_every_weight_where_it_lies() -> None:
    run = trained()
    before = run.before_last_step()
    record = read_health(run, before)
    for k, (weights, _) in enumerate(to_numpy(run.params)):
        shown = record.layers[k].weights
        edges = edges_of("signed", shown.reach)
        counts, _ = np.histogram(weights, edges)
        assert np.abs(weights).max() <= shown.reach < 2 * np.abs(weights).max()
        np.testing.assert_array_equal(shown.counts, counts)
    gradient = np.abs(gradient_at(run, before)[0][0])
    counts, _ = np.histogram(gradient, edges_of("decades"))
    shown = record.layers[0].gradients
    assert shown.zeros + shown.counts.sum() == gradient.size
    assert np.abs(np.cumsum(shown.counts - counts)).max() <= 1
    outputs = record.layers[-1].activations
    assert outputs.spacing == "unit"
    assert outputs.counts.sum() == 2 * 103


def test_activations_of_relu_leave_their_zeros_out_and_count_them() -> None:
    record = read_health(*(lambda run: (run, run.before_last_step()))(trained("relu")))
    shown = record.layers[0].activations
    assert shown.zeros > 0
    assert shown.zeros + shown.counts.sum() == 5 * 103
    assert not shown.counts[: BINS // 2].any()


def test_bins_of_a_larger_reach_hold_the_same_values() -> None:
    values = np.random.default_rng(0).normal(0, 0.2, 1000).clip(-0.9, 0.9)
    fine, _ = np.histogram(values, edges_of("signed", 1.0))
    coarse, _ = np.histogram(values, edges_of("signed", 8.0))
    histogram = Histogram("signed", fine.astype(np.int32), 0, 1.0)
    np.testing.assert_array_equal(histogram.counts_within(8.0), coarse)
    np.testing.assert_array_equal(histogram.counts_within(1.0), fine)


def test_gradients_too_small_for_float32_squares_have_a_norm() -> None:
    run = trained()
    params = tuple((1e-12 * w, 1e-12 * b) for w, b in to_numpy(run.params))
    other = with_params(run, params)
    record = read_health(other, other.before_last_step())
    gradient = gradient_at(other, other.before_last_step())
    assert 0 < norm(gradient[0]) < 1e-15
    assert record.layers[0].gradient_norm == pytest.approx(norm(gradient[0]), rel=1e-4)


def test_while_playing_a_costly_reading_is_kept_for_a_while() -> None:
    run = trained()
    reader = HealthReader()
    first = reader.read(run, run.before_last_step(), playing=True)
    run.advance(1)
    second = reader.read(run, run.before_last_step(), playing=True)
    assert (first.step, second.step) == (6, 7)
    run.advance(1)
    reader._due_at = float("inf")
    assert reader.read(run, run.before_last_step(), playing=True) is second
    assert reader.read(run, run.before_last_step(), playing=False).step == 8


def test_a_snapshot_carries_the_health_while_a_panel_wants_it(talk: RunnerTalk) -> None:
    talk.start()
    assert talk.newest is not None
    assert talk.newest.health is None
    talk.runner.post(SetNeeds(frozenset({"health"})))
    snapshot = talk.take(3)
    assert snapshot.health is not None
    assert snapshot.health.step == 3
    talk.runner.post(Play())
    talk.wait_until(lambda: talk.step > 3)
    assert talk.newest.health is not None


def test_a_slow_window_is_shown_the_health_of_every_mark(talk: RunnerTalk) -> None:
    talk.start(small(data__n_points=20))  # So few that each step is a mark.
    talk.runner.post(SetNeeds(frozenset({"health"})))
    talk.wait_until(lambda: talk.newest is not None and talk.newest.health is not None)
    talk.runner.post(Step(3))
    while talk.step < 3:
        time.sleep(0.1)  # In which steps 2 and 3 were both read.
        talk.look()
    steps = {s.health.step for s in talk.snapshots if s.health is not None}
    assert steps == {0, 1, 2, 3}


def test_a_reading_keeps_no_array_of_the_device() -> None:
    record = read_health(*(lambda run: (run, run.before_last_step()))(trained()))
    for layer in record.layers:
        for field in dataclasses.fields(layer):
            value = getattr(layer, field.name)
            assert value is None or isinstance(value, float | np.ndarray | Histogram)
