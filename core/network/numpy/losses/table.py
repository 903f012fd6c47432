"""All losses by name; a new one is a record and its place in here."""

from typing import Final

from core.network.numpy.activations.record import Activation
from core.network.numpy.losses.cross_entropy import CROSS_ENTROPY
from core.network.numpy.losses.errors import (
    ABSOLUTE_ERROR,
    HALF_SQUARED_ERROR,
    SQUARED_ERROR,
)
from core.network.numpy.losses.huber import HUBER
from core.network.numpy.losses.margin import MARGIN
from core.network.numpy.losses.record import Loss
from core.network.numpy.losses.sides import HINGE, PERCEPTRON

LOSSES: Final[dict[str, Loss]] = {
    record.name: record
    for record in (
        CROSS_ENTROPY,
        SQUARED_ERROR,
        HALF_SQUARED_ERROR,
        ABSOLUTE_ERROR,
        HUBER,
        HINGE,
        MARGIN,
        PERCEPTRON,
    )
}


def usual_loss(output: Activation) -> Loss:
    """The first one that fits an output."""
    return next(record for record in LOSSES.values() if record.fits(output))
