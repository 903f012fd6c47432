"""What presets and defaults claim holds for five seeds, not for one alone."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import jax
import numpy as np
import pytest

from core.data.dataset import Dataset
from core.data.load import load_dataset
from core.descriptions.optimizers import OPTIMIZERS
from core.experiment.model import DataSettings
from core.experiment.presets import load_preset
from core.network.numpy.backprop import backward_pass
from core.network.numpy.forward import forward_trace
from core.side_jobs.compare.variants import RATE_FACTORS
from core.training.evaluate import Reading, evaluate
from core.training.run import TrainingRun, to_numpy

SEEDS: Final = range(5)
_LOADED: dict[DataSettings, Dataset] = {}


def begun(
    preset: str, seed: int, values: Mapping[str, object] = MappingProxyType({})
) -> TrainingRun:
    experiment = load_preset(preset).experiment
    experiment = experiment.with_values({"training.seed": seed, **values})
    data = experiment.data
    if data not in _LOADED:
        _LOADED[data] = load_dataset(data)
    return TrainingRun(experiment, _LOADED[data], jax.devices("cpu")[0])


def taken(run: TrainingRun, steps: int) -> Reading:
    goal = run.step + steps
    while run.step < goal:
        run.advance(goal - run.step)
    return evaluate(run.program, run.params, run.test_examples)


def accuracy(preset: str, seed: int, steps: int, **values: object) -> float:
    run = begun(preset, seed, {k.replace("__", "."): v for k, v in values.items()})
    share = taken(run, steps).accuracy
    assert share is not None
    return share


@pytest.mark.parametrize(
    ("preset", "steps", "at_least"),
    [
        ("gaussians", 300, 0.99),
        ("circle", 1000, 0.98),
        ("xor", 1500, 0.97),
        ("squares", 1500, 0.98),
        ("rings", 4000, 0.97),
        ("spiral", 3000, 0.9),
        ("digits", 400, 0.75),
        ("optimizers", 300, 0.75),
    ],
)
def test_a_preset_learns_whatever_its_seed(
    preset: str, steps: int, at_least: float
) -> None:
    assert min(accuracy(preset, seed, steps) for seed in SEEDS) >= at_least


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize(
    ("preset", "steps", "at_least"),
    [
        ("circle", 500, 0.9),
        pytest.param("digits", 400, 0.75, marks=pytest.mark.long),
    ],
)
def test_the_sensible_rate_of_an_optimiser_learns_whatever_the_seed(
    name: str, preset: str, steps: int, at_least: float
) -> None:
    rate = OPTIMIZERS[name].sensible_rate
    values = {"training__optimizer": name, "training__learning_rate": rate}
    shares = [accuracy(preset, seed, steps, **values) for seed in SEEDS]
    assert min(shares) >= at_least, shares


def test_six_sigmoid_layers_pass_hardly_any_gradient_on() -> None:
    for seed in SEEDS:
        run = begun("vanishing-gradient", seed)
        params, test = to_numpy(run.params), run.dataset.test
        target = np.eye(10, dtype=np.float32)[test.labels[0]]
        back = backward_pass(
            run.spec, "cross-entropy", params, test.network_inputs(0), target
        )
        sizes = [float(np.sqrt(np.mean(delta**2))) for delta in back.deltas[:-1]]
        assert sizes == sorted(sizes)
        assert sizes[-1] > 1000 * sizes[0]


@pytest.mark.parametrize("initializer", ["he", "glorot"])
def test_relu_learns_there_with_either_initial_weights(initializer: str) -> None:
    relu = {"network__activation": "relu", "network__initializer": initializer}
    for seed in SEEDS:
        assert accuracy("vanishing-gradient", seed, 250, **relu) >= 0.4


def test_the_sigmoids_there_do_not_learn_in_the_same_steps() -> None:
    for seed in SEEDS:
        assert accuracy("vanishing-gradient", seed, 250) <= 0.2


def test_the_perceptron_comes_to_rest_without_a_mistake() -> None:
    for seed in SEEDS:
        run = begun("perceptron", seed)
        taken(run, 8 * run.steps_per_epoch)
        before = to_numpy(run.params)
        reading = taken(run, run.steps_per_epoch)
        for old, new in zip(before[0], to_numpy(run.params)[0], strict=True):
            np.testing.assert_array_equal(old, new)
        assert reading.accuracy is not None
        assert reading.accuracy >= 0.98


def test_more_units_come_nearer_to_the_function() -> None:
    for seed in SEEDS:
        losses = [
            taken(begun("approximation", seed, {"network.hidden": [n]}), 3000).loss
            for n in (2, 30)
        ]
        assert losses[1] < 0.5 * losses[0]


def test_the_test_loss_of_the_overfitting_preset_falls_and_then_rises() -> None:
    for seed in SEEDS:
        run = begun("overfitting", seed)
        losses = [taken(run, steps).loss for steps in (0, 10, 10, 10, 500)]
        assert min(losses[1:-1]) < losses[0]
        assert losses[-1] > 1.5 * min(losses)


def test_shuffled_labels_are_memorised_and_say_nothing_of_the_test() -> None:
    for seed in SEEDS:
        run = begun("random-labels", seed, {"data.shuffled_labels": True})
        reading = taken(run, 390)
        last: list[float] = []
        while len(last) < run.steps_per_epoch:
            last += np.asarray(run.advance(10 - len(last)).accuracies).tolist()
        assert np.mean(last) >= 0.95
        assert reading.accuracy is not None
        assert reading.accuracy < 0.3


def test_of_five_learning_rates_the_middle_one_learns_and_the_last_diverges() -> None:
    rates = [0.02 * factor for factor in RATE_FACTORS]
    for seed in SEEDS:
        readings = [
            taken(begun("learning-rate", seed, {"training.learning_rate": rate}), 300)
            for rate in rates
        ]
        losses = [reading.loss for reading in readings]
        assert readings[0].accuracy is not None
        assert readings[0].accuracy < 0.2
        assert losses[2] == min(losses[:-1])
        assert losses[3] > losses[2]
        assert not np.isfinite(losses[4])


def test_the_network_of_the_videos_has_13002_parameters() -> None:
    experiment = load_preset("mnist-sigmoid").experiment
    assert experiment.network.spec(784, 10).parameter_count == 13_002


def test_the_chain_has_three_weights_and_three_biases() -> None:
    run = begun("chain", 0)
    assert [w.size for w, _ in run.params] == [b.size for _, b in run.params] == [1] * 3
    trace = forward_trace(run.spec, to_numpy(run.params), np.ones(1, np.float32))
    before, after = float(trace.output[0]), taken(run, 200)
    assert after.loss < (before - 0.9) ** 2
