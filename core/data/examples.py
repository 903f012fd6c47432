"""A few pictures of a data set, as they stand in the file, to be looked at."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from core.arrays import ByteArray, IntArray

MOST_PICTURES: Final = 24


@dataclass(frozen=True, slots=True, eq=False)
class Pictures:
    """Pictures with what they show.

    Attributes:
        images: grey (rows, columns) or coloured (rows, columns, 3), 0 to 255.
        labels: the class or the number of each.
    """

    images: tuple[ByteArray, ...]
    labels: tuple[str, ...]


def pictures_of(
    x: npt.NDArray[Any], y: npt.NDArray[Any], names: tuple[str, ...], codes: IntArray
) -> Pictures | None:
    """Some of the examples, spread over all; None where they are no pictures.

    Args:
        x: (n, rows, columns), or with a dimension of 1 or 3 for colours.
        y: the answers.
        names: of the classes, empty where the answers are numbers.
        codes: the class of each example, where there are classes.
    """
    places = np.linspace(0, len(x) - 1, min(len(x), MOST_PICTURES)).astype(np.intp)
    chosen = _upright(x[places])
    if chosen is None:
        return None
    low, high = float(chosen.min()), float(chosen.max())
    levels = _levels(chosen, low, high)
    labels = (names[codes[k]] if names else f"{np.ravel(y[k])[0]:.4g}" for k in places)
    return Pictures(tuple(levels), tuple(labels))


def _upright(x: npt.NDArray[Any]) -> npt.NDArray[Any] | None:
    """(n, rows, columns) or (n, rows, columns, 3)."""
    if x.ndim == 4 and x.shape[1] in (1, 3) and x.shape[3] not in (1, 3):
        x = x.transpose(0, 2, 3, 1)
    if x.ndim == 4 and x.shape[3] == 1:
        x = x[..., 0]
    is_grey = x.ndim == 3
    is_coloured = x.ndim == 4 and x.shape[3] == 3
    if not (is_grey or is_coloured) or min(x.shape[1:3]) < 2:
        return None
    return x


def _levels(x: npt.NDArray[Any], low: float, high: float) -> ByteArray:
    """For the screen: 0 to 255, 0 to 1 or -1 to 1 as they are, else by their ends."""
    if low >= 0 and 1 < high <= 255:
        return x.astype(np.uint8)
    if low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    elif low >= -1 and high <= 1:
        low, high = -1.0, 1.0
    scaled = (x.astype(np.float64) - low) / max(high - low, 1e-12)
    levels: ByteArray = np.rint(255 * scaled).astype(np.uint8)
    return levels
