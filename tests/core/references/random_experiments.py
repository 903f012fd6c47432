"""Random small experiments on random examples, for sweeps of every gradient."""

from typing import Final

import numpy as np

from core.experiment.model import Experiment
from core.network.numpy.activations.table import (
    ACTIVATIONS,
    hidden_activations,
    output_activations,
)
from core.network.numpy.losses.table import LOSSES

LOSS_NAMES: Final = tuple(LOSSES)


def random_experiment(seed: int) -> Experiment:
    """Layers, activations, loss, biases or not, classes or targets: all by chance.

    The losses take turns, so that a few seeds in a row have all of them.
    """
    rng = np.random.default_rng(seed)
    loss = LOSS_NAMES[seed % len(LOSS_NAMES)]
    record = LOSSES[loss]
    fitting = [n for n in output_activations() if record.fits(ACTIVATIONS[n])]
    output = str(rng.choice(fitting))
    hidden = [int(n) for n in rng.integers(1, 9, rng.integers(0, 5))]
    n_inputs, n_examples = int(rng.integers(1, 8)), int(rng.integers(1, 7))
    real = rng.random() < 0.5 and record.targets != "none"
    n_outputs = int(rng.integers(1 if real else 2, 6))
    sizes = [n_inputs, *hidden, n_outputs]
    bias = bool(rng.random() < 0.6)
    shapes = list(zip(sizes[1:], sizes[:-1], strict=True))
    values: dict[str, object] = {
        "data.name": "inline",
        "data.inputs": _numbers(rng.normal(0, 1, (n_examples, n_inputs))),
        "network.hidden": hidden,
        "network.activation": [
            str(n) for n in rng.choice(hidden_activations(), len(hidden))
        ],
        "network.output": output,
        "network.bias": bias,
        "network.initial_weights": [
            _numbers(rng.normal(0, 1.4 / np.sqrt(n_in), (n_out, n_in)))
            for n_out, n_in in shapes
        ],
        "training.loss": loss,
        "training.batch_size": n_examples,
    }
    if bias:
        biases = [_numbers(rng.normal(0, 0.4, n_out)) for n_out, _ in shapes]
        values["network.initial_biases"] = biases
    if real:
        values["data.targets"] = _targets(rng, loss, output, (n_examples, n_outputs))
    else:
        values["data.labels"] = rng.integers(n_outputs, size=n_examples).tolist()
        values["data.class_names"] = [f"class {k}" for k in range(n_outputs)]
    return Experiment().with_values(values)


def _numbers(values: np.ndarray) -> list[object]:
    """As they are in float32, so that every side begins with the same ones."""
    found: list[object] = values.astype(np.float32).astype(np.float64).tolist()
    return found


def _targets(
    rng: np.random.Generator, loss: str, output: str, shape: tuple[int, int]
) -> list[object]:
    if loss != "cross-entropy":
        return _numbers(rng.normal(0, 1, shape))
    if output == "sigmoid":
        return _numbers(rng.random(shape))
    # Rows of powers of two add up to exactly 1.
    shares = rng.multinomial(64, np.full(shape[1], 1 / shape[1]), shape[0])
    return _numbers(shares / 64)
