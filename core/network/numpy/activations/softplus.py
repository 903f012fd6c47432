"""Softplus (Dugas et al. 2000) with beta 1: the smooth form of the ReLU."""

import math
from typing import Final

from core.network.numpy.activations.record import Activation
from core.values.words import tr

SOFTPLUS: Final = Activation(
    name="softplus",
    title="softplus",
    formula="f(z) = ln(1 + exp(z))",
    note=tr("A ReLU without a corner, always above 0. Its slope is the sigmoid of z."),
    latex=r"f(z) = \ln(1 + e^z)",
    slope_formula="f'(z) = 1 / (1 + exp(−z))",
    slope_latex=r"f'(z) = \frac{1}{1 + e^{-z}}",
    function=lambda xp, z: xp.softplus(z),
    slope=lambda xp, z: xp.sigmoid(z),
    range=(0.0, math.inf),
    saturates=True,
)
