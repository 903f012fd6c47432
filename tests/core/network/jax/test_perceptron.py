"""The perceptron comes to rest where a line parts the classes, and else never."""

import jax
import numpy as np

from core.data.load import load_dataset
from core.experiment.presets import load_preset
from core.training.run import TrainingRun, to_numpy


def mistakes(data: str, epochs: int) -> tuple[list[int], TrainingRun]:
    experiment = load_preset("perceptron").experiment
    experiment = experiment.with_values({"data.name": data})
    run = TrainingRun(experiment, load_dataset(experiment.data), jax.devices("cpu")[0])
    counts = []
    for _ in range(epochs):
        right: list[float] = []
        while len(right) < run.steps_per_epoch:
            left = run.steps_per_epoch - len(right)
            right += np.asarray(run.advance(left).accuracies).tolist()
        counts.append(round(run.steps_per_epoch - sum(right)))
    return counts, run


def by_hand(run: TrainingRun, steps: int) -> np.ndarray:
    """The rule itself: each output's w and b move by t x and t where t z <= 0."""
    train, order = run.dataset.train, run._settings.order
    weights, biases = np.zeros((2, 2)), np.zeros(2)
    for step in range(steps):
        index = order.batches(step, 1)[0][0, 0]
        x = train.network_inputs(int(index)).astype(np.float64)
        t = np.where(np.arange(2) == train.labels[index], 1, -1)
        wrong = t * (weights @ x + biases) <= 0
        weights += (wrong * t)[:, None] * x
        biases += wrong * t
    return np.concatenate([weights.ravel(), biases])


def test_it_comes_to_rest_on_two_clouds_after_more_than_one_turn() -> None:
    counts, run = mistakes("gaussians", 8)
    assert sum(counts) > 4
    assert counts[-3:] == [0, 0, 0]
    ((weights, biases),) = to_numpy(run.params)
    wanted = by_hand(run, run.step)
    np.testing.assert_allclose(np.append(weights, biases), wanted, atol=1e-4)
    np.testing.assert_array_equal(weights[0], -weights[1])


def test_it_never_comes_to_rest_on_xor() -> None:
    counts, _ = mistakes("xor", 20)
    assert min(counts) > 80
