"""How well numbers are predicted, in their own units."""

import math
from typing import NamedTuple

import numpy as np

from core.data.dataset import Dataset
from core.training.evaluate import Reading


class Fit(NamedTuple):
    """How well the test targets are predicted; with several, the mean over them.

    Attributes:
        r2: 1 minus the squared errors by those of the mean of the test targets; None
            where all of these are equal, and without numbers.
        rmse: root of the mean squared error, in the units of the file.
    """

    r2: float | None
    rmse: float | None


def fit_of_test(dataset: Dataset, reading: Reading) -> Fit:
    """The fit of a reading of the whole test data; without numbers there is none."""
    targets, outputs = dataset.test.targets, reading.outputs
    if targets is None or outputs is None or not math.isfinite(reading.loss):
        return Fit(None, None)
    preparation = dataset.preparation
    if preparation is None:
        true, said = (np.asarray(values, np.float64) for values in (targets, outputs))
    else:
        true, said = (preparation.in_own_units(v) for v in (targets, outputs))
    squares = np.mean((true - said) ** 2, axis=0)
    variances = true.var(axis=0)
    rmse = float(np.mean(np.sqrt(squares)))
    if (variances == 0).any():
        return Fit(None, rmse)
    return Fit(float(np.mean(1 - squares / variances)), rmse)
