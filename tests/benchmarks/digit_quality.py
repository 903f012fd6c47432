"""How well a network trained on the bundled digits alone reads real handwriting.

Run as `python -m tests.benchmarks.digit_quality [--json FILE]`. A 784-128-10 network
(ReLU, Adam) learns the bundled digits and reads their test images, and the real MNIST
test images where GLASSBOX_DATA or ../shared holds them.
"""

import argparse
import json
import time
from pathlib import Path

import jax
import numpy as np

from core.arrays import FloatArray, HostParams
from core.data.dataset import Dataset
from core.data.digits import load_digits
from core.data.mnist_family import load_mnist_family
from core.experiment.model import Experiment
from core.network.numpy.forward import activate
from core.training.run import TrainingRun, to_numpy
from core.values.errors import DataError

EPOCHS = 12
DECAY_AFTER = 8
SHARED = Path(__file__).resolve().parents[3] / "shared" / "mnist"

SETTINGS = {
    "network.hidden": [128],
    "network.activation": "relu",
    "training.optimizer": "adam",
    "training.learning_rate": 1e-3,
    "training.batch_size": 100,
}


def real_digits() -> Dataset | None:
    """MNIST, if it is on this machine."""
    try:
        return load_mnist_family("mnist", data_folders=[SHARED])
    except DataError as error:
        print(f"Real MNIST is not measured: {error}")
        return None


def train(experiment: Experiment, digits: Dataset) -> HostParams:
    """Train for EPOCHS, the last ones at a tenth of the learning rate."""
    run = TrainingRun(experiment, digits, jax.devices("cpu")[0])
    slower = experiment.with_values({"training.learning_rate": 1e-4})
    for epoch in range(EPOCHS):
        if epoch == DECAY_AFTER:
            run.change_training(slower.training)
        end = run.step + run.steps_per_epoch
        while run.step < end:
            run.advance(end - run.step)
    return to_numpy(run.params)


def predict(params: HostParams, inputs: FloatArray) -> np.ndarray:
    """Classes of (n, 784) inputs."""
    (w1, b1), (w2, b2) = params
    hidden = activate("relu", inputs @ w1.T + b1)
    return np.argmax(hidden @ w2.T + b2, axis=1)


def accuracies(params: HostParams, dataset: Dataset) -> tuple[float, list[float]]:
    """On the whole test set, and for each class."""
    inputs = dataset.test.network_inputs(np.arange(len(dataset.test)))
    right = predict(params, inputs) == dataset.test.labels
    per_class = [float(right[dataset.test.labels == k].mean()) for k in range(10)]
    return float(right.mean()), per_class


def measure(seeds: int) -> list[dict[str, object]]:
    start = time.perf_counter()
    digits = load_digits()
    print(f"Bundled digits ready after {time.perf_counter() - start:.1f} s")
    real = real_digits()
    rows: list[dict[str, object]] = []
    for seed in range(seeds):
        experiment = Experiment().with_values({**SETTINGS, "training.seed": seed})
        params = train(experiment, digits)
        own, _ = accuracies(params, digits)
        row: dict[str, object] = {"seed": seed, "own_test_accuracy": own}
        line = f"seed {seed}: own test {100 * own:.2f} %"
        if real is not None:
            accuracy, per_class = accuracies(params, real)
            row |= {"mnist_test_accuracy": accuracy, "mnist_per_digit": per_class}
            line += f", real MNIST test {100 * accuracy:.2f} %"
        print(line, flush=True)
        rows.append(row)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--seeds", type=int, default=3)
    arguments = parser.parse_args()
    rows = measure(arguments.seeds)
    for key in ("own_test_accuracy", "mnist_test_accuracy"):
        values = [row[key] for row in rows if key in row]
        if values:
            print(f"{key}: mean {100 * float(np.mean(values)):.2f} %")
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
