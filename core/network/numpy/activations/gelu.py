"""The Gaussian error linear unit (Hendrycks and Gimpel 2016), in its exact form."""

import math
from typing import Final

from core.network.numpy.activations.record import Activation
from core.network.numpy.array_functions import Array, ArrayFunctions
from core.network.numpy.saturated import normal_density
from core.values.words import tr

_LOWEST: Final = -0.16997120747990369
"""Of f, at z = -0.7518."""


def _slope(xp: ArrayFunctions, z: Array) -> Array:
    return xp.normal_share(z) + z * normal_density(xp, z)


GELU: Final = Activation(
    name="gelu",
    title="GELU",
    formula=tr("f(z) = z Φ(z), Φ the share of a normal distribution below z"),
    note=tr(
        "A ReLU with a round corner, which dips a little below 0. It has a slope on "
        "both sides of 0, and is what transformers use."
    ),
    latex=r"f(z) = z\, \Phi(z)",
    slope_formula=tr("f'(z) = Φ(z) + z φ(z), φ the density of Φ"),
    slope_latex=r"f'(z) = \Phi(z) + \frac{z}{\sqrt{2 \pi}} e^{-\frac{z^2}{2}}",
    function=lambda xp, z: z * xp.normal_share(z),
    slope=_slope,
    range=(_LOWEST, math.inf),
    saturates=True,
    steepest=1.12891,
)
