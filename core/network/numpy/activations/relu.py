"""Rectified linear units (Nair and Hinton 2010) and their leaky form."""

import math
from typing import Final

import numpy as np

from core.network.numpy.activations.record import Activation
from core.network.numpy.array_functions import Array, ArrayFunctions
from core.network.numpy.kinks import Kink

LEAKY_SLOPE: Final = np.float32(0.01)


def _leaky(xp: ArrayFunctions, z: Array) -> Array:
    return xp.where(z > 0, z, LEAKY_SLOPE * z)


def _leaky_slope(xp: ArrayFunctions, z: Array, a: Array) -> Array:
    del a
    return xp.where(z > 0, 1, LEAKY_SLOPE).astype(z.dtype)


RELU: Final = Activation(
    name="relu",
    title="ReLU",
    formula="f(z) = max(0, z)",
    note="Passes on what is above 0. Its slope there is 1 however large z is, so deep "
    "networks learn; a unit that is 0 for every example learns nothing more.",
    latex=r"f(z) = \max(0, z)",
    slope_formula="f'(z) = 1 for z > 0, else 0",
    slope_latex=r"f'(z) = 1 \text{ for } z > 0, \text{ else } 0",
    function=lambda xp, z: xp.relu(z),
    slope=lambda xp, z, _a: xp.where(z > 0, 1, 0).astype(z.dtype),
    range=(0.0, math.inf),
    kinks=(Kink(0.0, 0.0),),
    can_die=True,
)
LEAKY_RELU: Final = Activation(
    name="leaky-relu",
    title="leaky ReLU",
    formula="f(z) = z for z > 0, else 0.01 z",
    note="A ReLU that lets a hundredth through below 0, so that no unit dies.",
    latex=r"f(z) = z \text{ for } z > 0, \text{ else } 0.01\, z",
    slope_formula="f'(z) = 1 for z > 0, else 0.01",
    slope_latex=r"f'(z) = 1 \text{ for } z > 0, \text{ else } 0.01",
    function=_leaky,
    slope=_leaky_slope,
    range=(-math.inf, math.inf),
    kinks=(Kink(0.0, float(LEAKY_SLOPE)),),
)
