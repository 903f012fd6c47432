"""The contents of a file of named tensors, before the network is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from core.arrays import FloatArray

MOST_TENSORS: Final = 10_000
"""In one file: more cannot be the layers of a network that is looked at."""
FLOAT_SIZES: Final = ("2", "4", "8")
"""Sizes of readable floats in bytes; sizes other than 4 are converted."""


class UnreadableError(Exception):
    """The reason why a file is refused, without its path."""


def check_count(count: int) -> None:
    """Refuse a file of absurdly many tensors before any of them is read.

    Raises:
        UnreadableError: there are too many.
    """
    if count > MOST_TENSORS:
        msg = (
            f"{count:,} tensors; a network of {MOST_TENSORS:,} at the most can be read"
        )
        raise UnreadableError(msg)


@dataclass(frozen=True, slots=True, eq=False)
class TensorContents:
    """Named tensors and named strings.

    Attributes:
        tensors: float32 and read-only, by name.
        metadata: the strings that were stored with them.
    """

    tensors: Mapping[str, FloatArray]
    metadata: Mapping[str, str]


def as_float32(name: str, values: npt.NDArray[np.floating]) -> FloatArray:
    """The values as finite, read-only float32.

    Raises:
        UnreadableError: some are NaN, infinite, or too large for float32.
    """
    with np.errstate(over="ignore"):
        converted = np.ascontiguousarray(values, dtype=np.float32)
    bad = converted.size - int(np.count_nonzero(np.isfinite(converted)))
    if bad:
        msg = f"tensor {name} has {bad} values that are not finite float32 numbers"
        raise UnreadableError(msg)
    converted.setflags(write=False)
    return converted
