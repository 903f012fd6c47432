"""What the cost becomes when one z of a forward pass is another, many at a time.

A weight or bias acts on the network through the z of its unit alone. So whoever moves
one, by hand or for a central difference, need not run the example again from the start:
everything before that z stays, and only what comes after it is computed.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from core.backprop import cost_terms
from core.host_network import (
    NOTHING_HELD,
    HeldActivations,
    RealArray,
    RealParams,
    activate,
)
from core.network_spec import NetworkSpec
from core.parameter import Parameter

Units = npt.NDArray[np.intp]


def moved_layers(
    spec: NetworkSpec,
    params: RealParams,
    before: tuple[RealArray, ...],
    layer: int,
    units: Units,
    values: RealArray,
    *,
    held: HeldActivations = NOTHING_HELD,
) -> Iterator[RealArray]:
    """Every z from a layer on, for many moves of one unit's z each.

    Args:
        spec: shape and activations.
        params: in the precision to compute in.
        before: z of each layer as it is.
        layer: where z is moved.
        units: (rows,) the unit that each row moves.
        values: (rows,) what its z becomes.
        held: activations that do not follow from what comes in.

    Yields:
        (rows, n_out) for `layer`, then for each layer after it.
    """
    rows = np.arange(len(units))
    z = np.repeat(before[layer - 1][None], len(units), axis=0)
    z[rows, units] = values
    yield z
    if layer == spec.n_layers:
        return
    with np.errstate(over="ignore", invalid="ignore"):
        a = _held(activate(spec.activations[layer - 1], z), layer, held)
        still = activate(spec.activations[layer - 1], before[layer - 1])
        was = _held(still[None], layer, held)[0]
        # Only one activation is another, so the next sums move along one column.
        change = a[rows, units] - was[units]
        z = before[layer] + change[:, None] * params[layer][0].T[units]
        yield z
        for k in range(layer + 1, spec.n_layers):
            a = _held(activate(spec.activations[k - 1], z), k, held)
            weights, biases = params[k]
            z = a @ weights.T + biases
            yield z


def moved_costs(
    spec: NetworkSpec,
    loss: str,
    params: RealParams,
    before: tuple[RealArray, ...],
    target: RealArray,
    *,
    layer: int,
    unit: int,
    values: RealArray,
    held: HeldActivations = NOTHING_HELD,
) -> RealArray:
    """(values,) the cost when the z of one unit is each of `values`."""
    units = np.full(len(values), unit, np.intp)
    *_, z = moved_layers(spec, params, before, layer, units, values, held=held)
    with np.errstate(all="ignore"):
        terms = cost_terms(loss, spec.activations[-1], z, target)
        costs: RealArray = terms.sum(axis=-1)
    return costs


def value_of(params: RealParams, parameter: Parameter) -> float:
    """What a weight or bias is."""
    weights, biases = params[parameter.layer - 1]
    if parameter.source is None:
        return float(biases[parameter.unit])
    return float(weights[parameter.unit, parameter.source])


def _held(a: RealArray, layer: int, held: HeldActivations) -> RealArray:
    for unit, value in held.items():
        if unit.layer == layer:
            a[..., unit.unit] = value
    return a
