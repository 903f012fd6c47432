"""Lines where a function on a grid is zero: marching squares, all cells at once.

Lorensen and Cline 1987, in two dimensions; a saddle is resolved by the sign of the mean
of its corners.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from core.arrays import FloatArray

Segments = npt.NDArray[np.float64]

# Which two sides of a cell (0 top, 1 right, 2 bottom, 3 left) a line joins, for each
# pattern of positive corners: 1 top left, 2 top right, 4 bottom right, 8 bottom left.
_SIDES: Final[tuple[tuple[tuple[int, int], ...], ...]] = (
    (),
    ((3, 0),),
    ((0, 1),),
    ((3, 1),),
    ((1, 2),),
    ((3, 0), (1, 2)),
    ((0, 2),),
    ((3, 2),),
    ((2, 3),),
    ((2, 0),),
    ((0, 1), (2, 3)),
    ((2, 1),),
    ((1, 3),),
    ((1, 0),),
    ((0, 3),),
    (),
)
_SADDLES: Final = {5: ((0, 1), (2, 3)), 10: ((3, 0), (1, 2))}
"""The other connection of a saddle's sides, where its centre is positive."""


def zero_lines(values: FloatArray) -> Segments:
    """Pieces of the zero line of (rows, columns) values.

    Returns:
        (pieces, 4): x and y of both ends, where a value stands in the middle of its
        cell and the grid goes from 0 to 1, y downwards.
    """
    finite = np.isfinite(values)
    values = np.where(finite, values, 0).astype(np.float32)
    above = values > 0
    corners = (above[:-1, :-1], above[:-1, 1:], above[1:, 1:], above[1:, :-1])
    pattern = np.zeros(above[1:, 1:].shape, np.uint8)
    for k, corner in enumerate(corners):
        pattern |= corner.astype(np.uint8) << k
    rows, columns = np.nonzero((pattern > 0) & (pattern < 15))
    if not len(rows):
        return np.empty((0, 4))
    cells = pattern[rows, columns]
    sides = _crossings(values, rows, columns)
    middle = sum(
        values[rows + down, columns + right] for down in (0, 1) for right in (0, 1)
    )
    pieces = []
    for number in np.unique(cells).tolist():
        chosen = cells == number
        if number in _SADDLES:
            other = chosen & (np.asarray(middle) > 0)
            pieces += _joined(sides, other, _SADDLES[number])
            chosen &= ~other
        pieces += _joined(sides, chosen, _SIDES[number])
    return np.concatenate(pieces)


def _joined(
    sides: npt.NDArray[np.float64],
    chosen: npt.NDArray[np.bool_],
    pairs: tuple[tuple[int, int], ...],
) -> list[Segments]:
    return [
        np.concatenate([sides[a, chosen], sides[b, chosen]], axis=1) for a, b in pairs
    ]


def _crossings(
    values: FloatArray, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp]
) -> npt.NDArray[np.float64]:
    """(4, cells, 2): where the zero line would cross each side."""
    height, width = values.shape
    tl, tr = values[rows, columns], values[rows, columns + 1]
    bl, br = values[rows + 1, columns], values[rows + 1, columns + 1]
    x, y = columns + 0.5, rows + 0.5
    points = [
        (x + _share(tl, tr), y),
        (x + 1, y + _share(tr, br)),
        (x + _share(bl, br), y + 1),
        (x, y + _share(tl, bl)),
    ]
    return np.stack([np.stack([a / width, b / height], axis=1) for a, b in points])


def _share(start: FloatArray, end: FloatArray) -> npt.NDArray[np.float64]:
    """Where between start and end a linear function is zero, 0 to 1."""
    difference = start.astype(np.float64) - end
    with np.errstate(divide="ignore", invalid="ignore"):
        share = start / difference
    return np.clip(np.nan_to_num(share, nan=0.5), 0, 1)
