"""Outputs and targets as text: numbers of a file in its units, the same everywhere."""

import math
from datetime import date, timedelta
from typing import Final

import numpy as np

from core.arrays import FloatArray
from core.data.dataset import Dataset
from core.data.fit import Fit, own_figure
from core.data.table.preparation import Column, NumberColumn
from core.values.words import tr
from gui.style.number_format import FIGURE_SPACE, as_printed, fixed, general, plain
from gui.widgets.probability_bars import figure

MOST_INPUTS: Final = 12
"""In a tip."""
_EPOCH: Final = date(1970, 1, 1)
_MOST_NAMED: Final = 4
_FIGURES: Final = 7
"""Significant digits that a float32 has for certain."""
_SHARE: Final = 1e-4
"""Of a target's deviation: what an output says no more of is left out."""
_COMMAS_FROM: Final = 1e4
_PLAIN: Final = (1e-6, 1e15)
"""Sizes that are written without a power of ten."""


def own_number(value: float) -> str:
    """A summary in the units of the file, such as an error over all examples."""
    return as_printed(own_figure(value))


def own_target(dataset: Dataset, unit: int, value: float) -> str:
    """A target of one unit of the output layer, as it stands in the file.

    The network has it as a float32 in standard units: of the numbers that would come
    to that one, it is the one with the fewest digits, up to some seven of them.
    """
    own, deviation = _in_file(dataset, unit, value)
    return _as_written(own, value, deviation)


def own_output(dataset: Dataset, unit: int, value: float) -> str:
    """An output of one unit of the output layer, in the file's units."""
    own, deviation = _in_file(dataset, unit, value)
    return _resolved(own, deviation)


def own_outputs(
    dataset: Dataset, values: FloatArray, *, are_targets: bool
) -> list[str]:
    """The first outputs, or targets, of an example."""
    text = own_target if are_targets else own_output
    return [text(dataset, unit, float(value)) for unit, value in enumerate(values)]


def own_error(dataset: Dataset, error: float) -> str:
    """The error of one example, with the digits of its outputs."""
    assert dataset.preparation is not None
    return _resolved(error, float(np.min(dataset.preparation.target_units[1])))


def output_figure(dataset: Dataset, activation: str, unit: int, value: float) -> str:
    """The number beside the bar of an output."""
    if dataset.has_own_units:
        return own_output(dataset, unit, value)
    return figure(activation, value)


def target_figure(dataset: Dataset, unit: int, value: float) -> str:
    """The number beside the name of an output that has a target."""
    if dataset.has_own_units:
        return own_target(dataset, unit, value)
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
    return _day(own) if column.is_date else _as_written(own, value, column.deviation)


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


def standard_units_text(dataset: Dataset) -> str:
    """In which units the cost is; empty where they are those of the file."""
    if not dataset.has_own_units or dataset.preparation is None:
        return ""
    means, deviations = dataset.preparation.target_units
    told = [
        tr(
            "{name} minus {mean}, divided by {deviation}",
            name=name,
            mean=as_printed(f"{mean:,.8g}"),
            deviation=as_printed(f"{deviation:,.8g}"),
        )
        for name, mean, deviation in zip(
            dataset.output_names, means, deviations, strict=True
        )
    ][:_MOST_NAMED]
    more = "\N{HORIZONTAL ELLIPSIS}" if len(means) > _MOST_NAMED else ""
    return tr(
        "The cost is of standardised numbers, targets and outputs alike (mean and "
        "deviation of the training targets): {told}{more}.",
        told="; ".join(told),
        more=more,
    )


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


def _in_file(dataset: Dataset, unit: int, value: float) -> tuple[float, float]:
    """A number in the file's units, and the deviation of its column."""
    assert dataset.preparation is not None
    means, deviations = dataset.preparation.target_units
    deviation = float(deviations[unit])
    return value * deviation + float(means[unit]), deviation


def _as_written(own: float, value: float, deviation: float) -> str:
    """A number that a file holds, of which the network has a float32.

    Args:
        own: in the units of the file.
        value: in standard units.
        deviation: of its column.
    """
    if not math.isfinite(own):
        return plain(own)
    near = 0.501 * deviation * float(np.spacing(np.float32(max(abs(value), 1e-3))))
    for digits in range(-15, 16):
        rounded = round(own, digits)
        if abs(rounded - own) <= near:
            return _plain(rounded, max(0, digits))
    return _plain(own, 15)


def _resolved(value: float, deviation: float) -> str:
    """With decimals down to a small share of the deviation, as far as there are any."""
    if not math.isfinite(value):
        return plain(value)
    size = max(abs(value), deviation)
    if not deviation > 0:
        return own_number(value)
    wanted = -math.floor(math.log10(deviation * _SHARE))
    held = _FIGURES - 1 - math.floor(math.log10(size))
    digits = min(max(0, wanted), held)
    return _plain(round(value, digits), max(0, digits))


def _plain(value: float, digits: int) -> str:
    least, most = _PLAIN
    if value != 0 and not least <= abs(value) < most:
        return general(value, _FIGURES)
    # A year, say, stands without a comma, in the file too.
    apart = "," if abs(value) >= _COMMAS_FROM else ""
    return as_printed(f"{value:{apart}.{digits}f}")
