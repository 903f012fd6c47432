"""The cost after a change of one z of a forward pass, for many changes at once.

A weight or bias acts on the network through the z of its unit alone. So whoever moves
one, by hand or for a central difference, need not run the example again from the start:
everything before that z stays, and only what comes after it is computed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.arrays import RealArray, RealParams
from core.network.numpy.backprop import cost_terms
from core.network.numpy.forward import HeldActivations, activate
from core.network.numpy.margin_losses import DEFAULT_RHO
from core.network.numpy.margin_losses import LOSSES as MARGIN_LOSSES
from core.values.network_spec import NetworkSpec

Units = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class BasePass:
    """One example's forward pass, in which single values are changed.

    Attributes:
        params: in the precision to compute in.
        pre_activations: z of each layer.
        target: (n_out,) the target outputs.
        held: held activations, which are not computed.
        rho: margin at which the margin loss becomes 0.
    """

    spec: NetworkSpec
    loss: str
    params: RealParams
    pre_activations: tuple[RealArray, ...]
    target: RealArray
    held: HeldActivations
    rho: float


def moved_layers(
    base: BasePass, layer: int, units: Units, values: RealArray
) -> Iterator[RealArray]:
    """Every z from a layer on, for many changes of one unit's z each.

    Args:
        base: the pass without a change.
        layer: layer of the changed z.
        units: (rows,) the unit that each row changes.
        values: (rows,) the new value of its z.

    Yields:
        (rows, n_out) for `layer`, then for each layer after it.
    """
    spec, before = base.spec, base.pre_activations
    rows = np.arange(len(units))
    z = np.repeat(before[layer - 1][None], len(units), axis=0)
    z[rows, units] = values
    yield z
    if layer == spec.n_layers:
        return
    with np.errstate(over="ignore", invalid="ignore"):
        a = _held(activate(spec.activations[layer - 1], z), layer, base.held)
        still = activate(spec.activations[layer - 1], before[layer - 1])
        was = _held(still[None], layer, base.held)[0]
        # Only one activation has changed, so the next sums change along one column.
        change = a[rows, units] - was[units]
        z = before[layer] + change[:, None] * base.params[layer][0].T[units]
        yield z
        for k in range(layer + 1, spec.n_layers):
            a = _held(activate(spec.activations[k - 1], z), k, base.held)
            weights, biases = base.params[k]
            z = a @ weights.T + biases
            yield z


def moved_costs(base: BasePass, layer: int, unit: int, values: RealArray) -> RealArray:
    """(values,) the cost when the z of one unit is each of `values`."""
    units = np.full(len(values), unit, np.intp)
    *_, z = moved_layers(base, layer, units, values)
    return costs_of(base.loss, base.spec.activations[-1], z, base.target, base.rho)


def costs_of(
    loss: str, output: str, z: RealArray, target: RealArray, rho: float = DEFAULT_RHO
) -> RealArray:
    """(rows,) the cost of each row of the output's pre-activations."""
    with np.errstate(all="ignore"):
        if loss == "margin":
            m, _ = _margins(z, target)
            ramp: RealArray = np.clip(1 - m / rho, 0, 1).astype(z.dtype)
            return np.where(m <= 0, 1, ramp).astype(z.dtype)
        terms = cost_terms(loss, output, z, target, rho=rho)
        costs: RealArray = terms.sum(axis=-1)
    return costs


def pieces_of(
    loss: str, output: str, z: RealArray, target: RealArray, rho: float = DEFAULT_RHO
) -> npt.NDArray[np.int64]:
    """(rows, n) the smooth piece of the loss for each row; n is 0 for smooth losses.

    There is no derivative at the border of two pieces.
    """
    if loss == "margin":
        m, rival = _margins(z, target)
        return np.stack([m > 0, m > rho, rival], axis=1).astype(np.int64)
    if loss in MARGIN_LOSSES:
        signed = np.where(target > 0, z, -z)
        return (signed > (1 if loss == "hinge" else 0)).astype(np.int64)
    if loss == "absolute-error":
        return (activate(output, z) > target).astype(np.int64)
    return np.empty((len(z), 0), np.int64)


def _margins(z: RealArray, target: RealArray) -> tuple[RealArray, npt.NDArray[np.intp]]:
    """Softmax margin of each row, and the largest other class."""
    p = activate("softmax", z)
    others = np.where(target > 0, -1, p)
    rival = np.argmax(others, axis=1)
    if z.shape[1] == 1:
        return np.zeros(len(z), z.dtype), rival
    return p[:, np.argmax(target)] - others[np.arange(len(z)), rival], rival


def _held(a: RealArray, layer: int, held: HeldActivations) -> RealArray:
    for unit, value in held.items():
        if unit.layer == layer:
            a[..., unit.unit] = value
    return a
