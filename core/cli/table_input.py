"""`glassbox predict` for tables: a prediction for each row."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from core.arrays import DoubleArray, FloatArray, RealArray
from core.cli.output import write_note
from core.data.scaling import BYTES, PLAIN
from core.data.table.filled import filled_remark
from core.data.table.given import given_columns, unknown_words
from core.data.table.preparation import Preparation
from core.data.table.source import read_frame
from core.files.weights import WeightsFile
from core.values.counts import counted
from core.values.errors import DataError, FileError
from core.values.words import tr

if TYPE_CHECKING:
    import polars as pl


class Row(NamedTuple):
    """A row of a table: its file and line, and what the network receives."""

    place: str
    inputs: FloatArray


def rows_of(weights: WeightsFile, path: Path) -> Iterator[Row]:
    """All rows of a table, prepared as in training.

    Raises:
        FileError: the table cannot be read, or lacks a column.
    """
    preparation = weights.preparation
    assert preparation is not None
    frame, line = _frame(path, preparation)
    try:
        lines = np.arange(line, line + frame.height)
        inputs = preparation.inputs(frame, lines)
        columns = given_columns(preparation, frame, (), lines)
    except DataError as error:
        msg = f"{path}: {error}"
        raise FileError(msg) from None
    for note in (*filled_remark(columns), *unknown_words(preparation, frame)):
        write_note(f"{path}: {note}")
    for row in range(frame.height):
        yield Row(f"{path}:{line + row}", inputs[row])


def rows_of_numbers(weights: WeightsFile, path: Path) -> tuple[Iterator[Row], str]:
    """All rows of a table of numbers, one for each input in its order.

    Returns:
        The rows, scaled as the network was trained on, and a note on that; empty where
        they are taken as they are.

    Raises:
        FileError: the table cannot be read, or holds something else.
    """
    frame, line = _frame(path)
    n_inputs = weights.spec.n_inputs
    if frame.width != n_inputs:
        msg = tr(
            "{path}: has {columns}, the network {spec} takes {values}, each in a "
            "column of its own",
            path=path,
            columns=counted(frame.width, "column"),
            spec=weights.spec,
            values=counted(n_inputs, "value"),
        )
        raise FileError(msg)
    for series in frame:
        _check_numbers(path, series, line)
    numbers = frame.to_numpy().astype(np.float64)
    inputs, note = scaled(weights, numbers)
    places = (f"{path}:{line + row}" for row in range(frame.height))
    return map(Row, places, inputs), note


def _check_numbers(path: Path, series: "pl.Series", line: int) -> None:
    """Refuse a column with a row that lacks a number.

    Raises:
        FileError: names the first such row; line is that of the first row.
    """
    if not series.dtype.is_numeric():
        msg = tr(
            "{path}: column {name!r} does not hold a number in each row",
            path=path,
            name=series.name,
        )
        raise FileError(msg)
    if series.null_count():
        msg = tr(
            "{path}: line {line}, column {name!r}: there is no finite number",
            path=path,
            line=line + int(series.is_null().arg_true()[0]),
            name=series.name,
        )
        raise FileError(msg)


def scaled(weights: WeightsFile, numbers: DoubleArray) -> tuple[FloatArray, str]:
    """(n, n_inputs) numbers as the network receives them, and what was done."""
    scaling = weights.scaling
    if scaling is None or scaling == PLAIN:
        return numbers.astype(np.float32), ""
    if scaling != BYTES:
        return scaling.of(numbers), tr("the numbers are scaled as in training")
    if numbers.min() >= 0 and numbers.max() <= 1:
        # Nobody writes an image in two of 256 grey levels, and many scale it before.
        said = tr(
            "all numbers are at most 1: they are taken to be divided by 255 already"
        )
        return numbers.astype(np.float32), said
    return scaling.of(numbers), tr("the numbers are divided by 255, as in training")


def _frame(path: Path, given: Preparation | None = None) -> tuple["pl.DataFrame", int]:
    """The table, and the line of its first row.

    Raises:
        FileError: it cannot be read.
    """
    try:
        read = read_frame(path, given)
    except DataError as error:
        raise FileError(str(error)) from None
    if read.said:
        write_note(f"{path}: {read.said}")
    return read.frame, read.first_line


def in_own_units(weights: WeightsFile, outputs: FloatArray) -> RealArray:
    """Outputs that are numbers in the units of the table; others as they are."""
    preparation = weights.preparation
    if preparation is None or preparation.class_names:
        return outputs
    return preparation.in_own_units(outputs)
