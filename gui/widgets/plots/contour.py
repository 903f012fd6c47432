"""Lines where a function on a grid is zero, by contourpy."""

from functools import lru_cache
from typing import cast

import numpy as np
import numpy.typing as npt

from core.arrays import FloatArray

Segments = npt.NDArray[np.float64]
_Chunks = tuple[list[Segments | None], list[npt.NDArray[np.uint32] | None]]
"""Points of all lines of a chunk, and where each line begins and the last one ends."""


def zero_lines(values: FloatArray) -> Segments:
    """Pieces of the zero line of (rows, columns) values.

    Returns:
        (pieces, 4): x and y of both ends, where a value stands in the middle of its
        cell and the grid goes from 0 to 1, y downwards.
    """
    # Here, as only the thread that draws a plane needs it, and long after the start.
    from contourpy import LineType, contour_generator

    height, width = values.shape
    if height < 2 or width < 2:
        return np.empty((0, 4))
    # What is no number counts as not above 0, as 0 does.
    finite = np.where(np.isfinite(values), values, 0)
    generator = contour_generator(
        *_middles(height, width),
        finite.astype(np.float64),
        name="serial",
        line_type=LineType.ChunkCombinedOffset,
    )
    found = cast("_Chunks", generator.lines(0.0))
    points, offsets = found[0][0], found[1][0]
    if points is None or offsets is None:
        return np.empty((0, 4))
    pieces = np.concatenate([points[:-1], points[1:]], axis=1)
    # Between two lines there is no piece.
    return np.delete(pieces, offsets[1:-1].astype(np.intp) - 1, axis=0)


@lru_cache(maxsize=4)
def _middles(height: int, width: int) -> tuple[Segments, Segments]:
    """X and y of the middles of all cells."""
    x, y = (np.arange(width) + 0.5) / width, (np.arange(height) + 0.5) / height
    return np.tile(x, (height, 1)), np.tile(y[:, None], (1, width))
