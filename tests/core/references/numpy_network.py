"""A network of tanh layers and a softmax output, trained by hand in float64."""

from collections.abc import Callable

import numpy as np

from core.training.run import TrainingRun, to_numpy
from tests.core.references.numpy_optimizers import Step

Layers = list[list[np.ndarray]]


def start_of(run: TrainingRun) -> Layers:
    """Copies of the params of a run, in float64."""
    return [[np.array(p, np.float64) for p in layer] for layer in to_numpy(run.params)]


def batches_of(run: TrainingRun, count: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Inputs and labels of the first steps of a run."""
    order, train = run._settings.order, run.dataset.train
    found = []
    for step in range(count):
        indices, weights = order.batches(step, 1)
        chosen = indices[0][weights[0] > 0]
        inputs = train.network_inputs(chosen).astype(np.float64)
        found.append((inputs, train.labels[chosen]))
    return found


Delta = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""dC/dz of each example from z and labels, both (batch, ...)."""


def cross_entropy_delta(z: np.ndarray, labels: np.ndarray) -> np.ndarray:
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(z)), labels] -= 1
    return p


def gradient(
    layers: Layers,
    x: np.ndarray,
    labels: np.ndarray,
    delta_of: Delta = cross_entropy_delta,
) -> Layers:
    """Of the mean loss over a batch."""
    activations = [x]
    for weights, biases in layers[:-1]:
        activations.append(np.tanh(activations[-1] @ weights.T + biases))
    weights, biases = layers[-1]
    z = activations[-1] @ weights.T + biases
    delta = delta_of(z, labels) / len(x)
    found: Layers = []
    for k in range(len(layers) - 1, -1, -1):
        found.insert(0, [delta.T @ activations[k], delta.sum(axis=0)])
        delta = (delta @ layers[k][0]) * (1 - activations[k] ** 2)
    return found


def train(
    layers: Layers,
    batches: list[tuple[np.ndarray, np.ndarray]],
    optimizer: object,
    rates: list[float],
    delta_of: Delta = cross_entropy_delta,
) -> np.ndarray:
    """Take a step for each batch; returns all parameters in one vector."""
    steps: list[list[Step]] = [[optimizer() for _ in layer] for layer in layers]  # type: ignore[operator]
    for t, ((x, labels), rate) in enumerate(zip(batches, rates, strict=True), start=1):
        grads = gradient(layers, x, labels, delta_of)
        for layer, layer_grads, layer_steps in zip(layers, grads, steps, strict=True):
            for part in (0, 1):
                layer[part] = layer_steps[part](layer[part], layer_grads[part], t, rate)
    return np.concatenate([part.ravel() for layer in layers for part in layer])
