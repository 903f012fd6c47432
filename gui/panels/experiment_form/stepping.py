"""The next value for the arrows of a number field: pure functions."""

import math
from typing import Final

_DIGITS: Final = (1, 2, 5)
_LARGEST: Final = 5e307
_MOST_STEPS: Final = 1e15
"""Beyond, neighbouring multiples of a step are the same float."""


def next_one_two_five(value: float, *, up: bool) -> float:
    """The next of …, 0.1, 0.2, 0.5, 1, 2, 5, 10, … above or below `value` > 0.

    There is none above the largest.
    """
    if up and not value < _LARGEST:
        return value
    decade = math.floor(math.log10(value))
    near = [
        float(f"{digit}e{exponent}")
        for exponent in range(decade - 1, decade + 2)
        for digit in _DIGITS
    ]
    # A small tolerance: 0.1 + 0.2 must step like 0.3.
    slack = 1e-9 * value
    if up:
        return min(n for n in near if n > value + slack)
    return max(n for n in near if n < value - slack)


def next_log_step(value: float, *, up: bool, lowest: float, zero: bool) -> float:
    """A 1-2-5 step; with `zero`, 0 lies below `lowest`."""
    if value < lowest * (1 - 1e-9):
        return lowest if up else (0.0 if zero else lowest)
    if not up and value <= lowest * (1 + 1e-9):
        return 0.0 if zero else lowest
    return next_one_two_five(value, up=up)


def next_linear_step(value: float, step: float, *, up: bool) -> float:
    """The next multiple of `step` above or below."""
    position = value / step
    if not abs(position) < _MOST_STEPS:
        return value
    nearest = round(position)
    if math.isclose(position, nearest, abs_tol=1e-9):
        found = nearest + (1 if up else -1)
    else:
        found = math.ceil(position) if up else math.floor(position)
    return round(found * step, 10)
