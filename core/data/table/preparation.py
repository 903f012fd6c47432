"""How the columns of a table become numbers of the network, and back.

Everything comes from the training part, and travels with the weights.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from core.arrays import DoubleArray, FloatArray, IntArray, RowNumbers
from core.data.scaling import InputScaling
from core.data.scaling import loads as scaling_of
from core.values.errors import DataError
from core.values.words import tr

if TYPE_CHECKING:
    import polars as pl

MISSING_CATEGORY: Final = "(missing)"
_MOST_TEXT: Final = 2**22
_DAY: Final = 86_400e6
"""Microseconds."""
_FIRST: Final = 20
_DATE_LIKE: Final = r"^\s*[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{2,4}"
_DAYS: Final = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y")
DATE_FORMS: Final = tuple(
    day + time for time in ("", " %H:%M", " %H:%M:%S", "T%H:%M:%S") for day in _DAYS
)


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A column of numbers x, which the network receives as (x - mean) / deviation.

    Attributes:
        fill: the median, in the place of a missing value.
        is_date: whether x are days since 1970, of a column of dates.
    """

    name: str
    fill: float
    mean: float
    deviation: float
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class WordColumn:
    """A column of words: an input for each category, 1 for its own and else 0.

    A word that the training part does not have is 0 in all.
    """

    name: str
    categories: tuple[str, ...]


Column = NumberColumn | WordColumn


@dataclass(frozen=True, slots=True)
class TargetColumn:
    """A column that is predicted: a number y, learned as (y - mean) / deviation."""

    name: str
    mean: float = 0.0
    deviation: float = 1.0


@dataclass(frozen=True, slots=True)
class Preparation:
    """What is done with a table.

    Attributes:
        columns: those that the network receives, in the order of its inputs; none
            where the inputs are pictures.
        targets: one column of classes, or one or more of numbers.
        class_names: in label order; empty where the targets are numbers.
        has_decimal_comma: whether the file writes numbers as 0,5. It changes no input:
            it is for those who take rows from the file by other means.
        scaling: that of pictures, white being 1, where the training part decided on it;
            None for others.
    """

    columns: tuple[Column, ...]
    targets: tuple[TargetColumn, ...]
    class_names: tuple[str, ...] = ()
    has_decimal_comma: bool = field(default=False, compare=False)
    scaling: InputScaling | None = None

    @property
    def input_names(self) -> tuple[str, ...]:
        """One for each input: "age", "colour = red"."""
        names: list[str] = []
        for column in self.columns:
            if isinstance(column, NumberColumn):
                names.append(column.name)
            else:
                names.extend(f"{column.name} = {word}" for word in column.categories)
        return tuple(names)

    @property
    def input_columns(self) -> tuple[Column, ...]:
        """The column of each input."""
        return tuple(
            column
            for column in self.columns
            for _ in getattr(column, "categories", (column.name,))
        )

    @property
    def output_names(self) -> tuple[str, ...]:
        return self.class_names or tuple(target.name for target in self.targets)

    def inputs(
        self, frame: "pl.DataFrame", lines: RowNumbers | None = None
    ) -> FloatArray:
        """The rows as the network receives them, (n, n_inputs).

        Args:
            frame: the table.
            lines: number of each row's line in the file, for the error; None where the
                rows are of no file.

        Raises:
            DataError: a column is missing, or a value is not a number.
        """
        self.check_names(frame)
        rows = np.empty((frame.height, len(self.input_names)), np.float32)
        place = 0
        for column in self.columns:
            if isinstance(column, NumberColumn):
                values = numbers_of_column(frame[column.name], column, lines)
                values[~np.isfinite(values)] = column.fill
                rows[:, place] = (values - column.mean) / column.deviation
                place += 1
            else:
                codes = codes_of(frame[column.name], column.categories)
                width = len(column.categories)
                rows[:, place : place + width] = codes[:, None] == np.arange(width)
                place += width
        return rows

    def check_names(self, frame: "pl.DataFrame") -> None:
        """Refuse a table that lacks a column.

        Raises:
            DataError: names it, and those that there are.
        """
        lacking = [c.name for c in self.columns if c.name not in frame.columns]
        if lacking:
            msg = tr(
                "column {lacking!r} is missing; the network takes "
                "{listed}, there are {listed_2}",
                lacking=lacking[0],
                listed=listed([c.name for c in self.columns]),
                listed_2=listed(frame.columns),
            )
            raise DataError(msg)

    def in_own_units(self, outputs: FloatArray) -> DoubleArray:
        """(n, n_targets) outputs or targets of the network in the units of the file."""
        means, deviations = self.target_units
        own: DoubleArray = np.asarray(outputs, np.float64) * deviations + means
        return own

    @property
    def target_units(self) -> tuple[DoubleArray, DoubleArray]:
        """Mean and deviation of each target."""
        means = np.array([target.mean for target in self.targets])
        return means, np.array([target.deviation for target in self.targets])


