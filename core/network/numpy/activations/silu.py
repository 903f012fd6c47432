"""The sigmoid linear unit (Elfwing et al. 2017), also called Swish."""

import math
from typing import Final

from core.network.numpy.activations.record import Activation
from core.network.numpy.array_functions import Array, ArrayFunctions
from core.values.words import tr

_LOWEST: Final = -0.27846454276107379
"""Of f, at z = -1.2785."""


def _slope(xp: ArrayFunctions, z: Array) -> Array:
    return xp.sigmoid(z) * (1 + z * xp.sigmoid(-z))


SILU: Final = Activation(
    name="silu",
    title="SiLU",
    formula="f(z) = z / (1 + exp(−z))",
    note=tr(
        "A ReLU with a round corner: z times its own sigmoid. It dips below 0 and "
        "comes back, and has a slope on both sides of 0."
    ),
    latex=r"f(z) = \frac{z}{1 + e^{-z}}",
    slope_formula="f'(z) = s + a (1 − s), s = 1 / (1 + exp(−z))",
    slope_latex=r"f'(z) = s + a (1 - s),\ s = \frac{1}{1 + e^{-z}}",
    function=lambda xp, z: z * xp.sigmoid(z),
    slope=_slope,
    range=(_LOWEST, math.inf),
    saturates=True,
    steepest=1.09984,
    drawn_over=(-6.0, 4.0),
)
