"""Which rows of a table are for training, validation and testing."""

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from core.arrays import IntArray, RowNumbers
from core.data.table.preparation import listed
from core.data.table.target import check_named
from core.experiment.model import DataSettings
from core.values.errors import DataError
from core.values.words import tr

if TYPE_CHECKING:
    import polars as pl

TRAIN_FRACTION: Final = 0.8
_PARTS: Final = {
    "train": 0,
    "training": 0,
    "validation": 1,
    "valid": 1,
    "val": 1,
    "dev": 1,
    "test": 2,
    "testing": 2,
}


class Parts(NamedTuple):
    """Row numbers; those for training are shuffled where the split is by a seed."""

    train: RowNumbers
    validation: RowNumbers
    test: RowNumbers


def parts_of(
    frame: "pl.DataFrame",
    labels: IntArray | None,
    settings: DataSettings,
    lines: RowNumbers,
) -> Parts:
    """Part the rows by the column that says so, or by share and seed.

    Args:
        frame: the table.
        labels: the class of each row, so that each part has its share of each; None
            where the targets are numbers.
        settings: how.
        lines: number of each row's line in the file.

    Raises:
        DataError: nothing would be left for training or for testing.
    """
    if settings.split_by:
        parts = _by_column(frame, settings.split_by, lines)
    else:
        parts = by_share(frame.height, labels, settings)
    if not len(parts.train) or not len(parts.test):
        part = "training" if not len(parts.train) else "testing"
        remedy = (
            tr("name some in the column {split_by!r}", split_by=settings.split_by)
            if settings.split_by
            else tr("add rows, or change data.train_fraction")
        )
        msg = tr(
            "no row of {height:,} is left for {part}; {remedy}",
            height=frame.height,
            part=part,
            remedy=remedy,
        )
        raise DataError(msg)
    return parts


def names_parts(series: "pl.Series") -> bool:
    """Whether a column says for each row which part it belongs to."""
    import polars as pl

    if series.dtype != pl.String or series.null_count():
        return False
    words = series.unique().str.strip_chars().str.to_lowercase().unique()
    return len(words) > 1 and bool(words.is_in(list(_PARTS)).all())


def _by_column(frame: "pl.DataFrame", name: str, lines: RowNumbers) -> Parts:
    import polars as pl

    check_named(frame, "data.split_by", name)
    words = frame[name].cast(pl.String).str.strip_chars().str.to_lowercase()
    codes = words.replace_strict(_PARTS, default=-1, return_dtype=pl.Int32)
    codes = codes.fill_null(-1)
    if (codes < 0).any():
        row = int((codes < 0).arg_true()[0])
        msg = tr(
            "line {lines}, column {name!r}: {frame!r} names no part; expected {listed}",
            lines=lines[row],
            name=name,
            frame=frame[name][row],
            listed=listed(["train", "validation", "test"]),
        )
        raise DataError(msg)
    found = codes.to_numpy()
    return Parts(*(np.flatnonzero(found == part) for part in range(3)))


def by_share(n: int, labels: IntArray | None, settings: DataSettings) -> Parts:
    """Shuffled by the seed, with its share of each class in each part."""
    share = settings.train_fraction
    share = TRAIN_FRACTION if share is None else share
    order = np.random.default_rng(settings.seed).permutation(n)
    nothing = np.empty(0, np.intp)
    if share == 1:
        return Parts(order, nothing, order)
    if labels is None:
        n_train = round(share * n)
        return Parts(order[:n_train], nothing, np.sort(order[n_train:]))
    is_trained = np.zeros(n, np.bool_)
    for label in np.unique(labels):
        rows = order[labels[order] == label]
        # A class with one row is learned: what is not learned cannot be tested.
        is_trained[rows[: max(1, round(share * len(rows)))]] = True
    return Parts(order[is_trained[order]], nothing, np.flatnonzero(~is_trained))
