"""A reading, folded into the first layer: the network then takes what the data give."""

import numpy as np

from core.arrays import FloatArray, HostParams
from core.files.foreign.description import Candidate
from core.readings.affine import is_own, of_received
from core.readings.sample import Sample
from core.readings.values import InputReading


def params_as_read(
    candidate: Candidate, reading: InputReading, sample: Sample
) -> HostParams:
    """The params of the same network for what Glassbox gives it of these data.

    W (a x + c) + b = (a W) x + (c times the sums of W's rows + b): the outputs are the
    same for every example.
    """
    first, *others = candidate.layers
    weight, bias = first.weight, first.bias
    if not is_own(reading, sample):
        weight, bias = _folded(weight, bias, reading, sample)
    return ((weight, bias), *((layer.weight, layer.bias) for layer in others))


def _folded(
    weight: FloatArray, bias: FloatArray, reading: InputReading, sample: Sample
) -> tuple[FloatArray, FloatArray]:
    exact = sample.arrangement.for_data(weight.astype(np.float64), reading)
    factor, offset = of_received(reading, sample)
    new_bias = bias + (exact * offset).sum(axis=1)
    return _frozen(exact * factor), _frozen(new_bias)


def _frozen(values: np.ndarray) -> FloatArray:
    converted = np.ascontiguousarray(values, np.float32)
    converted.setflags(write=False)
    return converted
