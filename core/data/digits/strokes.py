"""From a skeleton's knots to points along the pen's path.

A smooth curve through given knots is linear in the knots once its parameters are
fixed, so every skeleton is compiled into one matrix: thousands of jittered copies of
a digit then cost one matrix product.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from core.arrays import FloatArray, IntArray
from core.data.digits.skeletons import Skeleton

Matrix = npt.NDArray[np.float64]

SAMPLES = 128
"""Points along all strokes of a digit together, dense enough to look continuous."""

_MIN_SAMPLES = 12

_SWAY_LENGTH = 0.35
"""Along the stroke, in heights of the digit: how far an error of the hand reaches."""


@dataclass(frozen=True, slots=True, eq=False)
class PenPath:
    """A compiled skeleton.

    Attributes:
        knots: (knots, 2), x and y in units of the digit's height.
        sway: (knots, knots), takes independent noise to noise that neighbouring knots
            share: a hand errs slowly, and knots that err alone make angular digits.
        curve: (SAMPLES, knots), takes knots to evenly spaced points.
        stroke_ends: (strokes + 1,), where each stroke begins among the samples.
    """

    knots: FloatArray
    sway: FloatArray
    curve: FloatArray
    stroke_ends: IntArray


@cache
def pen_path(skeleton: Skeleton) -> PenPath:
    """Compile a skeleton."""
    strokes = [_parse_stroke(text) for text in skeleton.strokes.split("/")]
    dense = [_smooth_curve(knots, corners) for knots, corners in strokes]
    lengths = [
        _arc_length(curve @ knots)[-1]
        for curve, (knots, _) in zip(dense, strokes, strict=True)
    ]
    counts = _share_samples(np.asarray(lengths, np.float64))
    curves = [
        _evenly_spaced(curve, knots, int(count))
        for curve, (knots, _), count in zip(dense, strokes, counts, strict=True)
    ]
    return PenPath(
        np.concatenate([knots for knots, _ in strokes]).astype(np.float32),
        _block_diagonal([_sway(knots) for knots, _ in strokes]).astype(np.float32),
        _block_diagonal(curves).astype(np.float32),
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
    )


def _parse_stroke(text: str) -> tuple[Matrix, list[bool]]:
    words = text.split()
    corners = [word.endswith("!") for word in words]
    knots = [[float(x) for x in word.rstrip("!").split(",")] for word in words]
    return np.asarray(knots) / 100, corners


def _smooth_curve(knots: Matrix, corners: list[bool]) -> Matrix:
    """Matrix (points, knots) of a curve that is smooth except at the corners."""
    cuts = [0, *(i for i in range(1, len(knots) - 1) if corners[i]), len(knots) - 1]
    pieces = []
    for first, last in pairwise(cuts):
        piece = np.zeros((32 * (last - first), len(knots)))
        piece[:, first : last + 1] = _catmull_rom(knots[first : last + 1])
        pieces.append(piece)
    return np.concatenate(pieces)


def _catmull_rom(knots: Matrix) -> Matrix:
    """Centripetal Catmull-Rom curve through the knots, as a matrix.

    Centripetal parameters keep unevenly spaced knots from making loops and overshoots.
    """
    unit = np.eye(len(knots))
    ends = (2 * unit[0] - unit[1], 2 * unit[-1] - unit[-2])
    rows = np.concatenate([ends[:1], unit, ends[1:]])
    steps = np.maximum(np.linalg.norm(np.diff(rows @ knots, axis=0), axis=1), 1e-6)
    times = np.concatenate([[0.0], np.cumsum(np.sqrt(steps))])
    return np.concatenate(
        [
            _curve_between(rows[i : i + 4], times[i : i + 4])
            for i in range(len(knots) - 1)
        ]
    )


def _curve_between(rows: Matrix, times: Matrix) -> Matrix:
    """The 32 points between the inner two of four knots (Barry and Goldman)."""
    t = np.linspace(times[1], times[2], 32)[:, None]
    level = [row[None, :] for row in rows]
    for span in (1, 2):
        level = [
            _blend(level[i], level[i + 1], t, times[i], times[i + span])
            for i in range(len(level) - 1)
        ]
    return _blend(level[0], level[1], t, times[1], times[2])


def _blend(
    before: Matrix, after: Matrix, t: Matrix, start: float, end: float
) -> Matrix:
    weight = (t - start) / (end - start)
    blended: Matrix = (1 - weight) * before + weight * after
    return blended


def _arc_length(points: Matrix) -> Matrix:
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    return np.concatenate([[0.0], np.cumsum(steps)])


def _sway(knots: Matrix) -> Matrix:
    along = _arc_length(knots)
    apart = (along[:, None] - along[None, :]) / _SWAY_LENGTH
    shared = 0.96 * np.exp(-0.5 * apart**2)
    lower = np.linalg.cholesky(shared + 0.04 * np.eye(len(knots)))
    return lower.astype(np.float64)


def _share_samples(lengths: Matrix) -> Matrix:
    counts: Matrix = np.maximum(
        _MIN_SAMPLES, np.round(SAMPLES * lengths / lengths.sum())
    )
    counts[np.argmax(counts)] += SAMPLES - counts.sum()
    return counts


def _evenly_spaced(curve: Matrix, knots: Matrix, count: int) -> Matrix:
    """Rows of the curve at even distances along it."""
    along = _arc_length(curve @ knots)
    target = np.linspace(0, along[-1], count)
    position = np.interp(target, along, np.arange(len(along)))
    low = np.minimum(position.astype(np.int64), len(along) - 2)
    part = (position - low)[:, None]
    rows: Matrix = (1 - part) * curve[low] + part * curve[low + 1]
    return rows


def _block_diagonal(blocks: list[Matrix]) -> Matrix:
    rows = sum(block.shape[0] for block in blocks)
    columns = sum(block.shape[1] for block in blocks)
    whole = np.zeros((rows, columns))
    row = column = 0
    for block in blocks:
        whole[row : row + block.shape[0], column : column + block.shape[1]] = block
        row, column = row + block.shape[0], column + block.shape[1]
    return whole
