"""Small training runs on made-up data, for tests that need one."""

import jax
import numpy as np

from core.data.dataset import Dataset, Split
from core.experiment.model import Experiment, NetworkSettings, TrainingSettings
from core.training.run import TrainingRun
from core.training.step import train_chunk


def small_dataset(n_train: int = 103, n_inputs: int = 6) -> Dataset:
    """Grey levels whose class is the brighter half; 103 is no multiple of a batch."""
    rng = np.random.default_rng(0)
    splits = []
    for n in (n_train, 40):
        inputs = rng.integers(0, 256, (n, n_inputs)).astype(np.uint8)
        halves = inputs.reshape(n, 2, -1).astype(int).sum(axis=2)
        splits.append(Split(inputs, np.argmax(halves, axis=1).astype(np.int32)))
    return Dataset("small", splits[0], splits[1], ("left", "right"))


def small_run(
    dataset: Dataset | None = None, *, output: str = "softmax", **training: object
) -> TrainingRun:
    experiment = Experiment(
        network=NetworkSettings(hidden=(5, 4), activation="tanh", output=output),
        training=TrainingSettings(**{"batch_size": 10, **training}),  # type: ignore[arg-type]
    )
    return TrainingRun(experiment, dataset or small_dataset(), jax.devices("cpu")[0])


def compilations() -> int:
    """Training programs compiled so far."""
    return train_chunk._cache_size()
