"""Losses of one example, from the output layer's pre-activations and the label."""

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from core.activations import activate


def targets(
    labels: Int[Array, " batch"], n_classes: int, output: str
) -> Float[Array, "batch classes"]:
    """Wished outputs: 1 for the true class and 0 (tanh: -1) for the others."""
    one_hot = jax.nn.one_hot(labels, n_classes, dtype=jnp.float32)
    return 2 * one_hot - 1 if output == "tanh" else one_hot


def example_losses(
    loss: str,
    output: str,
    logits: Float[Array, "batch classes"],
    labels: Int[Array, " batch"],
) -> Float[Array, " batch"]:
    """Loss of each example.

    "cross-entropy" with softmax: -log p of the true class, in nats; with sigmoid:
    the binary cross-entropy, summed over the outputs. "squared-error": the sum over
    the outputs of (a - target)^2; "half-squared-error": half of that.
    """
    if loss in ("squared-error", "half-squared-error"):
        difference = activate(output, logits) - targets(labels, logits.shape[1], output)
        total = jnp.sum(difference**2, axis=1)
        return total / 2 if loss == "half-squared-error" else total
    if loss != "cross-entropy":
        msg = f"unknown loss {loss!r}"
        raise ValueError(msg)
    wished = targets(labels, logits.shape[1], output)
    if output == "softmax":
        return -jnp.sum(wished * jax.nn.log_softmax(logits), axis=1)
    signed = jnp.where(wished > 0, logits, -logits)
    return -jnp.sum(jax.nn.log_sigmoid(signed), axis=1)
