"""Numbers in rows, as in an experiment's file: data and initial weights."""

import math
from collections.abc import Sequence
from typing import Final

Row = tuple[float, ...]
Rows = tuple[Row, ...]
"""Rows of numbers; their lengths are checked later."""

MOST_NUMBERS: Final = 20_000
"""Most numbers in one key; more belong into a file of data or weights."""
LARGEST: Final = 1e30
"""Far below float32's maximum, so that sums of squares are finite."""


def to_row(value: object) -> Row:
    """A list of finite numbers.

    Raises:
        TypeError: not a list, or an entry is not a number.
        ValueError: a number is not finite or absurdly large.
    """
    if not isinstance(value, list | tuple):
        raise TypeError
    for entry in value:
        if isinstance(entry, bool) or not isinstance(entry, int | float):
            raise TypeError
        if not math.isfinite(entry) or abs(entry) > LARGEST:
            raise ValueError
    return tuple(map(float, value))


def to_rows(value: object) -> Rows:
    """A list of lists of numbers; the errors are those of `to_row`."""
    if not isinstance(value, list | tuple):
        raise TypeError
    return tuple(map(to_row, value))


def to_matrices(value: object) -> tuple[Rows, ...]:
    """A list of lists of lists of numbers; the errors are those of `to_row`."""
    if not isinstance(value, list | tuple):
        raise TypeError
    return tuple(map(to_rows, value))


def are_rectangular(rows: Rows) -> bool:
    """Whether there are rows, and all have the same length above 0."""
    return len(rows) > 0 and len(rows[0]) > 0 and len(set(map(len, rows))) == 1


def is_small(rows: Rows) -> bool:
    """Whether the numbers are few enough for an experiment's file."""
    return sum(map(len, rows)) <= MOST_NUMBERS


def shape_text(rows: Sequence[Sequence[float]]) -> str:
    """For example "2 rows of 3"; for messages."""
    count = len(rows)
    counted = f"{count} row" if count == 1 else f"{count} rows"
    lengths = sorted(set(map(len, rows)))
    if not lengths:
        return counted
    return f"{counted} of {' and '.join(map(str, lengths))}"
