"""The exponential linear unit (Clevert et al. 2015) with alpha 1."""

import math
from typing import Final

from core.network.numpy.activations.record import Activation
from core.network.numpy.array_functions import Array, ArrayFunctions
from core.values.words import tr


def _below(xp: ArrayFunctions, z: Array) -> Array:
    # What is above 0 is left out first, so that it cannot overflow.
    return xp.where(z > 0, 0, z)


def _function(xp: ArrayFunctions, z: Array) -> Array:
    return xp.where(z > 0, z, xp.expm1(_below(xp, z)))


def _slope(xp: ArrayFunctions, z: Array) -> Array:
    return xp.exp(_below(xp, z))


ELU: Final = Activation(
    name="elu",
    title="ELU",
    formula=tr("f(z) = z for z > 0, else exp(z) − 1"),
    note=tr(
        "Straight above 0 and bent towards −1 below it, without a corner: its mean is "
        "nearer to 0 than a ReLU's."
    ),
    latex=r"f(z) = z \text{ for } z > 0, \text{ else } e^z - 1",
    slope_formula=tr("f'(z) = 1 for z > 0, else exp(z)"),
    slope_latex=r"f'(z) = 1 \text{ for } z > 0, \text{ else } e^z",
    function=_function,
    slope=_slope,
    range=(-1.0, math.inf),
    saturates=True,
)
