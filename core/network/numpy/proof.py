"""The proof of one derivative: the explicit backward pass against central differences.

Both run in float64, so that the remaining difference is the method's error and not
the rounding of the training's float32.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import DoubleParams, HostParams, RealArray, RealParams
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.backprop import Backward, backward_pass
from core.network.numpy.costs import costs_of, pieces_of
from core.network.numpy.forward import layer_values
from core.network.numpy.kinks import pieces_between
from core.network.numpy.losses.record import DEFAULT_RHO
from core.values.network_spec import NetworkSpec
from core.values.parameter import Parameter

RELATIVE_STEP: Final = float(np.cbrt(np.finfo(np.float64).eps))
"""About 6.1e-6: balances truncation, which grows with h^2, and rounding, with 1/h
(Press et al., Numerical Recipes, 5.7)."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The same derivative by two methods, in float64.

    Attributes:
        explicit: by the backward pass.
        difference: (C(w + h) - C(w - h)) / 2h.
        step: h.
        rounding: how far rounding alone may take the difference: that of the cost / h.
        crosses_kink: some activation, or the loss itself, has a kink between w - h
            and w + h, where the difference is no derivative.
    """

    explicit: float
    difference: float
    step: float
    rounding: float
    crosses_kink: bool

    @property
    def relative_error(self) -> float:
        """|explicit - difference| over the larger of the two; 0 when both are 0."""
        larger = max(abs(self.explicit), abs(self.difference))
        return abs(self.explicit - self.difference) / larger if larger > 0 else 0.0


def prove(  # noqa: PLR0913
    spec: NetworkSpec,
    loss: str,
    params: HostParams,
    inputs: RealArray,
    target: RealArray,
    *,
    parameter: Parameter,
    rho: float = DEFAULT_RHO,
) -> Proof:
    """Differentiate one example's cost by one parameter with two methods."""
    double = in_double(params)
    inputs, target = inputs.astype(np.float64), target.astype(np.float64)
    explicit = backward_pass(spec, loss, double, inputs, target, rho=rho)
    value = parameter.value_in(double)
    step = RELATIVE_STEP * max(1.0, abs(value))
    costs, pieces = [], []
    for moved in (value + step, value - step):
        z, _ = layer_values(spec, _with_value(double, parameter, moved), inputs)
        ends = (loss, spec.activations[-1], z[-1], target, rho)
        costs.append(float(costs_of(*ends)))
        pieces.append((*_pieces(spec, z), pieces_of(*ends).tobytes()))
    # w + h and w - h are not exactly 2h apart once they are rounded.
    width = (value + step) - (value - step)
    return Proof(
        explicit.gradient_of(parameter.layer, parameter.unit, parameter.source),
        (costs[0] - costs[1]) / width,
        step,
        cost_rounding(explicit) / step,
        pieces[0] != pieces[1],
    )


def cost_rounding(passed: Backward) -> float:
    """About the last digit of a cost: eps times the largest number that it is made of.

    A cost near 0 may be the difference of two large numbers: -log p of a sure answer
    is the logarithm of a sum less one of its exponents.
    """
    z = passed.pre_activations[-1]
    eps = float(np.finfo(z.dtype).eps)
    return eps * max(1.0, abs(passed.cost), float(np.max(np.abs(z))))


def in_double(params: RealParams) -> DoubleParams:
    """The parameters in float64."""
    return tuple((w.astype(np.float64), b.astype(np.float64)) for w, b in params)


def _with_value(
    params: DoubleParams, parameter: Parameter, value: float
) -> DoubleParams:
    changed = parameter.array_in(params).astype(np.float64)
    changed[parameter.place] = value
    index = parameter.layer - 1
    weights, biases = params[index]
    pair = (weights, changed) if parameter.is_bias else (changed, biases)
    return (*params[:index], pair, *params[index + 1 :])


def _pieces(spec: NetworkSpec, z: tuple[RealArray, ...]) -> tuple[bytes, ...]:
    """Which smooth piece of its activation each unit is on."""
    return tuple(
        pieces_between(ACTIVATIONS[name].kinks, values).tobytes()
        for name, values in zip(spec.activations, z, strict=True)
    )
