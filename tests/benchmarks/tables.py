"""Tables by default settings against scikit-learn's MLP on the same splits.

Run as `python -m tests.benchmarks.tables [--json FILE] [--splits N] [--only NAME]`.
Each table that scikit-learn ships is written as CSV and trained as `glassbox train
--data` does, with data.seed 0, 1, 2, … for as many splits. scikit-learn's network has
the same layer and the same rate, and gets the same standardised rows. Both train to
convergence by scikit-learn's rule: ten epochs without a loss that is lower by 1e-4,
and Glassbox for its default number of steps at least.
"""

import argparse
import json
import math
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import jax
import numpy as np

from core.cli.train import STEPS_OF_TABLE
from core.cli.training_loop import TrainingLoop
from core.data.dataset import Dataset
from core.data.file import understand, usual_experiment
from core.data.fit import fit_of
from core.data.load import load_dataset
from core.experiment.model import Experiment
from core.training.evaluate import evaluate
from core.training.run import TrainingRun
from core.training.step import Examples
from tests.benchmarks.report import machine

SPLITS = 10
MOST_EPOCHS = 2000
PATIENCE = 10
TOLERANCE = 1e-4


class Scores(NamedTuple):
    """Shares of right answers, or R²: one for each split."""

    ours: list[float]
    theirs: list[float]

    @property
    def difference(self) -> float:
        """Ours less theirs, in points."""
        return 100 * (float(np.mean(self.ours)) - float(np.mean(self.theirs)))


def tables() -> Mapping[str, tuple[np.ndarray, np.ndarray]]:
    """Inputs and targets of every table, with names for classes."""
    from sklearn import datasets

    found = {}
    for name in ("iris", "wine", "breast_cancer", "digits"):
        bunch = getattr(datasets, f"load_{name}")()
        found[name] = bunch.data, np.array([f"class {k}" for k in bunch.target])
    diabetes = datasets.load_diabetes(scaled=False)
    found["diabetes"] = diabetes.data, diabetes.target
    found["friedman"] = datasets.make_friedman1(2000, noise=1.0, random_state=0)
    return found


def written(folder: Path, name: str, x: np.ndarray, y: np.ndarray) -> Path:
    """The table as CSV."""
    path = folder / f"{name}.csv"
    lines = [",".join([*(f"x{k}" for k in range(x.shape[1])), "target"])]
    for row, target in zip(x, y, strict=True):
        lines.append(",".join([*map(repr, row.tolist()), str(target)]))
    path.write_text("\n".join(lines) + "\n")
    return path


def of_split(path: Path, seed: int) -> tuple[Experiment, Dataset]:
    """As `glassbox train --data` understands it."""
    begun = usual_experiment(path).with_values(
        {"data.seed": seed, "training.seed": seed}
    )
    experiment = understand(begun).experiment
    return experiment, load_dataset(experiment.data)


def ours(experiment: Experiment, dataset: Dataset) -> float:
    """The score on the test rows, by default settings to convergence."""
    run = TrainingRun(experiment, dataset, jax.devices("cpu")[0])
    losses: list[tuple[int, float]] = []
    loop = TrainingLoop(run, lambda count, loss, _: losses.append((count, loss)))
    best, waited = math.inf, 0
    for _ in range(MOST_EPOCHS):
        losses.clear()
        loop.take(run.step + run.steps_per_epoch)
        counts, means = zip(*losses, strict=True)
        mean = float(np.average(means, weights=counts))
        waited = waited + 1 if mean > best - TOLERANCE else 0
        best = min(best, mean)
        if waited >= PATIENCE and run.step >= STEPS_OF_TABLE:
            break
    test = Examples(*jax.device_put((dataset.test.inputs, dataset.test.answers)))
    reading = evaluate(run.program, run.params, test)
    fit = fit_of(dataset, reading.outputs)
    score = reading.accuracy if fit.r2 is None else fit.r2
    assert score is not None
    return score


def theirs(experiment: Experiment, dataset: Dataset) -> float:
    """scikit-learn's, to its own convergence."""
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    training = experiment.training
    settings = {
        "hidden_layer_sizes": experiment.network.hidden,
        "learning_rate_init": training.learning_rate,
        "batch_size": min(training.batch_size, len(dataset.train)),
        "max_iter": MOST_EPOCHS,
        "n_iter_no_change": PATIENCE,
        "tol": TOLERANCE,
        "random_state": training.seed,
    }
    train, test = dataset.train, dataset.test
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if dataset.has_classes:
            model = MLPClassifier(**settings).fit(train.inputs, train.labels)
            return float(model.score(test.inputs, test.labels))
        model = MLPRegressor(**settings).fit(train.inputs, train.targets[:, 0])
        return float(model.score(test.inputs, test.targets[:, 0]))


def measure(path: Path, splits: int) -> Scores:
    """Both on each split."""
    scores = Scores([], [])
    for seed in range(splits):
        experiment, dataset = of_split(path, seed)
        scores.ours.append(ours(experiment, dataset))
        scores.theirs.append(theirs(experiment, dataset))
    return scores


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--splits", type=int, default=SPLITS)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    report: dict[str, object] = {"machine": machine(), "splits": args.splits}
    print(f"{'table':<16}{'Glassbox':>10}{'scikit-learn':>14}{'points':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for name, (x, y) in tables().items():
            if args.only not in name:
                continue
            scores = measure(written(Path(folder), name, x, y), args.splits)
            means = [100 * float(np.mean(values)) for values in scores]
            print(
                f"{name:<16}{means[0]:>10.2f}{means[1]:>14.2f}"
                f"{scores.difference:>+8.2f}",
                flush=True,
            )
            report[name] = scores._asdict()
    if args.json is not None:
        args.json.write_text(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
