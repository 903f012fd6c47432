"""An output as text and as a bar: its figure, and the range that a bar spans."""

import numpy as np

from core.arrays import FloatArray
from core.network.numpy.activations.table import ACTIVATIONS
from gui.style import number_format


def output_range(activation: str, values: FloatArray) -> tuple[float, float]:
    """The range of the bars: the range of the activation.

    An output without bounds spans its own largest size instead.
    """
    record = ACTIVATIONS[activation]
    if record.is_bounded:
        return record.range
    finite = values[np.isfinite(values)]
    largest = float(np.max(np.abs(finite), initial=0.0)) or 1.0
    return -largest, largest


def figure(activation: str, value: float) -> str:
    """The number beside a bar: a percentage where the outputs sum to 1."""
    if ACTIVATIONS[activation].is_over_layer and np.isfinite(value):
        return number_format.percent(value, 1)
    return number_format.fixed(value, 3)
