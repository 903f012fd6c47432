"""What saturated functions leave, to the last digits: their slopes and tails.

Far out a rounds to its end, and what it still lacks of it cannot be computed from a.
It can from z, and each function here is written so that no digits cancel.
"""

import math
from typing import Final

from core.network.numpy.array_functions import Array, ArrayFunctions

_DENSITY: Final = 1 / math.sqrt(2 * math.pi)


def sigmoid_slope(xp: ArrayFunctions, z: Array) -> Array:
    """Sigmoid(z) sigmoid(-z), of which neither overflows nor rounds to 1."""
    falling = xp.exp(-xp.absolute(z))
    return falling / ((1 + falling) * (1 + falling))


def tanh_slope(xp: ArrayFunctions, z: Array) -> Array:
    """1 / cosh(z)^2, without a cosh that overflows."""
    return 4 * sigmoid_slope(xp, 2 * z)


def normal_density(xp: ArrayFunctions, z: Array) -> Array:
    """The density of a normal distribution."""
    return _DENSITY * xp.exp(-0.5 * z * z)


def rest_of_softmax(xp: ArrayFunctions, z: Array) -> Array:
    """1 - p of each output, over the last axis: the sum of what the others have."""
    p = xp.softmax(z)
    is_top = xp.arange(z.shape[-1]) == xp.argmax(p, axis=-1)[..., None]
    of_others = xp.sum(xp.where(is_top, 0, p), axis=-1, keepdims=True)
    # No other p is above a half, so that its 1 - p has all its digits.
    return xp.where(is_top, of_others, 1 - p)
