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
from typing import Final

import numpy as np

from core.arrays import RealArray, RealParams
from core.network.numpy.forward import (
    LEAKY_SLOPE,
    NOTHING_HELD,
    HeldActivations,
    activate,
    hold,
    layer_values,
)
from core.network.numpy.margin_losses import DEFAULT_RHO, margin_gradient, margin_terms
from core.network.numpy.margin_losses import LOSSES as MARGIN_LOSSES
from core.values.network_spec import NetworkSpec

FUSED_LOSS: Final = "cross-entropy"
"""The loss whose delta is output minus target: the output's slope cancels."""


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


def target_of(label: int, n_outputs: int, output: str) -> RealArray:
    """Target outputs: 1 for the true class and 0 (tanh: -1) for the others."""
    target = np.full(n_outputs, -1 if output == "tanh" else 0, np.float32)
    target[label] = 1
    return target


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
        loss: one of core.experiment.rules.LOSSES.
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
            _slope_unless_held(name, z, a, layer, held)
            for layer, (name, z, a) in enumerate(
                zip(spec.activations, pre_activations, activations, strict=True),
                start=1,
            )
        )
        z, output = pre_activations[-1], activations[-1]
        terms = cost_terms(loss, spec.activations[-1], z, target, rho=rho)
        wish = (
            margin_gradient(loss, z, target, rho)
            if loss in MARGIN_LOSSES
            else output_gradient(loss, spec.activations[-1], output, target)
        )
        gradients = [wish]
        deltas = [
            output_delta(loss, spec.activations[-1], wish, output, target, slopes[-1])
        ]
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
    name: str, z: RealArray, a: RealArray, layer: int, held: HeldActivations
) -> RealArray:
    nothing = {unit: 0.0 for unit in held if unit.layer == layer}
    return hold(slope(name, z, a), layer, nothing)


def slope(name: str, z: RealArray, a: RealArray) -> RealArray:
    """f'(z), from a = f(z) where that is simpler; the diagonal for softmax.

    ReLU has derivative 0 at 0 and leaky ReLU its slope below 0, as in JAX.
    """
    if name in ("sigmoid", "softmax"):
        return a * (1 - a)
    if name == "tanh":
        return 1 - a * a
    if name == "relu":
        return np.where(z > 0, 1, 0).astype(z.dtype)
    if name == "leaky-relu":
        return np.where(z > 0, 1, LEAKY_SLOPE).astype(z.dtype)
    return np.zeros_like(z) if name == "step" else np.ones_like(z)


def cost_terms(
    loss: str,
    output: str,
    z: RealArray,
    target: RealArray,
    *,
    rho: float = DEFAULT_RHO,
) -> RealArray:
    """The contribution of each output to C, from its pre-activations, (..., n_out).

    Squared error: (a - t)^2, or half of it. Cross-entropy with softmax: -t log p, so
    that only the true class counts; with sigmoid: -t log a - (1 - t) log(1 - a)
    (Bishop 2006, 5.2). Absolute error: |a - t|. The others: see
    core.network.numpy.margin_losses.
    """
    if loss in MARGIN_LOSSES:
        return margin_terms(loss, z, target, rho)
    if loss == "absolute-error":
        return np.abs(activate(output, z) - target)
    if loss == "squared-error":
        return (activate(output, z) - target) ** 2
    if loss == "half-squared-error":
        return (activate(output, z) - target) ** 2 / 2
    if output == "softmax":
        shifted = z - np.max(z, axis=-1, keepdims=True)
        log_p = shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))
        return np.where(target == 0, 0, -target * log_p).astype(z.dtype)
    # log a = -log(1 + exp(-z)), which neither overflows nor rounds a to 1.
    return target * np.logaddexp(0, -z) + (1 - target) * np.logaddexp(0, z)


def output_gradient(
    loss: str, output: str, a: RealArray, target: RealArray
) -> RealArray:
    """dC/da of the output layer.

    Squared error: 2 (a - t); its half: a - t. Cross-entropy with softmax: -t / p;
    with sigmoid: (a - t) / (a (1 - a)). Absolute error: the sign of a - t.
    """
    if loss == "absolute-error":
        return np.sign(a - target)
    if loss == "squared-error":
        return 2 * (a - target)
    if loss == "half-squared-error":
        return a - target
    if output == "softmax":
        return np.where(target == 0, 0, -target / a).astype(a.dtype)
    return (a - target) / (a * (1 - a))


def output_delta(
    loss: str,
    output: str,
    gradient: RealArray,
    a: RealArray,
    target: RealArray,
    slopes: RealArray,
) -> RealArray:
    """dC/dz of the output layer.

    Cross-entropy: a - t (Bishop 2006, 5.2), as slope and dC/da cancel. Softmax with
    another loss needs the whole Jacobian da_i/dz_j = p_i ((i = j) - p_j), which gives
    p_j (g_j - sum_i p_i g_i) with g = dC/da. The perceptron's criterion looks at z,
    past the step, so its gradient is delta already. Otherwise dC/da * f'(z).
    """
    if loss == FUSED_LOSS:
        return a - target
    if loss == "perceptron":
        return gradient
    if output == "softmax":
        return a * (gradient - np.sum(a * gradient))
    return gradient * slopes
