"""How well numbers are predicted, in their own units."""

from typing import Final, NamedTuple

import numpy as np

from core.arrays import FloatArray
from core.data.dataset import Dataset
from core.values.words import tr

FIGURES: Final = 4
_LONGEST: Final = 1e12
"""Significant digits of a number in its own units."""


class Fit(NamedTuple):
    """How well the test targets are predicted; with several, the mean over them.

    Attributes:
        r2: 1 minus the squared errors by those of the mean of the test targets; None
            where all of these are equal, and without numbers.
        rmse: root of the mean squared error, in the units of the file.
    """

    r2: float | None
    rmse: float | None


def fit_of(dataset: Dataset, outputs: FloatArray | None) -> Fit:
    """The fit of the outputs for all test examples; without numbers there is none."""
    targets = dataset.test.targets
    if targets is None or outputs is None or not np.isfinite(outputs).all():
        return Fit(None, None)
    true, said = dataset.in_own_units(targets), dataset.in_own_units(outputs)
    squares = np.mean((true - said) ** 2, axis=0)
    variances = true.var(axis=0)
    rmse = float(np.mean(np.sqrt(squares)))
    if (variances == 0).any():
        return Fit(None, rmse)
    return Fit(float(np.mean(1 - squares / variances)), rmse)


def own_figure(value: float) -> str:
    """A number in the units of a table: "12.35", "188,800"."""
    text = f"{value:.{FIGURES}g}"
    is_long = 10**FIGURES <= abs(value) < _LONGEST
    return f"{float(text):,.0f}" if is_long else text


def fit_text(fit: Fit, of: str = "") -> str:
    """R² and the error in words; empty where there is none.

    Args:
        fit: what is told.
        of: which examples it is of.
    """
    if fit.rmse is None:
        return ""
    name = f"{of} R²".strip()
    share = "" if fit.r2 is None else f"{name} {fit.r2:.4f}, "
    return tr(
        "{share}root mean squared error {rmse}",
        share=share,
        rmse=own_figure(fit.rmse),
    )
