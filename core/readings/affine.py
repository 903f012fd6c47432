"""A reading's scaling as a factor and an offset of the sample's numbers."""

import numpy as np

from core.arrays import DoubleArray
from core.readings.sample import Sample
from core.readings.values import (
    COLOUR_SCALINGS,
    COLOURS_STANDARDISED,
    COLUMNS_TO_ONE,
    FITTED,
    SCALINGS,
    InputReading,
)

Numbers = float | DoubleArray


def affine(reading: InputReading, sample: Sample) -> tuple[Numbers, Numbers]:
    """Factor and offset, one for all inputs or (n_in,) in the order of the data."""
    if reading.scaling in FITTED:
        mean, deviation = sample.mean, sample.deviation
        if reading.scaling == COLOURS_STANDARDISED:
            mean, deviation = sample.by_colour
        elif reading.scaling == COLUMNS_TO_ONE:
            mean, deviation = sample.ends
        sign = -1.0 if reading.inverted else 1.0
        return sign / deviation, -sign * mean / deviation
    factor, offset = _constants(reading.scaling, sample)
    if reading.inverted:
        return -factor, factor + offset
    return factor, offset


def _constants(scaling: str, sample: Sample) -> tuple[Numbers, Numbers]:
    if scaling in COLOUR_SCALINGS:
        spread = sample.arrangement.spread
        means, deviations = (spread(np.array(v)) for v in COLOUR_SCALINGS[scaling])
        return 1 / deviations, -means / deviations
    return SCALINGS.get(scaling, (1.0, 0.0))


def of_received(reading: InputReading, sample: Sample) -> tuple[Numbers, Numbers]:
    """The same of what the network receives of the data set."""
    factor, offset = affine(reading, sample)
    received = sample.received
    if np.isscalar(received.factor) and (received.factor, received.offset) == (1, 0):
        return factor, offset
    return factor * received.factor, factor * received.offset + offset


def is_own(reading: InputReading, sample: Sample) -> bool:
    """Whether a network of that reading takes what the data set gives."""
    factor, offset = of_received(reading, sample)
    is_same = np.allclose(factor, 1, rtol=0, atol=1e-9) and np.allclose(
        offset, 0, rtol=0, atol=1e-9
    )
    return bool(is_same) and sample.arrangement.is_own(reading)
