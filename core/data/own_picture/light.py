"""Paper and ink told apart: which of them is darker, and how the light falls."""

from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.arrays import BoolArray, DoubleArray, FloatArray

_T = TypeVar("_T", bound=np.generic)
_THUMB: Final = 64
"""Rows and columns on which the light is measured: it changes slowly."""
_ROUNDS: Final = 8
_FAR: Final = 2.5
"""Deviations from which on a pixel is taken for ink and no paper."""
_LEAST_SPREAD: Final = 0.01
_REACH: Final = 0.4
"""Share of the shorter side that ink may be broad."""


def border(values: npt.NDArray[_T]) -> npt.NDArray[_T]:
    """The pixels along the edge, where there is hardly any ink."""
    edges = (values[0], values[-1], values[:, 0], values[:, -1])
    joined: npt.NDArray[_T] = np.concatenate(edges)
    return joined


def smooth_paper(grey: FloatArray) -> FloatArray:
    """The grey of the paper, as a surface of second degree through it.

    A plane through the edge, then the surface: what lies far from it is the ink.
    """
    small = _thumb(grey)
    plane, curved = _terms(_THUMB, _THUMB)
    values = small.ravel().astype(np.float64)
    edge = np.zeros(small.shape, bool)
    edge[0] = edge[-1] = edge[:, 0] = edge[:, -1] = True
    at_edge = edge.ravel()
    rest = values - plane @ _fitted(plane, values, at_edge, at_edge)
    paper = np.abs(rest) <= _FAR * _spread(rest[at_edge])
    factors = _fitted(curved, values, paper, np.ones_like(paper))
    surface: FloatArray = (_terms(*grey.shape)[1] @ factors).astype(np.float32)
    return surface.reshape(grey.shape)


def is_dark_ink(grey: FloatArray, smooth: FloatArray) -> bool:
    """Whether the ink is darker than the paper."""
    # The cube: a little ink far away counts more than a lot of grain.
    return bool(((grey - smooth).astype(np.float64) ** 3).sum() < 0)


def paper_under(grey: FloatArray, smooth: FloatArray, *, dark_ink: bool) -> FloatArray:
    """The grey of the paper at each pixel, where its light is not smooth, too.

    A closing (for light ink an opening) fills what is narrower than its square. That of
    the picture follows shadows, even those with a hard edge; that of what is left of
    the smooth paper follows light that falls off. Neither lies on the ink's side of the
    paper, so the one nearer to the ink holds.
    """
    from scipy import ndimage

    fill = ndimage.grey_closing if dark_ink else ndimage.grey_opening
    size = max(3, round(_REACH * min(grey.shape)))
    # A median makes grain smooth and leaves the edge of a shadow where it is.
    calm = ndimage.median_filter(grey, 3, mode="nearest")
    found = [
        ground + fill(calm - ground, size=(size, size), mode="nearest")
        for ground in (np.zeros_like(grey), smooth)
    ]
    nearer = np.min(found, axis=0) if dark_ink else np.max(found, axis=0)
    # The highest grain of each square lies above most of the paper.
    nearer -= np.median(nearer - calm)
    paper: FloatArray = np.clip(nearer, 0, 1)
    return paper


def _thumb(grey: FloatArray) -> FloatArray:
    image = Image.fromarray(np.ascontiguousarray(grey, np.float32))
    small: FloatArray = np.asarray(image.resize((_THUMB, _THUMB), Image.Resampling.BOX))
    return small


def _terms(n_rows: int, n_columns: int) -> tuple[DoubleArray, DoubleArray]:
    """Of a plane and of a surface, for each pixel."""
    across = [(np.arange(n) + 0.5) / n - 0.5 for n in (n_rows, n_columns)]
    rows, columns = (part.ravel() for part in np.meshgrid(*across, indexing="ij"))
    plane = np.stack([np.ones_like(rows), rows, columns], axis=1)
    squares = np.stack([rows**2, rows * columns, columns**2], axis=1)
    return plane, np.concatenate([plane, squares], axis=1)


def _spread(rest: DoubleArray) -> float:
    return max(1.4826 * float(np.median(np.abs(rest))), _LEAST_SPREAD)


def _fitted(
    terms: DoubleArray, values: DoubleArray, begin: BoolArray, allowed: BoolArray
) -> DoubleArray:
    """Through the paper alone: what lies far away is left out, again and again."""
    used = begin
    factors: DoubleArray = np.zeros(terms.shape[1])
    factors[0] = np.median(values[begin])
    for _ in range(_ROUNDS):
        if used.sum() < 2 * terms.shape[1]:
            break
        found = np.linalg.lstsq(terms[used], values[used], rcond=None)[0]
        factors = found.astype(np.float64)
        rest = values - terms @ factors
        used = allowed & (np.abs(rest) <= _FAR * _spread(rest[used]))
    return factors
