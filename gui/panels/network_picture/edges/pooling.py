"""Edges whose units share a row become one line; signs are pooled apart."""

import numpy as np

from core.arrays import FloatArray
from gui.panels.network_picture.edges.edge_tone import Shade
from gui.panels.network_picture.edges.fan_transform import InkArray

_CHUNK = 1 << 18
"""Values that are pooled at once, so that the passes stay in the cache."""


def pooled_ink(
    values: FloatArray, to_a_row: tuple[int, int], out: InkArray, shade: Shade
) -> None:
    """Sum the ink of the positive and of the negative edges of each block.

    Args:
        values: (n_out, n_in), one finite value an edge.
        to_a_row: units that share a row at the (target, source) column.
        out: (target rows, source rows); real: ink of the positive edges, imaginary: of
            the negative ones.
        shade: how strongly an edge is drawn.
    """
    per_target, per_source = to_a_row
    rows = max(1, _CHUNK // (values.shape[1] * per_target))
    for first in range(0, len(out), rows):
        part = out[first : first + rows]
        block = values[first * per_target : (first + len(part)) * per_target]
        signed, size = shade.ink(block)
        sums = _sum_columns(_sum_rows(signed, per_target), per_source)
        sizes = _sum_columns(_sum_rows(size, per_target), per_source)
        np.add(sizes, sums, out=part.real)
        np.subtract(sizes, sums, out=part.imag)
        part *= np.float32(0.5)


def _sum_rows(block: FloatArray, per: int) -> FloatArray:
    if per == 1:
        return block
    full = len(block) // per
    total = np.empty((-(-len(block) // per), block.shape[1]), np.float32)
    groups = block[: full * per].reshape(full, per, block.shape[1])
    # A product with ones takes half the time of NumPy's sum.
    np.matmul(np.ones((1, per), np.float32), groups, out=total[:full, None])
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
