"""Edges whose units share a row become one line; signs are pooled apart."""

import numpy as np

from core.network_spec import FloatArray
from gui.network_picture.fan_transform import InkArray

_CHUNK = 1 << 17
"""Values that are pooled at a time, so that the passes stay in the cache."""


def pooled_ink(values: FloatArray, to_a_row: tuple[int, int], out: InkArray) -> None:
    """Sum the positive and the negative values of each block of edges.

    Args:
        values: (n_out, n_in), one value an edge.
        to_a_row: units that share a row at the (target, source) column.
        out: (target rows, source rows); real: sum of the positive values, imaginary:
            of the sizes of the negative ones.
    """
    per_target, per_source = to_a_row
    rows = max(1, _CHUNK // values.shape[1])
    for first in range(0, len(out), rows):
        part = out[first : first + rows]
        block = values[first * per_target : (first + len(part)) * per_target]
        positive = np.maximum(block, np.float32(0))
        part.real = _summed(positive, per_target, per_source)
        positive -= block
        part.imag = _summed(positive, per_target, per_source)


def _summed(block: FloatArray, per_target: int, per_source: int) -> FloatArray:
    if per_target > 1:
        block = _sum_rows(block, per_target)
    if per_source > 1:
        starts = range(per_source)
        width = -(-block.shape[1] // per_source)
        total = np.zeros((len(block), width), np.float32)
        for start in starts:
            part = block[:, start::per_source]
            total[:, : part.shape[1]] += part
        return total
    return block


def _sum_rows(block: FloatArray, per_target: int) -> FloatArray:
    total = np.array(block[0::per_target])
    for start in range(1, per_target):
        part = block[start::per_target]
        total[: len(part)] += part
    return total
