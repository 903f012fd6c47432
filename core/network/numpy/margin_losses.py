"""The margin losses in NumPy, term by term, with their derivatives.

A target above 0 marks a true class, t = 1, any other
t = -1. Each function takes pre-activations z, (n_out,), in float32 or float64.
"""

from typing import Final

import numpy as np

from core.arrays import RealArray
from core.network.numpy.forward import activate

DEFAULT_RHO: Final = 0.5
"""Default margin at which the margin loss becomes 0."""
LOSSES: Final = ("hinge", "perceptron", "margin")


def margin_terms(loss: str, z: RealArray, target: RealArray, rho: float) -> RealArray:
    """The contribution of each output to C; a softmax margin's is at the true class."""
    if loss == "margin":
        m = softmax_margin(activate("softmax", z), target)
        value = 1 if m <= 0 else max(0, 1 - m / rho)
        return np.where(target > 0, value, 0).astype(z.dtype)
    margins = np.where(target > 0, z, -z)
    reach = 1 if loss == "hinge" else 0
    terms: RealArray = np.maximum(reach - margins, 0).astype(z.dtype)
    return terms


def margin_gradient(
    loss: str, z: RealArray, target: RealArray, rho: float
) -> RealArray:
    """dC/da; the perceptron's, whose step has no slope, is dC/dz.

    Hinge: -t where t z < 1. Perceptron: -t where t z <= 0. Margin: -1 / rho for the
    true class and 1 / rho for the largest other where 0 < m < rho. Else 0.
    """
    sign = np.where(target > 0, 1, -1).astype(z.dtype)
    if loss != "margin":
        counts = sign * z < 1 if loss == "hinge" else sign * z <= 0
        wishes: RealArray = np.where(counts, -sign, 0).astype(z.dtype)
        return wishes
    p = activate("softmax", z)
    gradient = np.zeros_like(z)
    if 0 < softmax_margin(p, target) < rho:
        gradient[np.argmax(target)] = -1 / rho
        gradient[rival_of(p, target)] = 1 / rho
    return gradient


def softmax_margin(p: RealArray, target: RealArray) -> float:
    """Margin m = p of the true class - the largest other p; 0 with a single output."""
    true = float(p[np.argmax(target)])
    return true - float(p[rival_of(p, target)]) if len(p) > 1 else 0.0


def rival_of(p: RealArray, target: RealArray) -> int:
    """The class, not the true one, with the largest output."""
    return int(np.argmax(np.where(target > 0, -1, p)))


def margin_side(loss: str, z: RealArray, target: RealArray, rho: float) -> bytes:
    """The piece of the loss for each output: there is no derivative between two."""
    if loss == "margin":
        p = activate("softmax", z)
        m = softmax_margin(p, target)
        return bytes((m > 0, m > rho)) + rival_of(p, target).to_bytes(8)
    margins = np.where(target > 0, z, -z)
    return bytes((margins > (1 if loss == "hinge" else 0)).tobytes())
