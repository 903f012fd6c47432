"""The contents of a file of named tensors, before the network is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from core.arrays import FloatArray
from core.values.words import plural, tr

MOST_TENSORS: Final = 10_000
"""In one file: more cannot be the layers of a network that is looked at."""
FLOAT_SIZES: Final = ("2", "4", "8")
"""Sizes of readable floats in bytes; sizes other than 4 are converted."""

FREE_GROWTH: Final = 2**28
GROWTH: Final = 20
"""An archive may unpack to 20 times its size plus 256 MiB; more counts as a bomb."""


class UnreadableError(Exception):
    """The reason why a file is refused, without its path."""


class UnknownKindError(UnreadableError):
    """What a file is, or that it is damaged, where it is of no kind that is read."""


def check_count(count: int) -> None:
    """Refuse a file of absurdly many tensors before any of them is read.

    Raises:
        UnreadableError: there are too many.
    """
    if count > MOST_TENSORS:
        msg = tr(
            "{count:,} tensors; a network of {most_tensors:,} at the most can be read",
            count=count,
            most_tensors=MOST_TENSORS,
        )
        raise UnreadableError(msg)


MOST_BYTES: Final = 2**36
"""Of a file of weights; the largest networks that fit in memory have a tenth of it."""


@dataclass(frozen=True, slots=True, eq=False)
class TensorContents:
    """Named tensors and named strings.

    Attributes:
        tensors: float32 and read-only, by name.
        metadata: the strings that were stored with them.
        ignored: names of whole numbers, such as counters of steps, left out.
    """

    tensors: Mapping[str, FloatArray]
    metadata: Mapping[str, str]
    ignored: tuple[str, ...] = ()


def check_no_weights(name: str, kind: str, shape: Sequence[int]) -> None:
    """Make sure that what cannot be read is a counter and no weights.

    Raises:
        UnreadableError: it has the shape of weights.
    """
    if len([size for size in shape if size != 1]) > 1:
        msg = tr(
            "tensor {name} is {kind}; floats of 16, 32 or 64 bits can be read",
            name=name,
            kind=kind,
        )
        raise UnreadableError(msg)


def check_growth(n_bytes: int, file_size: int) -> None:
    """Refuse what would unpack to far more than its file holds.

    Raises:
        UnreadableError: it would.
    """
    if n_bytes > GROWTH * file_size + FREE_GROWTH:
        msg = tr("the archive would unpack to an implausible size")
        raise UnreadableError(msg)


def as_float32(name: str, values: npt.NDArray[np.floating]) -> FloatArray:
    """The values as finite, read-only float32.

    Raises:
        UnreadableError: some are NaN, infinite, or too large for float32.
    """
    with np.errstate(over="ignore"):
        converted = np.ascontiguousarray(values, dtype=np.float32)
    bad = converted.size - int(np.count_nonzero(np.isfinite(converted)))
    if bad:
        first = np.flatnonzero(~np.isfinite(converted))[0]
        place = ", ".join(map(str, np.unravel_index(first, converted.shape)))
        msg = plural(
            bad,
            "tensor {name} has a value that is no finite float32 number, at [{place}]",
            "tensor {name} has {n} values that are no finite float32 numbers, the "
            "first at [{place}]",
            n=bad,
            name=name,
            place=place,
        )
        raise UnreadableError(msg)
    converted.setflags(write=False)
    return converted
