"""Dropout: the hidden activations that a step sets to 0 (Srivastava et al. 2014)."""

import jax
from jaxtyping import Array, Float, Int

from core.training.program import Program

Masks = tuple[Float[Array, "batch _units"], ...]
"""A factor for each hidden activation: 0, or 1 / (1 - rate) where it is kept, so that
the expected value stays (inverted dropout). Empty for no dropout at all."""


def dropout_masks(
    program: Program,
    rate: Float[Array, ""],
    seed: Int[Array, ""],
    step: Int[Array, ""],
    batch_size: int,
) -> Masks:
    """The masks of one step: a function of seed and step, so that a replay is exact.

    Args:
        program: the masks are empty unless it has dropout.
        rate: share that is set to 0, from 0 to below 1.
        seed: of the run.
        step: steps taken before this one.
        batch_size: rows of each mask.
    """
    if not program.has_dropout:
        return ()
    key = jax.random.fold_in(jax.random.key(seed), step)
    sizes = program.spec.layer_sizes[1:-1]
    return tuple(
        jax.random.bernoulli(layer_key, 1 - rate, (batch_size, n)) / (1 - rate)
        for layer_key, n in zip(jax.random.split(key, len(sizes)), sizes, strict=True)
    )
