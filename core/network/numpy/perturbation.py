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
from core.network.numpy.costs import costs_of
from core.network.numpy.forward import (
    HeldActivations,
    activated,
    diverging,
    run_layers,
)
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
        base: the pass as it is.
        layer: where z is moved.
        units: (columns,) the unit that each column moves.
        values: (columns,) what its z becomes.

    Yields:
        (n_out, columns) for `layer`, then for each layer after it.
    """
    spec, before = base.spec, base.pre_activations
    columns = np.arange(len(units))
    z = np.repeat(before[layer - 1][:, None], len(units), axis=1)
    z[units, columns] = values
    yield z
    if layer == spec.n_layers:
        return
    with diverging():
        a = activated(spec, layer, z, base.held)
        was = activated(spec, layer, before[layer - 1], base.held)
        # Only one activation is another, so the next sums move along one column.
        change = a[units, columns] - was[units]
        z = before[layer][:, None] + base.params[layer][0][:, units] * change
        yield z
        if layer + 1 < spec.n_layers:
            a = activated(spec, layer + 1, z, base.held)
            on = run_layers(spec, base.params, a, base.held, first=layer + 2)
            for _, z in on:
                yield z


def moved_costs(base: BasePass, layer: int, unit: int, values: RealArray) -> RealArray:
    """(values,) the cost when the z of one unit is each of `values`."""
    units = np.full(len(values), unit, np.intp)
    *_, z = moved_layers(base, layer, units, values)
    return costs_of(base.loss, base.spec.activations[-1], z.T, base.target, base.rho)
