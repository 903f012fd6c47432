"""`glassbox predict` for NumPy arrays: a prediction for each row, as for tables."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from core.arrays import FloatArray
from core.cli.table_input import Row, scaled
from core.data.array_data import as_given, numbers_in_rows, role_of
from core.data.finite_arrays import check_finite
from core.data.npy_arrays import read_arrays
from core.data.table.preparation import listed
from core.files.weights import WeightsFile
from core.values.counts import counted
from core.values.errors import DataError, FileError
from core.values.words import tr

ARRAY_ENDINGS: Final = (".npz", ".npy")


def rows_of_arrays(weights: WeightsFile, path: Path) -> tuple[Iterator[Row], str]:
    """All rows of the inputs in a .npz or .npy file, prepared as in training.

    Returns:
        The rows, and a note on how their numbers were scaled; empty where they were
        taken as they are, or as the columns of a table are.

    Raises:
        FileError: it cannot be read, or holds something else.
    """
    rows, places, notes = [], [], []
    try:
        for name, array in _inputs(read_arrays(path)).items():
            check_finite(name or tr("the array"), array)
            numbers, note = _received(weights, array)
            rows.append(numbers)
            places += [f"{path}:{name}[{row}]" for row in range(len(numbers))]
            notes.append(note)
    except DataError as error:
        said = str(error)
        msg = said if said.startswith(f"{path}: ") else f"{path}: {said}"
        raise FileError(msg) from None
    return map(Row, places, np.concatenate(rows)), notes[0]


def _inputs(arrays: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    """The arrays that are inputs by their names; one alone is, whatever its name.

    Raises:
        DataError: none is.
    """
    roles = {name: role_of(name) for name in arrays}
    found = {
        name: array
        for name, array in arrays.items()
        if (role := roles[name]) is not None and not role.is_answer
    }
    if not found and len(arrays) == 1:
        found = dict(arrays)
    if not found:
        msg = tr(
            "holds {names}, and no inputs; they are expected as x, with a row for each "
            "example",
            names=listed(list(arrays)) or tr("nothing"),
        )
        raise DataError(msg)
    return found


def _received(weights: WeightsFile, array: npt.NDArray[Any]) -> tuple[FloatArray, str]:
    """(n, n_inputs) numbers as the network receives them, and what was done.

    Raises:
        DataError: they are no numbers, or not as many as the network takes.
    """
    if not array.ndim or not len(array):
        msg = tr("the inputs are {shape}; expected a row for each", shape=array.shape)
        raise DataError(msg)
    numbers = numbers_in_rows(array)
    preparation = weights.preparation
    if preparation is not None and preparation.columns:
        return as_given(array, preparation.columns), ""
    n_inputs = weights.spec.n_inputs
    if numbers.shape[1] != n_inputs:
        msg = tr(
            "the inputs are {shape}, a row of {values}; the network {spec} takes "
            "{n_inputs:,}",
            shape=array.shape,
            values=counted(numbers.shape[1], "value"),
            spec=weights.spec,
            n_inputs=n_inputs,
        )
        raise DataError(msg)
    return scaled(weights, numbers.astype(np.float64))
