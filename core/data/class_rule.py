"""Whether whole numbers that are to be predicted are classes."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from core.experiment.rules import MAX_TABLE_CLASSES

_FEW: Final = 20
"""Whole numbers of at most so many values are classes."""
_ROWS_FOR_CLASS: Final = 10


def are_classes(values: npt.NDArray[Any], count: int) -> bool:
    """Whether answers are classes: whole numbers, few of them or counted from 0 or 1.

    Args:
        values: the different ones, in any order.
        count: how many answers there are.
    """
    numbers = values.astype(np.float64)
    if len(numbers) == 0 or not np.isfinite(numbers).all():
        return False
    if not (numbers == np.rint(numbers)).all():
        return False
    if len(numbers) <= _FEW:
        return len(numbers) * 2 <= count
    low, high = float(numbers.min()), float(numbers.max())
    return (
        low in (0, 1)
        and high - low + 1 == len(numbers) <= MAX_TABLE_CLASSES
        and count >= _ROWS_FOR_CLASS * len(numbers)
    )
