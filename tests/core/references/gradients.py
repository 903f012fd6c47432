"""The gradient of a batch by several ways, and how far they are apart."""

from dataclasses import dataclass

import numpy as np

from core.arrays import HostParams
from core.data.dataset import Dataset
from core.data.load import load_dataset
from core.experiment.model import Experiment
from core.network.numpy.backprop import backward_pass
from core.network.numpy.costs import target_of
from core.network.numpy.proof import in_double
from core.platform.devices import choose_device
from core.probes.batch import gradient_at
from core.training.run import TrainingRun
from core.values.network_spec import NetworkSpec

Blocks = list[np.ndarray]
"""Weights and, where there are some, biases of each layer, in float64."""


@dataclass(frozen=True)
class Problem:
    """An experiment whose examples and weights stand in it; all examples are a batch.

    Attributes:
        params: float32, as training begins with them.
        targets: (n, n_out) wished outputs.
    """

    experiment: Experiment
    dataset: Dataset
    params: HostParams
    targets: np.ndarray

    @property
    def spec(self) -> NetworkSpec:
        return self.experiment.spec

    @property
    def loss(self) -> str:
        return self.experiment.training.loss

    @property
    def rho(self) -> float:
        return self.experiment.training.rho

    @classmethod
    def of(cls, experiment: Experiment) -> "Problem":
        dataset = load_dataset(experiment.data)
        network = experiment.network
        assert network.initial_weights is not None
        weights = [np.asarray(w, np.float32) for w in network.initial_weights]
        biases = [np.zeros(len(w), np.float32) for w in weights]
        if network.initial_biases is not None:
            biases = [np.asarray(b, np.float32) for b in network.initial_biases]
        params = tuple(zip(weights, biases, strict=True))
        return cls(experiment, dataset, params, _targets(experiment, dataset))


def _targets(experiment: Experiment, dataset: Dataset) -> np.ndarray:
    if dataset.train.targets is not None:
        return dataset.train.targets.astype(np.float64)
    size, output = dataset.n_outputs, experiment.network.output
    rows = [target_of(int(label), size, output) for label in dataset.train.labels]
    return np.stack(rows).astype(np.float64)


def blocks(spec: NetworkSpec, params: object) -> Blocks:
    """The arrays that are parameters."""
    found = []
    for (weights, biases), has_bias in zip(params, spec.biases, strict=True):  # type: ignore[call-overload]
        found += [np.asarray(weights, np.float64)]
        found += [np.asarray(biases, np.float64)] if has_bias else []
    return found


def training_gradient(problem: Problem) -> Blocks:
    """What a step of the training uses: float32, by JAX."""
    run = TrainingRun(problem.experiment, problem.dataset, choose_device("cpu"))
    return blocks(run.spec, gradient_at(run, run.before_last_step()))


def explicit_gradient(problem: Problem) -> Blocks:
    """Mean of the examples' explicit backward passes, in float64."""
    train, spec = problem.dataset.train, problem.spec
    params = in_double(problem.params)
    total = [np.zeros_like(part) for part in blocks(spec, params)]
    for k, target in enumerate(problem.targets):
        inputs = train.network_inputs(k).astype(np.float64)
        found = backward_pass(
            spec, problem.loss, params, inputs, target, rho=problem.rho
        )
        layers = [
            (found.weight_gradient(layer), found.deltas[layer - 1])
            for layer in range(1, spec.n_layers + 1)
        ]
        for part, own in zip(total, blocks(spec, layers), strict=True):
            part += own / len(train)
    return total


def relative_error(found: Blocks, wanted: Blocks) -> float:
    """The largest |difference| of any block over its largest |gradient|.

    A single entry can be the small difference of large terms, and then no float32
    knows its digits; the block's largest entry is what its rounding goes by.
    """
    worst = 0.0
    for own, other in zip(found, wanted, strict=True):
        size = float(np.max(np.abs(other)))
        error = float(np.max(np.abs(own - other)))
        if error > 0:
            worst = max(worst, error / size if size > 0 else np.inf)
    return worst
