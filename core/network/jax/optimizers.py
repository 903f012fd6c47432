"""Optimisers from optax, without their learning rate.

The rate is a number that changes while training, so it multiplies the direction that
an optimiser gives: params - learning_rate * direction. Changing it, or any of an
optimiser's own numbers, never recompiles.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

import jax
import jax.numpy as jnp
import optax
from jaxtyping import Array, Float

from core.descriptions.optimizers import OPTIMIZERS
from core.network.jax.network import Params

Number = float | Float[Array, ""]


class OptimizerNumbers(NamedTuple):
    """The settings of optimisers besides the learning rate; the defaults are PyTorch's.

    Attributes:
        momentum: mu of both forms of momentum, and of Nesterov's.
        beta1: share of Adam's first moment that stays.
        beta2: share of Adam's second moment that stays.
        rms_decay: share of RMSProp's mean square that stays.
        epsilon: avoids a division by 0. PyTorch's AdaGrad has 1e-10.
        weight_decay: lambda of AdamW and of averaging momentum.
    """

    momentum: Number = 0.9
    beta1: Number = 0.9
    beta2: Number = 0.999
    rms_decay: Number = 0.99
    epsilon: Number = 1e-8
    weight_decay: Number = 0.01


DEFAULT_NUMBERS: Final = OptimizerNumbers()

_OPTAX_NAMES: Final[Mapping[str, str]] = {
    "velocity": "trace",
    "mean": "ema",
    "squares": "sum_of_squares",
    "first_moment": "mu",
    "second_moment": "nu",
}


def direction_of(
    optimizer: str, numbers: OptimizerNumbers = DEFAULT_NUMBERS
) -> optax.GradientTransformation:
    """The named optimiser with learning rate 1 and the sign of the gradient.

    `core.descriptions.optimizers` has the formulas. Momentum is Polyak's (1964),
    Nesterov's in the form of Sutskever et al. (2013) as PyTorch writes it; AdaGrad:
    Duchi et al. (2011); RMSProp: Tieleman and Hinton (2012); Adam: Kingma and Ba
    (2015); AdamW: Loshchilov and Hutter (2019).

    Raises:
        ValueError: there is no such optimiser.
    """
    if optimizer == "sgd":
        return optax.identity()
    if optimizer in ("momentum", "nesterov"):
        return optax.trace(numbers.momentum, nesterov=optimizer == "nesterov")
    if optimizer == "averaged-momentum":
        mean = optax.ema(numbers.momentum, debias=False)
        return optax.chain(mean, _weight_decay(numbers))
    if optimizer == "adagrad":
        return _adagrad(numbers.epsilon)
    if optimizer == "rmsprop":
        return optax.scale_by_rms(numbers.rms_decay, numbers.epsilon, eps_in_sqrt=False)
    if optimizer not in ("adam", "adamw"):
        msg = f"unknown optimiser {optimizer!r}"
        raise ValueError(msg)
    adam = optax.scale_by_adam(numbers.beta1, numbers.beta2, numbers.epsilon)
    if optimizer == "adam":
        return adam
    return optax.chain(adam, _weight_decay(numbers))


def state_trees(optimizer: str, opt_state: optax.OptState) -> dict[str, Params]:
    """The states of an optimiser by name, each shaped like params."""
    return {
        state.name: optax.tree_utils.tree_get(opt_state, _OPTAX_NAMES[state.name])
        for state in OPTIMIZERS[optimizer].states
    }


def _weight_decay(numbers: OptimizerNumbers) -> optax.GradientTransformation:
    """Adds lambda * w to the direction of each weight, not of the biases."""

    def only_weights(params: Params) -> tuple[tuple[bool, bool], ...]:
        return tuple((True, False) for _ in params)

    return optax.add_decayed_weights(numbers.weight_decay, mask=only_weights)


def _adagrad(epsilon: Number) -> optax.GradientTransformation:
    """AdaGrad with epsilon beside the root; optax has it inside."""

    def init(params: Params) -> optax.ScaleByRssState:
        return optax.ScaleByRssState(jax.tree.map(jnp.zeros_like, params))

    def update(
        gradient: Params, state: optax.ScaleByRssState, params: Params | None = None
    ) -> tuple[Params, optax.ScaleByRssState]:
        del params
        squares = jax.tree.map(lambda g, s: s + g**2, gradient, state.sum_of_squares)
        direction = jax.tree.map(
            lambda g, s: g / (jnp.sqrt(s) + epsilon), gradient, squares
        )
        return direction, optax.ScaleByRssState(squares)

    return optax.GradientTransformation(init, update)
