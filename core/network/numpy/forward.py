"""The forward pass in NumPy, of one example or many, for whoever must answer at once.

The window runs the shown example through the newest snapshot with this, on the main
thread, so that a pen stroke needs no round trip through the training thread.
`core.network.jax.network` is the one that trains; tests hold the two together to 1e-6.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import FloatArray, HostParams, RealArray, RealParams
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.answers import answers, largest
from core.network.numpy.array_functions import NUMPY
from core.values.network_spec import NetworkSpec
from core.values.parameter import Unit

HeldActivations = Mapping[Unit, float]
"""Activations that are held at a value by the user."""
NOTHING_HELD: Final[HeldActivations] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Every value of one forward pass.

    Attributes:
        spec: of the network.
        inputs: (n_in,), the activations of layer 0.
        pre_activations: z = W a + b of each computed layer, (n_out,) each.
        activations: a = f(z) of each computed layer; the last one is the output.
    """

    spec: NetworkSpec
    inputs: FloatArray
    pre_activations: tuple[FloatArray, ...]
    activations: tuple[FloatArray, ...]

    @property
    def output(self) -> FloatArray:
        return self.activations[-1]

    @property
    def predicted(self) -> int:
        """The class that the network answers, or NO_ANSWER."""
        record = ACTIVATIONS[self.spec.activations[-1]]
        return int(answers(NUMPY, record, self.pre_activations[-1]))

    @property
    def strongest(self) -> int:
        """The output with the largest z, whether or not it is an answer."""
        return int(largest(NUMPY, self.pre_activations[-1]))

    def layer(self, layer: int) -> FloatArray:
        """Activations of layer 0 (the input) to n_layers."""
        return self.inputs if layer == 0 else self.activations[layer - 1]


def diverging() -> np.errstate:
    """Within it, what a network that has diverged computes is no error."""
    return np.errstate(over="ignore", invalid="ignore")


def activate(name: str, z: RealArray) -> RealArray:
    """Apply an activation to pre-activations; softmax over the last axis."""
    values: RealArray = ACTIVATIONS[name].function(NUMPY, z)
    return values


def activated(
    spec: NetworkSpec,
    layer: int,
    z: RealArray,
    held: HeldActivations = NOTHING_HELD,
) -> RealArray:
    """f(z) of a layer, (units,) or (units, columns), with what is held put in."""
    record = ACTIVATIONS[spec.activations[layer - 1]]
    if record.is_over_layer:
        values = record.function(NUMPY, z.T).T
    else:
        values = record.function(NUMPY, z)
    return hold(values, layer, held) if held else values


def run_layers(
    spec: NetworkSpec,
    params: RealParams,
    activation: RealArray,
    held: HeldActivations = NOTHING_HELD,
    *,
    first: int = 1,
    last: int | None = None,
) -> Iterator[tuple[RealArray, RealArray]]:
    """The forward pass: what comes into each layer, and the z that it makes of it.

    The weights of a run that diverged give infinities and no numbers: whoever runs
    them does so under `diverging()`.

    Args:
        spec: shape and activations.
        params: of all layers.
        activation: of the layer before `first`: (units,) of one example, or
            (units, columns) of one in each column.
        held: activations that do not follow from what comes in.
        first: where to begin.
        last: where to end; None is the output.

    Yields:
        Activations of the layer before and z, shaped like `activation`.
    """
    last = spec.n_layers if last is None else last
    activation = hold(activation, first - 1, held)
    for layer in range(first, last + 1):
        weights, biases = params[layer - 1]
        z: RealArray = weights @ activation
        z += biases if z.ndim == 1 else biases[:, None]
        yield activation, z
        if layer < last:
            activation = activated(spec, layer, z, held)


def layer_values(
    spec: NetworkSpec,
    params: RealParams,
    inputs: RealArray,
    held: HeldActivations = NOTHING_HELD,
) -> tuple[tuple[RealArray, ...], tuple[RealArray, ...]]:
    """Every z and every a of one example, in the precision of params and inputs."""
    with diverging():
        layers = run_layers(spec, params, inputs, held)
        coming_in, pre_activations = zip(*layers, strict=True)
        output = activated(spec, spec.n_layers, pre_activations[-1], held)
    return pre_activations, (*coming_in[1:], output)


def activations_at(
    spec: NetworkSpec, params: RealParams, inputs: RealArray, layer: int
) -> RealArray:
    """The activations of one layer alone; layer 0 is the input."""
    if layer == 0:
        return inputs
    with diverging():
        *_, (_, z) = run_layers(spec, params, inputs, last=layer)
        return activated(spec, layer, z)


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
    return Trace(spec, hold(inputs, 0, held), pre_activations, activations)
