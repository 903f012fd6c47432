"""Outputs and targets as text: numbers of a file in its units, the same everywhere."""

import numpy as np

from core.arrays import FloatArray
from core.data.dataset import Dataset
from core.data.fit import Fit, own_figure
from core.values.words import tr
from gui.style.number_format import FIGURE_SPACE, as_printed, fixed, plain
from gui.widgets.probability_bars import figure


def own_number(value: float) -> str:
    """A number of the file."""
    return as_printed(own_figure(value))


def own_value(dataset: Dataset, unit: int, value: float) -> str:
    """An output or a target of one unit of the output layer, in the file's units."""
    row = dataset.in_own_units(_row(dataset, unit, value))
    return own_number(float(row[unit]))


def output_figure(dataset: Dataset, activation: str, unit: int, value: float) -> str:
    """The number beside the bar of an output."""
    if dataset.has_own_units:
        return own_value(dataset, unit, value)
    return figure(activation, value)


def target_figure(dataset: Dataset, unit: int, value: float) -> str:
    """The number beside the name of an output that has a target."""
    if dataset.has_own_units:
        return own_value(dataset, unit, value)
    return fixed(value, 2).strip(FIGURE_SPACE)


def fit_parts(fit: Fit) -> tuple[str, str]:
    """R² and the root mean squared error; empty where there is none.

    With several targets R² is the mean, and `fit_by_target` has the rest.
    """
    r2 = "" if fit.r2 is None else plain(fit.r2)
    return r2, "" if fit.rmse is None else own_number(fit.rmse)


def fit_by_target(fit: Fit) -> list[str]:
    """A line for each of several targets; none for one."""
    return [
        tr(
            "{name}: {r2}root mean square error {error}",
            name=target.name,
            r2="" if target.r2 is None else f"R² {plain(target.r2)}, ",
            error=own_number(target.rmse),
        )
        for target in fit.each
    ]


def _row(dataset: Dataset, unit: int, value: float) -> FloatArray:
    row = np.zeros(dataset.n_outputs, np.float32)
    row[unit] = value
    return row
