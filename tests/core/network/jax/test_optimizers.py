"""Each optimiser, 50 steps long, against a second writing and against peers."""

from dataclasses import replace
from functools import partial
from types import ModuleType

import numpy as np
import pytest

from core.data.dataset import Dataset, Split
from core.descriptions.optimizers import OPTIMIZER_NUMBERS, OPTIMIZERS
from core.network.jax.optimizers import OptimizerNumbers, direction_of, state_trees
from core.probes.batch import gradient_at
from core.training.run import TrainingRun, to_numpy
from core.values.network_spec import flatten
from tests.core.references import numpy_network, torch_network
from tests.core.references.numpy_optimizers import STEPS
from tests.core.support.small_runs import compilations, small_dataset, small_run

COUNT = 50
RATE = 0.02


def taken(run: TrainingRun, steps: int = COUNT) -> np.ndarray:
    end = run.step + steps
    while run.step < end:
        run.advance(end - run.step)
    return flatten(to_numpy(run.params))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_fifty_steps_agree_with_the_formulas_by_hand(name: str) -> None:
    run = small_run(optimizer=name, learning_rate=RATE)
    start, batches = numpy_network.start_of(run), numpy_network.batches_of(run, COUNT)
    before = flatten(to_numpy(run.params))
    wanted = numpy_network.train(start, batches, STEPS[name], [RATE] * COUNT)
    found = taken(run)
    np.testing.assert_allclose(found, wanted, atol=1e-5)
    assert np.max(np.abs(found - before)) > 1e-3


@pytest.mark.peers
@pytest.mark.parametrize("name", sorted(set(OPTIMIZERS) - {"averaged-momentum"}))
def test_fifty_steps_agree_with_pytorch(torch: ModuleType, name: str) -> None:
    run = small_run(optimizer=name, learning_rate=RATE)
    start, batches = numpy_network.start_of(run), numpy_network.batches_of(run, COUNT)
    wanted = torch_network.train(torch, start, batches, name, RATE)
    np.testing.assert_allclose(taken(run), wanted, atol=1e-5)


def three_classes() -> Dataset:
    """scikit-learn has one output for two classes."""
    data = small_dataset()
    labels = (data.train.inputs.argmax(axis=1) % 3).astype(np.int32)
    train = Split(data.train.inputs, labels)
    return Dataset("three", train, train, ("a", "b", "c"))


@pytest.mark.peers
@pytest.mark.parametrize("name", ["sgd", "momentum", "nesterov"])
def test_fifty_steps_agree_with_scikit_learn(name: str) -> None:
    from tests.core.references import scikit_network

    run = small_run(three_classes(), optimizer=name, learning_rate=RATE)
    start, batches = numpy_network.start_of(run), numpy_network.batches_of(run, COUNT)
    wanted = scikit_network.train(start, batches, name, RATE)
    np.testing.assert_allclose(taken(run), wanted, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "numbers", "words"),
    [
        ("momentum", {"momentum": 0.5}, {"mu": 0.5}),
        ("nesterov", {"momentum": 0.8}, {"mu": 0.8}),
        (
            "averaged-momentum",
            {"momentum": 0.7, "weight_decay": 0.3},
            {"mu": 0.7, "decay": 0.3},
        ),
        ("adagrad", {"epsilon": 0.1}, {"epsilon": 0.1}),
        ("rmsprop", {"rms_decay": 0.9, "epsilon": 1e-3}, {"rho": 0.9, "epsilon": 1e-3}),
        (
            "adamw",
            {"beta1": 0.8, "beta2": 0.95, "epsilon": 1e-2, "weight_decay": 0.2},
            {"beta1": 0.8, "beta2": 0.95, "epsilon": 1e-2, "decay": 0.2},
        ),
    ],
)
def test_other_numbers_act_as_in_the_formulas(
    name: str, numbers: dict[str, float], words: dict[str, float]
) -> None:
    run = small_run(optimizer=name, learning_rate=RATE, **numbers)
    start, batches = numpy_network.start_of(run), numpy_network.batches_of(run, 20)
    optimizer = partial(STEPS[name], **words)
    wanted = numpy_network.train(start, batches, optimizer, [RATE] * 20)
    np.testing.assert_allclose(taken(run, 20), wanted, atol=1e-5)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_change_of_numbers_never_compiles_again(name: str) -> None:
    run = small_run(optimizer=name)
    taken(run, 22)
    compiled = compilations()
    changed = dict.fromkeys(OPTIMIZER_NUMBERS, 0.25)
    run.change_training(replace(run.experiment.training, **changed))
    taken(run, 22)
    assert compilations() == compiled


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_state_is_named_and_shaped_like_the_params(name: str) -> None:
    run = small_run(optimizer=name)
    taken(run, 3)
    trees = state_trees(name, run._now.state.opt_state)
    assert list(trees) == [state.name for state in OPTIMIZERS[name].states]
    for tree in trees.values():
        assert [(w.shape, b.shape) for w, b in tree] == [
            (w.shape, b.shape) for w, b in run.params
        ]
        assert np.any(flatten(to_numpy(tree)) != 0)


def test_velocity_is_the_decaying_sum_of_the_gradients() -> None:
    run = small_run(optimizer="momentum", momentum=0.5)
    wanted = np.zeros(1)
    for _ in range(3):
        taken(run, 1)
        gradient = flatten(gradient_at(run, run.before_last_step()))
        wanted = 0.5 * wanted + gradient
    trees = state_trees("momentum", run._now.state.opt_state)
    np.testing.assert_allclose(flatten(to_numpy(trees["velocity"])), wanted, atol=1e-6)


def test_the_words_name_every_number_there_is() -> None:
    assert set(OPTIMIZER_NUMBERS) == set(OptimizerNumbers._fields)
    training = small_run().experiment.training
    for name, default in OptimizerNumbers()._asdict().items():
        assert getattr(training, name) == default


def test_an_unknown_optimizer_is_refused() -> None:
    with pytest.raises(ValueError, match="newton"):
        direction_of("newton")
