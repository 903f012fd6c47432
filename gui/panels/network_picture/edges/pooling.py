"""Edges whose units share a row become one line; signs are pooled apart."""

import numpy as np

from core.arrays import FloatArray
from gui.panels.network_picture.edges.fan_transform import InkArray

_CHUNK = 1 << 18
"""Values that are pooled at once, so that the passes stay in the cache."""


@np.errstate(invalid="ignore", over="ignore")
def pooled_ink(values: FloatArray, to_a_row: tuple[int, int], out: InkArray) -> None:
    """Sum the positive and the negative values of each block of edges.

    A non-finite value makes its block non-finite.

    Args:
        values: (n_out, n_in), one value an edge.
        to_a_row: units that share a row at the (target, source) column.
        out: (target rows, source rows); real: sum of the positive values, imaginary:
            of the sizes of the negative ones.
    """
    per_target, per_source = to_a_row
    rows = max(1, _CHUNK // (values.shape[1] * per_target))
    for first in range(0, len(out), rows):
        part = out[first : first + rows]
        block = values[first * per_target : (first + len(part)) * per_target]
        sums = _sum_columns(_sum_rows(block, per_target), per_source)
        sizes = _sum_columns(_sum_rows(np.abs(block), per_target), per_source)
        np.add(sizes, sums, out=part.real)
        np.subtract(sizes, sums, out=part.imag)
        part *= np.float32(0.5)


def _sum_rows(block: FloatArray, per: int) -> FloatArray:
    if per == 1:
        return block
    full = len(block) // per
    total = np.empty((-(-len(block) // per), block.shape[1]), np.float32)
    groups = block[: full * per].reshape(full, per, block.shape[1])
    np.sum(groups, axis=1, out=total[:full])
    if full < len(total):
        np.sum(block[full * per :], axis=0, out=total[full])
    return total


def _sum_columns(block: FloatArray, per: int) -> FloatArray:
    if per == 1:
        return block
    width = block.shape[1]
    full = width // per
    total = np.empty((len(block), -(-width // per)), np.float32)
    groups = block[:, : full * per].reshape(len(block), full, per)
    # A product with ones: NumPy's sum over a short last axis is several times slower.
    np.matmul(groups, np.ones(per, np.float32), out=total[:, :full])
    if full < total.shape[1]:
        np.sum(block[:, full * per :], axis=1, out=total[:, full])
    return total
