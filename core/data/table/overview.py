"""What is in a table before anything is decided about it: columns and first rows."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from core.data.table.columns import bool_type, is_text
from core.data.table.parts import names_parts
from core.values.words import tr

if TYPE_CHECKING:
    import polars as pl

FIRST_ROWS: Final = 20


@dataclass(frozen=True, slots=True)
class ColumnOverview:
    """A column of the file.

    Attributes:
        kind: "words", "whole numbers", "numbers", "true or false", "dates or times",
            or what else its values are.
        n_missing: rows without a value.
        can_part: whether all its words are those of parts: train, validation, test.
    """

    name: str
    kind: str
    n_missing: int = 0
    can_part: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """A table as it stands in its file.

    Attributes:
        form: "CSV (semicolon)".
        n_rows: how many there are.
        rows: the first ones, as texts; None where a value is missing.
    """

    form: str
    n_rows: int
    columns: tuple[ColumnOverview, ...]
    rows: tuple[tuple[str | None, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Of the columns."""
        return tuple(column.name for column in self.columns)


def overview_of(frame: "pl.DataFrame", form: str) -> Overview:
    """Look over a table."""
    columns = tuple(
        ColumnOverview(
            series.name, _kind(series), series.null_count(), names_parts(series)
        )
        for series in frame
    )
    first = frame.head(FIRST_ROWS)
    rows = tuple(tuple(map(_text, row)) for row in first.iter_rows())
    return Overview(form, frame.height, columns, rows)


def overview_of_rows(
    rows: npt.NDArray[Any], answers: npt.NDArray[Any], names: tuple[str, ...], form: str
) -> Overview:
    """Of arrays: inputs (n, n_inputs) with their names, and what is predicted."""
    columns = tuple(ColumnOverview(name, "numbers") for name in names)
    shown = zip(rows[:FIRST_ROWS], answers[:FIRST_ROWS], strict=True)
    texts = tuple(
        (*(f"{value:g}" for value in row), _answer(answer)) for row, answer in shown
    )
    target = ColumnOverview("y", "numbers" if answers.dtype.kind in "iuf" else "words")
    return Overview(form, len(rows), (*columns, target), texts)


def _answer(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf8", "replace")
    return ", ".join(f"{v:g}" for v in value) if np.ndim(value) else str(value)


def _kind(series: "pl.Series") -> str:
    dtype = series.dtype
    if series.null_count() == len(series):
        return tr("nothing")
    if dtype == bool_type():
        return tr("true or false")
    if dtype.is_integer():
        return tr("whole numbers")
    if dtype.is_numeric():
        return tr("numbers")
    if dtype.is_temporal():
        return tr("dates or times")
    return tr("words") if is_text(series) else str(dtype)


def _text(value: object) -> str | None:
    if value is None:
        return None
    return f"{value:.6g}" if isinstance(value, float) else str(value)
