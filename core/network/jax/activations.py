"""Activation functions f of a = f(z), applied to a batch of pre-activations."""

from collections.abc import Callable, Mapping
from typing import Final

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from core.network.numpy.forward import LEAKY_SLOPE

Activation = Callable[[Array], Array]


def _identity(z: Array) -> Array:
    return z


def _leaky_relu(z: Array) -> Array:
    return jnp.where(z > 0, z, LEAKY_SLOPE * z)


def _step(z: Array) -> Array:
    return (z > 0).astype(z.dtype)


def _sigmoid(z: Array) -> Array:
    return jax.nn.sigmoid(z)


ACTIVATIONS: Final[Mapping[str, Activation]] = {
    "relu": jax.nn.relu,
    "leaky-relu": _leaky_relu,
    "sigmoid": _sigmoid,
    "tanh": jnp.tanh,
    "softmax": jax.nn.softmax,
    "identity": _identity,
    "step": _step,
}


def activate(
    name: str, z: Float[Array, "*batch units"]
) -> Float[Array, "*batch units"]:
    """Apply the named activation; softmax is taken over the last axis.

    ReLU is max(z, 0) with derivative 0 at 0, leaky ReLU has slope 0.01 below 0.
    The step is 1 for z > 0 and else 0, with derivative 0.
    """
    return ACTIVATIONS[name](z)
