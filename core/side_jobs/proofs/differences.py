"""Central differences of many parameters at once, in NumPy."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from core.arrays import RealArray, RealParams
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.backprop import Backward, backward_pass
from core.network.numpy.costs import costs_of, pieces_of
from core.network.numpy.kinks import kink_between
from core.network.numpy.perturbation import BasePass, Units, moved_layers
from core.network.numpy.proof import cost_rounding
from core.protocol.side_jobs.proofs import Precision, ProofTask
from core.values.network_spec import NetworkSpec

NUMBER_OPERATIONS: Final = 3_000_000
"""Multiplications in a part: some milliseconds."""


class Differences(NamedTuple):
    """(rows,) each: dC/dw by both methods, h, its rounding, whether it crosses a kink.

    Attributes:
        explicit: by the backward pass.
        central: by central differences.
    """

    explicit: RealArray
    central: RealArray
    steps: RealArray
    rounding: RealArray
    kinks: npt.NDArray[np.bool_]


class DerivativeContext:
    """One example's forward and backward pass, in one precision."""

    def __init__(self, task: ProofTask, precision: Precision) -> None:
        self.task = task
        self.dtype = np.dtype(precision)
        self.params: RealParams = tuple(
            (w.astype(self.dtype), b.astype(self.dtype)) for w, b in task.params
        )
        self.backward: Backward = backward_pass(
            task.spec,
            task.loss,
            self.params,
            task.inputs,
            task.target,
            rho=task.rho,
            held=task.held,
        )
        self.base = BasePass(
            task.spec,
            task.loss,
            self.params,
            self.backward.pre_activations,
            self.backward.target,
            task.held,
            task.rho,
        )
        self.relative_step = float(np.cbrt(np.finfo(self.dtype).eps))
        self.rounding = cost_rounding(self.backward)

    def differences(
        self, layer: int, units: Units, sources: Units | None
    ) -> Differences:
        """Differentiate by weights, or with `sources` None by biases, of a layer.

        h is the cube root of the precision, times |w| where that is above 1: it
        balances truncation, which grows with h^2, and rounding, with 1/h (Press et
        al., Numerical Recipes, 5.7).
        """
        weights, biases = self.params[layer - 1]
        back = self.backward
        if sources is None:
            values, before = biases[units], np.ones(len(units), self.dtype)
        else:
            values, before = weights[units, sources], back.layer(layer - 1)[sources]
        explicit = back.deltas[layer - 1][units] * before
        scale = np.maximum(np.abs(values), 1).astype(self.dtype)
        steps = self.dtype.type(self.relative_step) * scale
        up, down = values + steps, values - steps
        costs, kinks = self._both_costs(
            layer, units, (up - values) * before, (down - values) * before
        )
        with np.errstate(all="ignore"):
            # Rounded, w + h and w - h are not exactly 2h apart.
            central = (costs[0] - costs[1]) / (up - down)
        return Differences(explicit, central, steps, self.rounding / steps, kinks)

    def _both_costs(
        self, layer: int, units: Units, up: RealArray, down: RealArray
    ) -> tuple[tuple[RealArray, RealArray], npt.NDArray[np.bool_]]:
        spec, back = self.task.spec, self.backward
        z_here = back.pre_activations[layer - 1][units]
        values = np.concatenate([z_here + up, z_here + down]).astype(self.dtype)
        count = len(units)
        kinks = np.zeros(count, bool)
        both = np.concatenate([units, units])
        walk = moved_layers(self.base, layer, both, values)
        for k, z in enumerate(walk, start=layer):
            found = ACTIVATIONS[spec.activations[k - 1]].kinks
            if found:
                kinks |= kink_between(found, z[:, :count], z[:, count:]).any(axis=0)
        ends = (self.task.loss, spec.activations[-1], z.T, back.target, self.task.rho)
        costs, pieces = costs_of(*ends), pieces_of(*ends)
        kinks |= (pieces[:count] != pieces[count:]).any(axis=1)
        return (costs[:count], costs[count:]), kinks


def rows_at_once(spec: NetworkSpec, layer: int) -> int:
    """Parameters of a layer for one part of the work."""
    sizes = spec.layer_sizes
    each = sizes[layer] + (sizes[layer + 1] if layer < spec.n_layers else 0)
    each += sum(sizes[k] * sizes[k + 1] for k in range(layer + 1, spec.n_layers))
    return min(8192, max(16, NUMBER_OPERATIONS // (8 * each)))
