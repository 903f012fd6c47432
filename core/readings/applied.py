"""A reading, folded into the first layer: the network then takes 0 to 1, upright."""

import numpy as np

from core.arrays import FloatArray, HostParams
from core.files.foreign.description import Candidate
from core.readings.sample import Sample, transposed
from core.readings.values import SCALINGS, STANDARDISED, InputReading


def params_as_read(
    candidate: Candidate, reading: InputReading, sample: Sample | None
) -> HostParams:
    """The params of the same network for Glassbox's own inputs.

    W (a x + c) + b = (a W) x + (c times the sums of W's rows + b): the outputs are the
    same for every example.
    """
    first, *others = candidate.layers
    weight, bias = first.weight, first.bias
    if not reading.is_own:
        weight, bias = _folded(weight, bias, reading, sample)
    return ((weight, bias), *((layer.weight, layer.bias) for layer in others))


def _folded(
    weight: FloatArray, bias: FloatArray, reading: InputReading, sample: Sample | None
) -> tuple[FloatArray, FloatArray]:
    exact = weight.astype(np.float64)
    if reading.transposed and sample is not None:
        exact = transposed(exact, sample.shape)
    if reading.scaling == STANDARDISED and sample is not None:
        factor: float | np.ndarray = 1 / sample.deviation
        offset: float | np.ndarray = -sample.mean / sample.deviation
        if reading.inverted:
            factor, offset = -factor, -offset
    else:
        factor, offset = SCALINGS[reading.scaling]
        if reading.inverted:
            factor, offset = -factor, factor + offset
    new_bias = bias + (exact * offset).sum(axis=1)
    return _frozen(exact * factor), _frozen(new_bias)


def _frozen(values: np.ndarray) -> FloatArray:
    converted = np.ascontiguousarray(values, np.float32)
    converted.setflags(write=False)
    return converted
