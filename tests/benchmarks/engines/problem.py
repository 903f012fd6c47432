"""What all engines train: a network, a batch size, an optimiser, real examples."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core.arrays import FloatArray
from core.data.dataset import Dataset
from core.data.load import load_dataset
from core.data.mnist_family import search_folders
from core.experiment.model import (
    DataSettings,
    Experiment,
    NetworkSettings,
    TrainingSettings,
)
from core.values.errors import DataError
from core.values.network_spec import NetworkSpec

Take = Callable[[int], None]
"""Takes that many training steps; returns when they are done."""

SHARED = Path(__file__).resolve().parents[4] / "shared" / "mnist"
RATES = {"sgd": 0.01, "adam": 0.001}


def data_folders() -> tuple[Path, ...]:
    """Where MNIST may lie: GLASSBOX_DATA, or beside the checkout."""
    return (*search_folders(), SHARED)


def load_examples() -> Dataset:
    """MNIST if it is on this machine, else the bundled digits."""
    try:
        return load_dataset(DataSettings("mnist"), data_folders=data_folders())
    except DataError:
        return load_dataset(DataSettings("digits"))


@dataclass(frozen=True)
class Problem:
    """ReLU layers and a softmax, cross-entropy, He's initial weights.

    Attributes:
        hidden: units of each hidden layer.
        optimizer: "sgd" or "adam".
    """

    dataset: Dataset
    hidden: tuple[int, ...]
    batch_size: int
    optimizer: str

    @cached_property
    def experiment(self) -> Experiment:
        return Experiment(
            DataSettings(self.dataset.name),
            NetworkSettings(self.hidden),
            TrainingSettings(
                optimizer=self.optimizer,
                learning_rate=self.learning_rate,
                batch_size=self.batch_size,
            ),
        )

    @property
    def learning_rate(self) -> float:
        return RATES[self.optimizer]

    @cached_property
    def spec(self) -> NetworkSpec:
        dataset = self.dataset
        return self.experiment.network.spec(dataset.n_inputs, dataset.n_classes)

    @cached_property
    def inputs(self) -> FloatArray:
        """All training examples as float32, 0 to 1."""
        return self.dataset.train.network_inputs(np.arange(len(self.dataset.train)))

    @cached_property
    def labels(self) -> npt.NDArray[np.int64]:
        return self.dataset.train.labels.astype(np.int64)

    @property
    def flop_per_step(self) -> float:
        """Of the matrix products: forward, dC/dW, and dC/da but for the inputs."""
        sizes = [n_out * n_in for n_out, n_in in self.spec.weight_shapes]
        return 2.0 * self.batch_size * (2 * sum(sizes) + sum(sizes[1:]))

    def initial_params(self) -> list[tuple[FloatArray, FloatArray]]:
        rng = np.random.default_rng(0)
        return [
            (
                rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in)).astype(np.float32),
                np.zeros(n_out, np.float32),
            )
            for n_out, n_in in self.spec.weight_shapes
        ]

    def batches(self) -> Iterator[npt.NDArray[np.int64]]:
        """Indices of one batch after the other, shuffled anew in each epoch."""
        rng = np.random.default_rng(0)
        n = len(self.dataset.train)
        while True:
            order = rng.permutation(n)
            for start in range(0, n - self.batch_size + 1, self.batch_size):
                yield order[start : start + self.batch_size]
