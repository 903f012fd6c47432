"""Losses of one example, from the output layer's pre-activations and labels or targets.

A batch has labels, (batch,) class numbers, or targets, (batch,
outputs) real numbers. Labels become targets first, for one computation.
"""

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from core.network.jax.activations import activate
from core.network.jax.margin_losses import (
    hinge_losses,
    perceptron_losses,
    softmax_margin_losses,
)
from core.network.numpy.margin_losses import DEFAULT_RHO

Labels = Int[Array, " batch"] | Float[Array, "batch outputs"]


def has_classes(labels: Labels) -> bool:
    """Whether they are class numbers, and not real-valued targets."""
    return jnp.issubdtype(labels.dtype, jnp.integer)


def targets(
    labels: Labels, n_outputs: int, output: str
) -> Float[Array, "batch outputs"]:
    """Target outputs: 1 for the true class and 0 (tanh: -1) for the others."""
    if not has_classes(labels):
        return labels
    one_hot = jax.nn.one_hot(labels, n_outputs, dtype=jnp.float32)
    return 2 * one_hot - 1 if output == "tanh" else one_hot


def example_losses(
    loss: str,
    output: str,
    logits: Float[Array, "batch outputs"],
    labels: Labels,
    *,
    rho: float = DEFAULT_RHO,
) -> Float[Array, " batch"]:
    """Loss of each example.

    "cross-entropy" with softmax: -log p of the true class, in nats; with sigmoid:
    the binary cross-entropy, summed over the outputs. "squared-error": the sum over
    the outputs of (a - target)^2; "half-squared-error": half of that.
    "absolute-error": the sum of |a - target|. "hinge", "perceptron" and "margin": see
    `core.network.jax.margin_losses`; rho belongs to the last one.
    """
    if loss in ("squared-error", "half-squared-error"):
        difference = activate(output, logits) - targets(labels, logits.shape[1], output)
        total = jnp.sum(difference**2, axis=1)
        return total / 2 if loss == "half-squared-error" else total
    target = targets(labels, logits.shape[1], output)
    if loss == "absolute-error":
        return jnp.sum(jnp.abs(activate(output, logits) - target), axis=1)
    if loss == "hinge":
        return hinge_losses(logits, target > 0)
    if loss == "perceptron":
        return perceptron_losses(logits, target > 0)
    if loss == "margin":
        return softmax_margin_losses(logits, target > 0, rho)
    if loss != "cross-entropy":
        msg = f"unknown loss {loss!r}"
        raise ValueError(msg)
    if output == "softmax":
        return -jnp.sum(target * jax.nn.log_softmax(logits), axis=1)
    terms = target * jax.nn.log_sigmoid(logits)
    terms += (1 - target) * jax.nn.log_sigmoid(-logits)
    return -jnp.sum(terms, axis=1)


def share_right(
    logits: Float[Array, "batch outputs"],
    labels: Labels,
    weights: Float[Array, " batch"],
) -> Float[Array, ""]:
    """Weighted share of the examples whose largest output is that of their class.

    NaN where there are targets, which are never met exactly.
    """
    if not has_classes(labels):
        return jnp.full((), jnp.nan, jnp.float32)
    right = (jnp.argmax(logits, axis=1) == labels).astype(jnp.float32)
    share: Array = jnp.sum(right * weights) / jnp.sum(weights)
    return share
