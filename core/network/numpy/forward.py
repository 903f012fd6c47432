"""Forward pass of one example in NumPy, for immediate results.

The window runs the shown example through the newest snapshot with this, on the main
thread, so that a pen stroke needs no round trip through the training thread.
`core.network.jax.network` is the one that trains; tests hold the two together to 1e-6.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import FloatArray, HostParams, RealArray, RealParams
from core.values.network_spec import NetworkSpec
from core.values.parameter import Unit

HeldActivations = Mapping[Unit, float]
"""Activations that are held at a value by the user."""
NOTHING_HELD: Final[HeldActivations] = {}

LEAKY_SLOPE = np.float32(0.01)


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Every value of one forward pass.

    Attributes:
        inputs: (n_in,), the activations of layer 0.
        pre_activations: z = W a + b of each computed layer, (n_out,) each.
        activations: a = f(z) of each computed layer; the last one is the output.
    """

    inputs: FloatArray
    pre_activations: tuple[FloatArray, ...]
    activations: tuple[FloatArray, ...]

    @property
    def output(self) -> FloatArray:
        return self.activations[-1]

    @property
    def predicted(self) -> int:
        """The class with the largest output."""
        return int(np.argmax(self.output))

    def layer(self, layer: int) -> FloatArray:
        """Activations of layer 0 (the input) to n_layers."""
        return self.inputs if layer == 0 else self.activations[layer - 1]


def _leaky_relu(z: RealArray) -> RealArray:
    return np.where(z > 0, z, LEAKY_SLOPE * z)


def _sigmoid(z: RealArray) -> RealArray:
    # With tanh, which cannot overflow, unlike exp(-z).
    half = np.float32(0.5)
    values: RealArray = half * (np.tanh(half * z) + np.float32(1))
    return values


def _softmax(z: RealArray) -> RealArray:
    exponentials = np.exp(z - np.max(z, axis=-1, keepdims=True))
    values: RealArray = exponentials / np.sum(exponentials, axis=-1, keepdims=True)
    return values


def _relu(z: RealArray) -> RealArray:
    return np.maximum(z, np.float32(0))


def _tanh(z: RealArray) -> RealArray:
    return np.tanh(z)


def _step(z: RealArray) -> RealArray:
    return np.where(z > 0, 1, 0).astype(z.dtype)


def _identity(z: RealArray) -> RealArray:
    return z


_ACTIVATIONS: Final[Mapping[str, Callable[[RealArray], RealArray]]] = {
    "relu": _relu,
    "leaky-relu": _leaky_relu,
    "sigmoid": _sigmoid,
    "tanh": _tanh,
    "softmax": _softmax,
    "identity": _identity,
    "step": _step,
}


def activate(name: str, z: RealArray) -> RealArray:
    """Apply an activation to pre-activations; softmax over the last axis."""
    return _ACTIVATIONS[name](z)


def layer_values(
    spec: NetworkSpec,
    params: RealParams,
    inputs: RealArray,
    held: HeldActivations = NOTHING_HELD,
) -> tuple[tuple[RealArray, ...], tuple[RealArray, ...]]:
    """Every z and every a of one example, in the precision of params and inputs.

    The weights of a diverged run give infinities and NaN without a warning.
    """
    activation = hold(inputs, 0, held)
    pre_activations = []
    activations: list[RealArray] = []
    with np.errstate(over="ignore", invalid="ignore"):
        for name, (weights, biases) in zip(spec.activations, params, strict=True):
            z = weights @ activation + biases
            activation = hold(activate(name, z), len(activations) + 1, held)
            pre_activations.append(z)
            activations.append(activation)
    return tuple(pre_activations), tuple(activations)


def hold(activation: RealArray, layer: int, held: HeldActivations) -> RealArray:
    """Activations of a layer with the held ones inserted; a copy if any is held."""
    units = [unit for unit in held if unit.layer == layer]
    if units:
        activation = activation.copy()
        for unit in units:
            activation[unit.unit] = held[unit]
    return activation


def forward_trace(
    spec: NetworkSpec,
    params: HostParams,
    inputs: FloatArray,
    held: HeldActivations = NOTHING_HELD,
) -> Trace:
    """Evaluate one example, (n_in,) float32, and keep every z and a."""
    pre_activations, activations = layer_values(spec, params, inputs, held)
    return Trace(hold(inputs, 0, held), pre_activations, activations)
