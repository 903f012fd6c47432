"""Activation functions of a batch in JAX."""

from jaxtyping import Array, Float

from core.network.jax.array_functions import JAX
from core.network.numpy.activations.table import ACTIVATIONS


def activate(
    name: str, z: Float[Array, "*batch units"]
) -> Float[Array, "*batch units"]:
    """Apply the named activation; softmax is taken over the last axis."""
    values: Array = ACTIVATIONS[name].function(JAX, z)
    return values
