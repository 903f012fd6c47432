"""Backpropagation by hand in NumPy, as in many a tutorial, with its arrays reused."""

import numpy as np

from core.arrays import FloatArray
from tests.benchmarks.engines.problem import Problem, Take

Gradient = list[tuple[FloatArray, FloatArray]]


def make(problem: Problem) -> Take:
    params = problem.initial_params()
    update = _adam(params) if problem.optimizer == "adam" else _sgd
    batches = problem.batches()

    def take(steps: int) -> None:
        for _ in range(steps):
            chosen = next(batches)
            inputs, labels = problem.inputs[chosen], problem.labels[chosen]
            update(params, gradient(params, inputs, labels), problem.learning_rate)

    return take


def gradient(
    params: list[tuple[FloatArray, FloatArray]], inputs: FloatArray, labels: np.ndarray
) -> Gradient:
    """Gradient of the mean cross-entropy of a batch."""
    activations = [inputs]
    for weights, biases in params[:-1]:
        z = activations[-1] @ weights.T
        z += biases
        activations.append(np.maximum(z, 0, out=z))
    weights, biases = params[-1]
    z = activations[-1] @ weights.T + biases
    delta = np.exp(z - z.max(axis=1, keepdims=True))
    delta /= delta.sum(axis=1, keepdims=True)
    delta[np.arange(len(labels)), labels] -= 1
    delta /= np.float32(len(labels))
    result: Gradient = []
    for layer in range(len(params) - 1, -1, -1):
        result.append((delta.T @ activations[layer], delta.sum(axis=0)))
        if layer:
            delta = delta @ params[layer][0]
            delta *= activations[layer] > 0
    return result[::-1]


def _sgd(
    params: list[tuple[FloatArray, FloatArray]], gradient: Gradient, rate: float
) -> None:
    for values, slopes in zip(params, gradient, strict=True):
        for value, slope in zip(values, slopes, strict=True):
            slope *= np.float32(rate)
            value -= slope


class _adam:  # noqa: N801
    """Keeps the running means of the slopes and of their squares."""

    def __init__(self, params: list[tuple[FloatArray, FloatArray]]) -> None:
        self._means = [tuple(np.zeros_like(v) for v in layer) for layer in params]
        self._squares = [tuple(np.zeros_like(v) for v in layer) for layer in params]
        self._step = 0

    def __call__(
        self,
        params: list[tuple[FloatArray, FloatArray]],
        gradient: Gradient,
        rate: float,
    ) -> None:
        self._step += 1
        factor = np.float32(rate / (1 - 0.9**self._step))
        share = np.float32(1 / (1 - 0.999**self._step))
        for layer in range(len(params)):
            for part in range(2):
                slope = gradient[layer][part]
                mean, square = self._means[layer][part], self._squares[layer][part]
                mean += np.float32(0.1) * (slope - mean)
                square += np.float32(0.001) * (slope * slope - square)
                value = params[layer][part]
                value -= factor * mean / (np.sqrt(share * square) + np.float32(1e-8))
