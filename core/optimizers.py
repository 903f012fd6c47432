"""Optimisers from optax, without their learning rate.

The rate is a number that changes while training, so it multiplies the direction that
an optimiser gives: params - learning_rate * direction. Changing it never recompiles.
"""

from typing import Final

import optax

MOMENTUM: Final = 0.9


def direction_of(optimizer: str) -> optax.GradientTransformation:
    """The named optimiser with learning rate 1 and the sign of the gradient.

    "sgd": g. "momentum": v = 0.9 v + g. "adam": m / (sqrt(v) + 1e-8), bias-corrected,
    with the decays 0.9 and 0.999 (Kingma and Ba 2015).
    """
    if optimizer == "sgd":
        return optax.identity()
    if optimizer == "momentum":
        return optax.trace(decay=MOMENTUM)
    if optimizer == "adam":
        return optax.scale_by_adam()
    msg = f"unknown optimizer {optimizer!r}"
    raise ValueError(msg)
