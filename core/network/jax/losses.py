"""Losses of one example, from the output layer's pre-activations and labels or targets.

A batch has labels, (batch,) class numbers, or targets, (batch,
outputs) real numbers. Labels become targets first, for one computation.
"""

import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from core.network.jax.array_functions import JAX
from core.network.numpy import answers as meaning
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.answers import answers, are_finite
from core.network.numpy.losses.record import DEFAULT_RHO, Outputs
from core.network.numpy.losses.table import LOSSES

Labels = Int[Array, " batch"] | Float[Array, "batch outputs"]


def has_classes(labels: Labels) -> bool:
    """Whether they are class numbers, and not real-valued targets."""
    return jnp.issubdtype(labels.dtype, jnp.integer)


def targets(
    labels: Labels, n_outputs: int, output: str
) -> Float[Array, "batch outputs"]:
    """Target outputs: of classes those of `core.network.numpy.answers`."""
    if not has_classes(labels):
        return labels
    made: Array = meaning.targets(JAX, ACTIVATIONS[output], labels, n_outputs)
    return jnp.asarray(made, jnp.float32)


def example_losses(
    loss: str,
    output: str,
    logits: Float[Array, "batch outputs"],
    labels: Labels,
    *,
    rho: float = DEFAULT_RHO,
) -> Float[Array, " batch"]:
    """Loss of each example, summed over the outputs; rho belongs to some losses."""
    target = targets(labels, logits.shape[1], output)
    activation = ACTIVATIONS[output]
    form = LOSSES[loss].with_output(activation)
    terms = form.terms(Outputs(JAX, activation, logits, target, rho))
    total: Array = jnp.sum(terms, axis=1)
    return total if form.scale == 1 else total * form.scale


def share_right(
    logits: Float[Array, "batch outputs"],
    labels: Labels,
    weights: Float[Array, " batch"],
    output: str,
) -> Float[Array, ""]:
    """Weighted share of the examples that the network answers with their class.

    NaN where there are targets, which are never met exactly, and where what the network
    says of an example is not finite.
    """
    if not has_classes(labels):
        return jnp.full((), jnp.nan, jnp.float32)
    found = answers(JAX, ACTIVATIONS[output], logits)
    right = (found == labels).astype(jnp.float32)
    # Not the share of those that happen to be of class 0.
    right = jnp.where(are_finite(JAX, logits), right, jnp.nan)
    counted = jnp.where(weights > 0, right * weights, 0)
    share: Array = jnp.sum(counted) / jnp.sum(weights)
    return share
