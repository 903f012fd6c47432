"""Losses of a margin, in JAX: hinge, perceptron, margin of the softmax.

The margin of one output is t z with t = 1 for the true class and -1 for the others; the
margin of a softmax is m = p_c - the largest other p, with c the true class.
"""

import jax
import jax.numpy as jnp
from jaxtyping import Array, Bool, Float


def hinge_losses(
    z: Float[Array, "batch outputs"], target: Bool[Array, "batch outputs"]
) -> Float[Array, " batch"]:
    """max(0, 1 - t z), summed over the outputs (Cortes and Vapnik 1995)."""
    margins = jnp.where(target, z, -z)
    # At the kink itself the slope is 0, as in `core.network.numpy.backprop`.
    return jnp.sum(jnp.where(margins < 1, 1 - margins, 0), axis=1)


def perceptron_losses(
    z: Float[Array, "batch outputs"], target: Bool[Array, "batch outputs"]
) -> Float[Array, " batch"]:
    """max(0, -t z), summed over the outputs.

    Its gradient at t z = 0 is that of a wrong output, so that steps of gradient
    descent at rate 1 on one example are Rosenblatt's rule (1958): w + t x for each
    output that is not right.
    """
    margins = jnp.where(target, z, -z)
    return jnp.sum(jnp.where(margins <= 0, -margins, 0), axis=1)


def softmax_margin_losses(
    z: Float[Array, "batch outputs"], target: Bool[Array, "batch outputs"], rho: float
) -> Float[Array, " batch"]:
    """1 for m <= 0, 1 - m / rho up to rho, 0 beyond."""
    p = jax.nn.softmax(z)
    true = jnp.sum(jnp.where(target, p, 0), axis=1)
    other = jnp.take_along_axis(
        p, jnp.argmax(jnp.where(target, -1, p), axis=1)[:, None], axis=1
    )[:, 0]
    # A network with a single output has no other one, so its margin is 0.
    other = other if z.shape[1] > 1 else true
    m = true - other
    slanted = jnp.where((m > 0) & (m < rho), 1 - m / rho, 0)
    return jnp.where(m <= 0, 1, slanted).astype(z.dtype)
