"""Initialisation and forward pass of a fully connected network: pure functions."""

import math
from functools import partial
from typing import Final

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, PRNGKeyArray

from core.network.jax.activations import activate
from core.values.network_spec import NetworkSpec

# The underscores tell jaxtyping that the sizes differ from layer to layer.
Layer = tuple[
    Float[Array, "_out_features _in_features"], Float[Array, " _out_features"]
]
Params = tuple[Layer, ...]

NARROW: Final = 16
"""From this many units on a layer is faster with the other order of its product."""


def weight_deviation(initializer: str, n_in: int, n_out: int) -> float:
    """Standard deviation that an initialiser draws weights with.

    He: sqrt(2 / n_in) (He et al. 2015). Glorot: sqrt(2 / (n_in + n_out)) (Glorot and
    Bengio 2010). LeCun: 1 / sqrt(n_in) (LeCun et al. 1998). normal: 1. zeros: 0.
    """
    return {
        "he": math.sqrt(2 / n_in),
        "glorot": math.sqrt(2 / (n_in + n_out)),
        "lecun": 1 / math.sqrt(n_in),
        "normal": 1.0,
        "zeros": 0.0,
    }[initializer]


@partial(jax.jit, static_argnames="spec")
def init_params(spec: NetworkSpec, key: PRNGKeyArray) -> Params:
    """Draw normal weights; biases are 0, but "normal" draws them too."""
    layers = []
    for (n_out, n_in), has_bias, layer_key in zip(
        spec.weight_shapes,
        spec.biases,
        jax.random.split(key, spec.n_layers),
        strict=True,
    ):
        weight_key, bias_key = jax.random.split(layer_key)
        deviation = jnp.float32(weight_deviation(spec.initializer, n_in, n_out))
        weights = deviation * jax.random.normal(weight_key, (n_out, n_in), jnp.float32)
        biases = jnp.zeros(n_out, jnp.float32)
        if spec.initializer == "normal" and has_bias:
            biases = jax.random.normal(bias_key, (n_out,), jnp.float32)
        layers.append((weights, biases))
    return tuple(layers)


def forward_trace(
    spec: NetworkSpec,
    params: Params,
    inputs: Float[Array, "batch in_features"],
    masks: tuple[Float[Array, "batch _units"], ...] = (),
) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """Evaluate a batch and keep every value; masks multiply the hidden activations.

    Returns:
        The pre-activations z = a W^T + b and the activations f(z) of each computed
        layer, (batch, out_features) each.
    """
    activation = inputs
    pre_activations = []
    activations = []
    for k, name in enumerate(spec.activations):
        z = _pre_activation(spec, params, k, activation)
        activation = activate(name, z)
        if k < len(masks):
            activation = activation * masks[k]
        pre_activations.append(z)
        activations.append(activation)
    return tuple(pre_activations), tuple(activations)


def _pre_activation(
    spec: NetworkSpec,
    params: Params,
    k: int,
    inputs: Float[Array, "batch in_features"],
) -> Float[Array, "batch out_features"]:
    """The affine map z = a W^T + b of params[k].

    Without biases nothing is added, so that their gradient is 0 and no optimiser
    moves them.
    """
    weights, biases = params[k]
    product: Array = inputs @ weights.T
    if len(biases) <= NARROW:
        # The barrier keeps the transpositions apart from the products, in the backward
        # pass too: so their narrow matrix is the left one, which costs XLA less time.
        product = jax.lax.optimization_barrier(weights @ inputs.T).T
    return product + biases[None] if spec.biases[k] else product


def output_logits(
    spec: NetworkSpec,
    params: Params,
    inputs: Float[Array, "batch in_features"],
    masks: tuple[Float[Array, "batch _units"], ...] = (),
) -> Float[Array, "batch classes"]:
    """Pre-activations of the output layer, which the losses start from.

    Masks, one for each hidden layer if there are any, multiply its activations.
    """
    activation = inputs
    for k, name in enumerate(spec.activations[:-1]):
        activation = activate(name, _pre_activation(spec, params, k, activation))
        if masks:
            activation = activation * masks[k]
    return _pre_activation(spec, params, spec.n_layers - 1, activation)


def forward(
    spec: NetworkSpec,
    params: Params,
    inputs: Float[Array, "batch in_features"],
) -> Float[Array, "batch classes"]:
    """Outputs of the network for a batch."""
    return activate(spec.activations[-1], output_logits(spec, params, inputs))
