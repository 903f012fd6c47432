"""The perceptron comes to rest where a line parts the classes, and else never."""

import jax
import numpy as np

from core.data.load import load_dataset
from core.experiment.model import ONE_OUTPUT
from core.experiment.presets import load_preset
from core.training.run import TrainingRun, to_numpy


def mistakes(
    data: str, epochs: int, outputs: tuple[int, ...] = ONE_OUTPUT
) -> tuple[list[int], TrainingRun]:
    experiment = load_preset("perceptron").experiment
    experiment = experiment.with_values({"data.name": data, "data.outputs": outputs})
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
    """The rule itself: w and b move by t x and t where t z <= 0, with t = 1 or -1."""
    train, order = run.dataset.train, run._settings.order
    weights, bias = np.zeros(2), 0.0
    for step in range(steps):
        index = order.batches(step, 1)[0][0, 0]
        x = train.network_inputs(int(index)).astype(np.float64)
        t = 1 if train.labels[index] == 1 else -1
        if t * (weights @ x + bias) <= 0:
            weights += t * x
            bias += t
    return np.array([*weights, bias])


def test_it_comes_to_rest_on_two_clouds_after_more_than_one_turn() -> None:
    counts, run = mistakes("gaussians", 8)
    assert sum(counts) > 4
    assert counts[-3:] == [0, 0, 0]
    ((weights, biases),) = to_numpy(run.params)
    wanted = by_hand(run, run.step)
    np.testing.assert_allclose(np.append(weights, biases), wanted, atol=1e-4)


def test_two_mirrored_outputs_learn_the_same_line_as_one() -> None:
    one, two = (mistakes("gaussians", 2, outputs) for outputs in ((1,), ()))
    assert one[0] == two[0]
    ((single, bias),) = to_numpy(one[1].params)
    ((pair, biases),) = to_numpy(two[1].params)
    np.testing.assert_array_equal(pair, [-single[0], single[0]])
    np.testing.assert_array_equal(biases, [-bias[0], bias[0]])


def test_it_never_comes_to_rest_on_xor() -> None:
    counts, _ = mistakes("xor", 20)
    assert min(counts) > 80
