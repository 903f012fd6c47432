"""scikit-learn's MLPClassifier, many batches to a call of partial_fit."""

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from tests.benchmarks.engines.problem import Problem, Take


def make(problem: Problem) -> Take:
    network = MLPClassifier(
        problem.hidden,
        solver=problem.optimizer,
        alpha=0,
        batch_size=problem.batch_size,
        learning_rate_init=problem.learning_rate,
        momentum=0,
        nesterovs_momentum=False,
    )
    classes = np.arange(problem.dataset.n_classes)
    batches = problem.batches()

    def take(steps: int) -> None:
        chosen = np.concatenate([next(batches) for _ in range(steps)])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            network.partial_fit(
                problem.inputs[chosen], problem.labels[chosen], classes=classes
            )

    return take
