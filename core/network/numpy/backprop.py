"""The explicit backward pass of one example in NumPy, with every intermediate value.

The four equations are those of Rumelhart, Hinton and Williams (1986), in the notation
of Nielsen, "Neural Networks and Deep Learning" (2015), chapter 2: with delta = dC/dz,

    delta = dC/da * f'(z) for the output
    delta_l = (W_(l+1)^T delta_(l+1)) * f'(z_l) for the layers before
    dC/db = delta
    dC/dW = delta a_(l-1)^T

C is the cost of one example. Penalties on the weights (l1, l2) belong to the training
loss and not to an example, so they are not included. `core.training` differentiates the
same functions with JAX; tests hold the two together.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core.arrays import RealArray, RealParams
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.array_functions import NUMPY
from core.network.numpy.costs import scaled_terms
from core.network.numpy.forward import (
    NOTHING_HELD,
    HeldActivations,
    hold,
    layer_values,
)
from core.network.numpy.losses.record import DEFAULT_RHO, LossForm, Outputs
from core.network.numpy.losses.table import LOSSES
from core.values.network_spec import NetworkSpec


@dataclass(frozen=True, slots=True, eq=False)
class Backward:
    """Every value of one example's forward and backward pass.

    Tuples over layers begin with layer 1: layer k is at index k - 1.

    Attributes:
        inputs: (n_in,), the activations of layer 0.
        target: (n_out,) the target outputs.
        pre_activations: z of each layer.
        activations: a = f(z) of each layer.
        slopes: f'(z) of each layer; for softmax, whose derivative is a matrix, its
            diagonal p (1 - p).
        cost_terms: (n_out,) contribution of each output to the cost.
        activation_gradients: dC/da of each layer.
        deltas: dC/dz of each layer, which is dC/db too.
    """

    inputs: RealArray
    target: RealArray
    pre_activations: tuple[RealArray, ...]
    activations: tuple[RealArray, ...]
    slopes: tuple[RealArray, ...]
    cost_terms: RealArray
    activation_gradients: tuple[RealArray, ...]
    deltas: tuple[RealArray, ...]

    @property
    def cost(self) -> float:
        """C: the sum of its terms."""
        return float(np.sum(self.cost_terms, dtype=np.float64))

    def layer(self, layer: int) -> RealArray:
        """Activations of layer 0 (the input) to n_layers."""
        return self.inputs if layer == 0 else self.activations[layer - 1]

    def weight_gradient(self, layer: int) -> RealArray:
        """dC/dW = delta a^T of a layer, (n_out, n_in)."""
        gradient: RealArray = np.outer(self.deltas[layer - 1], self.layer(layer - 1))
        return gradient

    def unit_weight_gradient(self, layer: int, unit: int) -> RealArray:
        """One row of dC/dW: (n_in,)."""
        row: RealArray = self.deltas[layer - 1][unit] * self.layer(layer - 1)
        return row

    def gradient_of(self, layer: int, unit: int, source: int | None) -> float:
        """dC/dw of one weight, or dC/db with `source` None."""
        delta = self.deltas[layer - 1][unit]
        return float(delta if source is None else delta * self.layer(layer - 1)[source])


class _Ends(NamedTuple):
    terms: RealArray
    gradient: RealArray
    delta: RealArray


def backward_pass(  # noqa: PLR0913 - six what, one what if
    spec: NetworkSpec,
    loss: str,
    params: RealParams,
    inputs: RealArray,
    target: RealArray,
    *,
    rho: float = DEFAULT_RHO,
    held: HeldActivations = NOTHING_HELD,
) -> Backward:
    """Forward and backward pass of one example in the precision of `params`.

    Args:
        spec: shape and activations.
        loss: a name in core.network.numpy.losses.table.
        params: float32 or float64.
        inputs: (n_in,).
        target: (n_out,), see `target_of`; for softmax with cross-entropy it sums to 1.
        rho: margin at which the margin loss becomes 0.
        held: held activations of inputs and hidden units, which are not computed:
            their slope is 0, so nothing is propagated back through them.
    """
    dtype = params[0][0].dtype
    inputs, target = inputs.astype(dtype), target.astype(dtype)
    pre_activations, activations = layer_values(spec, params, inputs, held)
    with np.errstate(all="ignore"):
        slopes = tuple(
            _slope_unless_held(name, z, layer, held)
            for layer, (name, z) in enumerate(
                zip(spec.activations, pre_activations, strict=True), start=1
            )
        )
        activation = ACTIVATIONS[spec.activations[-1]]
        outputs = Outputs(
            NUMPY, activation, pre_activations[-1], target, rho, activations[-1]
        )
        form = LOSSES[loss].with_output(activation)
        terms, gradient, delta = _from_outputs(form, outputs, slopes[-1])
        gradients, deltas = [gradient], [delta]
        for layer in range(spec.n_layers - 1, 0, -1):
            gradients.insert(0, params[layer][0].T @ deltas[0])
            deltas.insert(0, gradients[0] * slopes[layer - 1])
    return Backward(
        hold(inputs, 0, held),
        target,
        pre_activations,
        activations,
        slopes,
        terms,
        tuple(gradients),
        tuple(deltas),
    )


def _slope_unless_held(
    name: str, z: RealArray, layer: int, held: HeldActivations
) -> RealArray:
    nothing = {unit: 0.0 for unit in held if unit.layer == layer}
    return hold(ACTIVATIONS[name].slope(NUMPY, z), layer, nothing)


def _from_outputs(form: LossForm, outputs: Outputs, slope: RealArray) -> _Ends:
    """Cost terms, dC/da and dC/dz of the output layer."""
    gradient = form.gradient(outputs)
    if form.delta is not None:
        delta = form.delta(outputs)
    else:
        delta = outputs.activation.delta(NUMPY, gradient, slope, outputs.a)
    dtype = outputs.z.dtype
    ends = (scaled_terms(form, outputs), gradient, delta)
    return _Ends(*(np.asarray(values, dtype) for values in ends))
