"""Outputs and targets as text: numbers of a file in its units, the same everywhere."""

from datetime import date, timedelta
from typing import Final

import numpy as np

from core.arrays import FloatArray
from core.data.dataset import Dataset
from core.data.fit import Fit, own_figure
from core.data.table.preparation import Column, NumberColumn
from core.values.words import tr
from gui.style.number_format import FIGURE_SPACE, as_printed, fixed, plain
from gui.widgets.probability_bars import figure

MOST_INPUTS: Final = 12
"""In a tip."""
_EPOCH: Final = date(1970, 1, 1)


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


def own_input(dataset: Dataset, unit: int, value: float) -> str:
    """An input as the file has it: a number in its units, a date, 1 or 0 for a word.

    As the network receives it where the file has no columns.
    """
    preparation = dataset.preparation
    if preparation is None or not preparation.columns:
        return fixed(value, 3)
    return _own(preparation.input_columns[unit], value)


def own_inputs(dataset: Dataset, values: FloatArray) -> tuple[str, ...]:
    """(n_inputs,) inputs of an example as the file has them."""
    preparation = dataset.preparation
    if preparation is None or not preparation.columns:
        return tuple(fixed(float(x), 3) for x in values)
    columns = preparation.input_columns
    return tuple(_own(c, float(x)) for c, x in zip(columns, values, strict=True))


def _own(column: Column, value: float) -> str:
    if not isinstance(column, NumberColumn):
        return own_number(value)
    own = value * column.deviation + column.mean
    return _day(own) if column.is_date else own_number(own)


def received_inputs(dataset: Dataset, values: FloatArray) -> str:
    """A line for a tip: the inputs as the network receives them; empty if the same."""
    if not dataset.has_own_inputs:
        return ""
    shown = [plain(float(value), 3) for value in values[:MOST_INPUTS]]
    if len(values) > MOST_INPUTS:
        shown.append("\N{HORIZONTAL ELLIPSIS}")
    return tr("the network receives them scaled: {values}", values=", ".join(shown))


def _day(days: float) -> str:
    """Days since 1970 as a date, float32's digits being less than a day."""
    try:
        return str(_EPOCH + timedelta(days=round(days)))
    except OverflowError:  # no input of the file, but one that a user has held
        return own_number(days)


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
