"""From one weight or bias to the cost: every value in between, for any change of it.

Only the layers from the parameter's own on are computed, which is fast enough to
follow a hand.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from core.arrays import RealArray, RealParams
from core.network.numpy.backprop import Backward, backward_pass
from core.network.numpy.perturbation import BasePass, moved_costs
from core.values.parameter import Parameter, Unit

MOST_IN_FLOAT64: Final = 400_000
"""Networks with up to this many parameters are computed in float64."""
CURVE_OPERATIONS: Final = 6_000_000
"""Most multiplications for a curve: a few milliseconds."""

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LineValues:
    """The network with the parameter at `value`.

    Attributes:
        back: the pass from the parameter's own layer on, which is layer 1 here.
        value: of the parameter.
        before: dz/dw, the activation that a weight multiplies; 1 for a bias.
    """

    back: Backward
    value: float
    before: float
    unit: int

    @property
    def z(self) -> float:
        return float(self.back.pre_activations[0][self.unit])

    @property
    def a(self) -> float:
        return float(self.back.activations[0][self.unit])

    @property
    def cost(self) -> float:
        return self.back.cost

    @property
    def gradient(self) -> float:
        """dC/dw."""
        return float(self.back.deltas[0][self.unit]) * self.before


class ParameterProbe:
    """One example and one parameter, prepared for changes of the parameter."""

    def __init__(
        self, base: BasePass, layer_inputs: RealArray, parameter: Parameter
    ) -> None:
        """Prepare what is constant while the parameter changes.

        Args:
            base: the whole network's pass.
            layer_inputs: (n_in,) inputs of the parameter's layer.
            parameter: the parameter to change.
        """
        spec = base.spec
        first = parameter.layer - 1
        self.parameter = parameter
        self.spec = replace(
            spec,
            layer_sizes=spec.layer_sizes[first:],
            activations=spec.activations[first:],
            biases=spec.biases[first:],
        )
        exact = spec.parameter_count <= MOST_IN_FLOAT64
        dtype = np.dtype(np.float64 if exact else np.float32)
        self._params: RealParams = tuple(
            (w.astype(dtype, copy=False), b.astype(dtype, copy=False))
            for w, b in base.params[first:]
        )
        self._inputs = layer_inputs.astype(dtype)
        self._target = base.target.astype(dtype)
        self._loss, self._rho = base.loss, base.rho
        self._held = {
            Unit(unit.layer - first, unit.unit): value
            for unit, value in base.held.items()
            if unit.layer > first
        }
        self._here = Parameter(1, parameter.unit, parameter.source)
        self.value = self._here.value_in(self._params)
        self.still = self.reading(self.value)

    @property
    def before(self) -> float:
        """dz/dw: the activation that a weight multiplies; 1 for a bias."""
        source = self._here.source
        return 1.0 if source is None else float(self._inputs[source])

    def reading(self, value: float) -> LineValues:
        """All values with the parameter at `value`."""
        weights, biases = self._params[0]
        if self._here.source is None:
            biases = biases.copy()
            biases[self._here.unit] = value
        else:
            weights = weights.copy()
            weights[self._here.unit, self._here.source] = value
        back = backward_pass(
            self.spec,
            self._loss,
            ((weights, biases), *self._params[1:]),
            self._inputs,
            self._target,
            rho=self._rho,
            held=self._held,
        )
        return LineValues(back, value, self.before, self._here.unit)

    def points(self, most: int = 161) -> int:
        """Points of a curve that can be computed without delaying the window."""
        sizes = self.spec.layer_sizes
        each = sizes[1] + sum(sizes[k] * sizes[k + 1] for k in range(2, len(sizes) - 1))
        return int(np.clip(CURVE_OPERATIONS // each, 17, most)) | 1

    def costs(self, values: Doubles) -> Doubles:
        """(values,) the cost with the parameter at each of `values`."""
        base = BasePass(
            self.spec,
            self._loss,
            self._params,
            self.still.back.pre_activations,
            self._target,
            self._held,
            self._rho,
        )
        z = self.still.z + (values - self.value) * self.before
        moved = moved_costs(base, 1, self._here.unit, z.astype(self._inputs.dtype))
        return moved.astype(np.float64)


def as_float32(value: float) -> float:
    """The float32 that a parameter gets for this value."""
    with np.errstate(over="ignore"):
        return float(np.float32(value))
