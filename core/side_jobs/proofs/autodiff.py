"""dC/dparams of one example by JAX, in either precision; for the runner thread."""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from core.arrays import RealParams
from core.network.jax.activations import activate
from core.network.jax.losses import example_losses
from core.network.jax.network import Params, output_logits
from core.network.numpy.forward import HeldActivations
from core.platform.compiling import jit
from core.protocol.side_jobs.proofs import Precision, ProofTask
from core.values.network_spec import NetworkSpec

Held = tuple[tuple[int, int, float], ...]


class CostProgram(NamedTuple):
    """The values that determine the compiled program."""

    spec: NetworkSpec
    loss: str
    rho: float
    held: Held


def autodiff_gradient(task: ProofTask, precision: Precision) -> RealParams:
    """The gradient of the function that training differentiates, shaped like params.

    The higher precision is enabled for this call only: programs that were compiled
    without it, such as the training's, are not affected.
    """
    target = (
        np.asarray(task.target, precision)
        if task.label is None
        else np.int32(task.label)
    )
    with (
        jax.enable_x64(precision == "float64"),
        jax.default_device(jax.devices("cpu")[0]),
    ):
        params = jax.tree.map(
            lambda part: jnp.asarray(np.asarray(part, precision)), task.params
        )
        inputs = jnp.asarray(np.asarray(task.inputs, precision))
        gradient = _gradient(
            params,
            inputs[None],
            jnp.asarray(target)[None],
            CostProgram(task.spec, task.loss, task.rho, _as_held(task.held)),
        )
        return tuple((np.asarray(w), np.asarray(b)) for w, b in gradient)


def _as_held(held: HeldActivations) -> Held:
    """In a fixed order, so that the same held activations compile once."""
    return tuple(sorted((u.layer, u.unit, float(v)) for u, v in held.items()))


@partial(jit, static_argnames="program")
def _gradient(
    params: Params,
    inputs: Float[Array, "batch in_features"],
    target: Int[Array, " batch"] | Float[Array, "batch outputs"],
    program: CostProgram,
) -> Params:
    spec, loss, rho, held = program

    def cost(params: Params) -> Array:
        logits = (
            _held_logits(spec, params, inputs, held)
            if held
            else output_logits(spec, params, inputs)
        )
        losses = example_losses(loss, spec.activations[-1], logits, target, rho=rho)
        return jnp.sum(losses)

    gradient: Params = jax.grad(cost)(params)
    return gradient


def _held_logits(
    spec: NetworkSpec,
    params: Params,
    inputs: Float[Array, "batch in_features"],
    held: Held,
) -> Float[Array, "batch outputs"]:
    activation = _hold(inputs, 0, held)
    for layer, (weights, biases) in enumerate(params, start=1):
        z = activation @ weights.T + biases[None]
        if layer < spec.n_layers:
            activation = _hold(activate(spec.activations[layer - 1], z), layer, held)
    return z


def _hold(activation: Array, layer: int, held: Held) -> Array:
    for held_layer, unit, value in held:
        if held_layer == layer:
            activation = activation.at[:, unit].set(value)
    return activation
