"""Softmax: the outputs of a layer as probabilities that add up to 1."""

from typing import Final

from core.network.numpy.activations.record import Activation
from core.network.numpy.array_functions import Array, ArrayFunctions
from core.network.numpy.saturated import rest_of_softmax
from core.values.words import tr


def _back(xp: ArrayFunctions, a: Array, gradient: Array) -> Array:
    """By the Jacobian da_i/dz_j = p_i ((i = j) - p_j): p_j (g_j - sum_i p_i g_i)."""
    return a * (gradient - xp.sum(a * gradient, axis=-1, keepdims=True))


SOFTMAX: Final = Activation(
    name="softmax",
    title="softmax",
    formula=tr("exp(z_i) / Σ exp(z_k): the outputs are probabilities, their sum 1"),
    note=tr(
        "The largest z takes most of the sum. Only differences between the z count."
    ),
    latex=r"p_i = \frac{e^{z_i}}{\sum_{k} e^{z_k}}",
    slope_formula="∂p_i/∂z_i = p_i (1 − p_i)",
    slope_latex=r"\frac{\partial p_i}{\partial z_i} = p_i (1 - p_i)",
    function=lambda xp, z: xp.softmax(z),
    slope=lambda xp, z: xp.softmax(z) * rest_of_softmax(xp, z),
    range=(0.0, 1.0),
    initializer="glorot",
    is_hidden=False,
    is_output=True,
    is_probability=True,
    back_through_layer=_back,
    steepest=0.25,
)
