"""Numbers in rows, as in an experiment's file: data and initial weights."""

import math
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from core.values.plain_text import shown
from core.values.words import plural, tr

Row = tuple[float, ...]
Rows = tuple[Row, ...]
"""Rows of numbers; their lengths are checked later."""

_Part = TypeVar("_Part")

MOST_NUMBERS: Final = 20_000
"""Most numbers in one key; more belong into a file of data or weights."""
LARGEST: Final = 1e30
"""Far below float32's maximum, so that sums of squares are finite."""


class NumberError(ValueError):
    """Which number is wrong, and why; begins as part of a sentence."""


def to_row(value: object) -> Row:
    """A list of finite numbers.

    Raises:
        TypeError: not a list, or an entry is not a number.
        NumberError: a number is not finite or absurdly large.
    """
    if not isinstance(value, list | tuple):
        raise TypeError
    for entry in value:
        if isinstance(entry, bool) or not isinstance(entry, int | float):
            raise TypeError
        if not abs(entry) <= LARGEST:  # nor NaN
            raise NumberError(_not_allowed(entry))
    return tuple(map(float, value))


def _not_allowed(entry: int | float) -> str:
    if isinstance(entry, float) and not math.isfinite(entry):
        return tr("{entry} is no finite number", entry=entry)
    return tr(
        "{shown} is too large: computed with in float32, numbers may "
        "go up to {largest:g}",
        shown=shown(entry),
        largest=LARGEST,
    )


def to_rows(value: object) -> Rows:
    """A list of lists of numbers; the errors are those of `to_row`."""
    return _each("row", to_row, value)


def to_matrices(value: object) -> tuple[Rows, ...]:
    """A list of lists of lists of numbers; the errors are those of `to_row`."""
    return _each("matrix", to_rows, value)


def _each(
    name: str, convert: Callable[[object], _Part], value: object
) -> tuple[_Part, ...]:
    """Every entry converted; an error names the entry, counted from 1."""
    if not isinstance(value, list | tuple):
        raise TypeError
    parts = []
    for k, part in enumerate(value, start=1):
        try:
            parts.append(convert(part))
        except NumberError as error:
            msg = f"{name} {k:,}: {error}"
            raise NumberError(msg) from None
    return tuple(parts)


def are_rectangular(rows: Rows) -> bool:
    """Whether there are rows, and all have the same length above 0."""
    return len(rows) > 0 and len(rows[0]) > 0 and len(set(map(len, rows))) == 1


def is_small(rows: Rows) -> bool:
    """Whether the numbers are few enough for an experiment's file."""
    return sum(map(len, rows)) <= MOST_NUMBERS


def shape_text(rows: Sequence[Sequence[float]]) -> str:
    """For example "2 rows of 3"; for messages."""
    count = len(rows)
    counted = plural(count, "{n} row", "{n} rows", n=count)
    lengths = sorted(set(map(len, rows)))
    if not lengths:
        return counted
    return f"{counted} of {' and '.join(map(str, lengths))}"