def listed(names: Sequence[str]) -> str:
    """Some names in words, not more than fit into a message."""
    shown = ", ".join(names[:20])
    return f"{shown} and {len(names) - 20:,} more" if len(names) > 20 else shown


def numbers_of_column(
    series: "pl.Series", column: NumberColumn, lines: RowNumbers | None = None
) -> DoubleArray:
    """A column as its numbers, days where it holds dates; see numbers_of."""
    days = days_of(series) if column.is_date else None
    return numbers_of(series if days is None else days, lines)


def numbers_of(series: "pl.Series", lines: RowNumbers | None = None) -> DoubleArray:
    """A column as numbers, NaN where there is none.

    Args:
        series: the column.
        lines: number of each row's line in the file, for the error; None where the
            rows are of no file.

    Raises:
        DataError: a value is not a number.
    """
    import polars as pl

    cast = series.cast(pl.Float64, strict=False)
    if cast.null_count() > series.null_count():
        wrong = int((cast.is_null() & series.is_not_null()).arg_true()[0])
        place = (
            tr("row {row:,}", row=wrong + 1)
            if lines is None
            else tr("line {line}", line=lines[wrong])
        )
        msg = tr(
            "{place}, column {name!r}: {value!r} is not a number",
            place=place,
            name=series.name,
            value=series[wrong],
        )
        raise DataError(msg)
    return cast.fill_null(float("nan")).to_numpy().astype(np.float64)


def days_of(series: "pl.Series") -> "pl.Series | None":
    """A column of dates or of dates as text in days since 1970; None for others."""
    import polars as pl

    if series.dtype in (pl.Date, pl.Datetime):
        return series.cast(pl.Datetime("us")).cast(pl.Int64) / _DAY
    if series.dtype != pl.String:
        return None
    given = series.drop_nulls()
    # Few words begin with a figure and are as long as a date.
    if not len(given) or not given.head(_FIRST).str.contains(_DATE_LIKE).all():
        return None
    for form in DATE_FORMS:
        found = series.str.strip_chars().str.to_datetime(
            form, strict=False, time_unit="us"
        )
        if found.null_count() == series.null_count():
            return found.cast(pl.Int64) / _DAY
    return None


def words_of(series: "pl.Series") -> "pl.Series":
    """A column as words; whole numbers without a decimal point."""
    import polars as pl

    if series.dtype.is_float():
        whole = series.cast(pl.Int64, strict=False)
        # One beyond 64 bits is null here, and was none.
        is_same = whole.cast(pl.Float64) == series.cast(pl.Float64)
        if (is_same.fill_null(False) | series.is_null()).all():
            series = whole
    return series.cast(pl.String).str.strip_chars()


def codes_of(series: "pl.Series", categories: Sequence[str]) -> IntArray:
    """The place of each value among the categories, -1 for others."""
    import polars as pl

    codes = {word: code for code, word in enumerate(categories)}
    words = words_of(series)
    if MISSING_CATEGORY in codes:
        words = words.fill_null(MISSING_CATEGORY)
    places = words.replace_strict(codes, default=-1, return_dtype=pl.Int32)
    return places.fill_null(-1).to_numpy()


def dumps(preparation: Preparation) -> str:
    """As JSON, for the metadata of a weights file."""
    return json.dumps(asdict(preparation))


def loads(text: str) -> Preparation:
    """From JSON.

    Raises:
        ValueError: it is none.
    """
    if len(text) > _MOST_TEXT:
        raise _no_preparation()
    try:
        table = json.loads(text)
        return Preparation(
            tuple(_column(entry) for entry in table["columns"]),
            tuple(_target(entry) for entry in table["targets"]),
            tuple(_text(name) for name in table["class_names"]),
            has_decimal_comma=table.get("has_decimal_comma") is True,
            scaling=_scaling(table.get("scaling")),
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise _no_preparation() from None


def _scaling(entry: object) -> InputScaling | None:
    return None if entry is None else scaling_of(json.dumps(entry))


def _no_preparation() -> ValueError:
    return ValueError(tr("this is no preparation of a table"))


def _column(entry: Mapping[str, object]) -> Column:
    name = _text(entry["name"])
    if "categories" in entry:
        categories = entry["categories"]
        if not isinstance(categories, list):
            raise TypeError
        return WordColumn(name, tuple(_text(word) for word in categories))
    return NumberColumn(
        name,
        _number(entry["fill"]),
        _number(entry["mean"]),
        _scale(entry["deviation"]),
        is_date=entry.get("is_date") is True,
    )


def _target(entry: Mapping[str, object]) -> TargetColumn:
    return TargetColumn(
        _text(entry["name"]), _number(entry["mean"]), _scale(entry["deviation"])
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    if not np.isfinite(value):
        raise ValueError
    return float(value)


def _scale(value: object) -> float:
    number = _number(value)
    if number <= 0:
        raise ValueError
    return number
