"""A table as a network takes it that was trained on another one.

Its means, deviations, categories and classes are those of the table that it was
trained on: with those of this one it would be fed with other numbers, and its answers
would be taken for other classes.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from core.arrays import RowNumbers
from core.data.table.columns import BoolArray, ReadColumn
from core.data.table.preparation import (
    Column,
    NumberColumn,
    Preparation,
    TargetColumn,
    WordColumn,
    codes_of,
    listed,
    loads,
    numbers_of_column,
    words_of,
)
from core.experiment.model import DataSettings
from core.values.errors import DataError
from core.values.words import plural, tr

if TYPE_CHECKING:
    import polars as pl

GIVEN: Final = tr(
    "means, deviations, categories and classes are those that the network was trained "
    "with, and not those of these rows"
)
UNUSED: Final = tr("the network does not take it")


def given_preparation(settings: DataSettings) -> Preparation | None:
    """The preparation that a network brings; None where the rows decide.

    Raises:
        DataError: it is damaged.
    """
    if not settings.preparation:
        return None
    try:
        return loads(settings.preparation)
    except ValueError as error:
        msg = tr("data.preparation: {error}", error=error)
        raise DataError(msg) from None


def with_columns_at_hand(
    settings: DataSettings, frame: "pl.DataFrame"
) -> tuple[DataSettings, tuple[str, ...]]:
    """The settings without what they say of columns that this table does not have."""
    name = settings.split_by
    if not name or name in frame.columns:
        return settings, ()
    remark = tr("there is no column {name!r}: rows are parted by share", name=name)
    return replace(settings, split_by=""), (remark,)


def of_known_classes(
    series: "pl.Series", usable: BoolArray, class_names: Sequence[str]
) -> tuple[BoolArray, tuple[str, ...]]:
    """Which rows are of a class that the network has, and what is to be said.

    Args:
        series: the target of each row.
        usable: which rows have one.
        class_names: those of the network.

    Raises:
        DataError: no row is.
    """
    is_known: BoolArray = codes_of(series, class_names) >= 0
    unknown = usable & ~is_known
    if not unknown.any():
        return is_known, ()
    words = listed(words_of(series.filter(unknown)).unique().sort().to_list())
    if not (usable & is_known).any():
        msg = tr(
            "column {name!r} has no class that the network knows: it has {words}, the "
            "network {class_names}",
            name=series.name,
            words=words,
            class_names=listed(class_names),
        )
        raise DataError(msg)
    count = int(unknown.sum())
    remark = plural(
        count,
        "1 row is of a class that the network does not have, and cannot be used: "
        "{words}",
        "{n:,} rows are of classes that the network does not have, and cannot be "
        "used: {words}",
        n=count,
        words=words,
    )
    return is_known, (remark,)


def given_columns(
    given: Preparation,
    frame: "pl.DataFrame",
    names: Sequence[str],
    lines: RowNumbers | None = None,
) -> list[ReadColumn]:
    """The inputs in the order of the network, and the columns that it does not take.

    Args:
        given: what the network brings.
        frame: the rows.
        names: columns that are no targets.
        lines: number of each row's line in the file, for the error.

    Raises:
        DataError: a column is missing, or a value is not a number.
    """
    given.check_names(frame)
    taken = {column.name for column in given.columns}
    return [
        *(
            ReadColumn(
                column.name, column, "", _missing(frame[column.name], column, lines)
            )
            for column in given.columns
        ),
        *(ReadColumn(name, None, UNUSED) for name in names if name not in taken),
    ]


def unknown_words(given: Preparation, frame: "pl.DataFrame") -> tuple[str, ...]:
    """What is to be said of words that the network has no input for."""
    remarks = []
    for column in given.columns:
        if not isinstance(column, WordColumn):
            continue
        series = frame[column.name]
        unknown = (
            codes_of(series, column.categories) < 0
        ) & ~series.is_null().to_numpy()
        count = int(unknown.sum())
        if count:
            remarks.append(
                plural(
                    count,
                    "1 value of {name!r} is none of the network's categories, and is "
                    "0 in all: {words}",
                    "{n:,} values of {name!r} are none of the network's categories, "
                    "and are 0 in all: {words}",
                    n=count,
                    name=column.name,
                    words=listed(
                        words_of(series.filter(unknown)).unique().sort().to_list()
                    ),
                )
            )
    return tuple(remarks)


def given_units(given: Preparation, targets: Sequence[str]) -> tuple[TargetColumn, ...]:
    """The units of the targets, which may have other names here.

    Raises:
        DataError: they are more or fewer.
    """
    if len(given.targets) != len(targets):
        msg = tr(
            "data.target: names {count} columns; the network predicts {listed}",
            count=len(targets),
            listed=listed([target.name for target in given.targets]),
        )
        raise DataError(msg)
    return tuple(
        replace(target, name=name)
        for target, name in zip(given.targets, targets, strict=True)
    )


def _missing(series: "pl.Series", column: Column, lines: RowNumbers | None) -> int:
    """Rows whose value is filled."""
    if not isinstance(column, NumberColumn):
        return series.null_count()
    return int((~np.isfinite(numbers_of_column(series, column, lines))).sum())
