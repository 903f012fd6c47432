"""`glassbox predict` for tables: a prediction for each row."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from core.arrays import FloatArray, RealArray
from core.data.table.source import read_frame
from core.files.weights import WeightsFile
from core.values.errors import DataError, FileError


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
    try:
        frame, _form, line = read_frame(path)
    except DataError as error:
        raise FileError(str(error)) from None
    try:
        inputs = preparation.inputs(frame, line)
    except DataError as error:
        msg = f"{path}: {error}"
        raise FileError(msg) from None
    for row in range(frame.height):
        yield Row(f"{path}:{line + row}", inputs[row])


def in_own_units(weights: WeightsFile, outputs: FloatArray) -> RealArray:
    """Outputs that are numbers in the units of the table; others as they are."""
    preparation = weights.preparation
    if preparation is None or preparation.class_names:
        return outputs
    return preparation.in_own_units(outputs)
