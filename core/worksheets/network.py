"""The sheet of any network as it is: its real numbers, some of them left out.

A small network is drawn whole; of a large one a unit is drawn with the five that
contribute most to it, and the sum of all others is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import numpy as np

from core.arrays import HostParams, RealArray
from core.network.numpy.activations.record import Activation
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.array_functions import NUMPY
from core.network.numpy.forward import forward_trace
from core.values.network_spec import NetworkSpec
from core.worksheets.chance import Chance
from core.worksheets.hand import (
    blank,
    given,
    look_up,
    rounded,
    shown,
    sum_of,
    trimmed,
)
from core.worksheets.model import (
    Block,
    Cell,
    Diagram,
    Edge,
    Node,
    Sheet,
    Table,
    Task,
    Text,
)

MOST_UNITS: Final = 4
MOST_LAYERS: Final = 3
STRONGEST: Final = 5
ROUND: Final = (
    "Weights and inputs are printed with two digits after the point. Round every "
    "result "
    "to three, and go on with the rounded number."
)


@dataclass(frozen=True, slots=True, eq=False)
class NetworkNow:
    """A network at one step, with the example that it is shown."""

    spec: NetworkSpec
    params: HostParams
    inputs: RealArray
    step: int = 0

    @property
    def is_small(self) -> bool:
        sizes = self.spec.layer_sizes
        return max(sizes) <= MOST_UNITS and self.spec.n_layers <= MOST_LAYERS


def network_sheet(key: str, title: str, seed: int, now: NetworkNow) -> Sheet:
    """The sheet of a network; another seed asks for another part of it."""
    chance = Chance(key, seed)
    part = _whole(now) if now.is_small else _part(chance, now)
    return Sheet(key, title, seed, (*_intro(now), *part))


def _intro(now: NetworkNow) -> tuple[Block, ...]:
    sizes = now.spec.layer_sizes
    shape = "-".join(map(str, sizes))
    rows = tuple(
        (
            given(f"layer {k + 1}"),
            given(n_in),
            given(n_out),
            blank(n_in * n_out + n_out * has),
        )
        for k, ((n_out, n_in), has) in enumerate(
            zip(now.spec.weight_shapes, now.spec.biases, strict=True)
        )
    )
    return (
        Text(
            f"A network {shape} after {now.step:,} steps, with the example that it "
            f"is shown. {ROUND}"
        ),
        Table(("", "inputs", "units", "weights and biases"), rows),
        Task("How many parameters has the network?", shown(now.spec.parameter_count)),
    )


def _two(value: float | np.floating[Any]) -> Decimal:
    return rounded(repr(float(value)), 2)


def _whole(now: NetworkNow) -> tuple[Block, ...]:
    a = [_two(x) for x in now.inputs]
    layers = [tuple(Node(f"x<sub>{k + 1}</sub>", given(v)) for k, v in enumerate(a))]
    edges: list[Edge] = []
    rows: list[tuple[Cell, ...]] = []
    tables: list[Block] = []
    for layer, (w, b) in enumerate(now.params, start=1):
        weights, biases = [[_two(v) for v in row] for row in w], [_two(v) for v in b]
        z = [
            rounded(sum_of(u * x for u, x in zip(row, a, strict=True)) + bias, 3)
            for row, bias in zip(weights, biases, strict=True)
        ]
        record = ACTIVATIONS[now.spec.activations[layer - 1]]
        a, table = _activated(record, z)
        tables += table
        has_bias = now.spec.has_bias(layer)
        names = [f"{_layer_name(now.spec, layer)}, unit {k}" for k in range(len(z))]
        layers.append(
            tuple(
                Node(f"unit {k}", bias=given(v) if has_bias else None)
                for k, v in enumerate(biases)
            )
        )
        edges += [
            Edge(layer, j, k, given(v), is_negative=v < 0)
            for k, row in enumerate(weights)
            for j, v in enumerate(row)
        ]
        rows += [
            (Cell(name), Cell(record.title), blank(value), blank(out))
            for name, value, out in zip(names, z, a, strict=True)
        ]
    return (
        Diagram(tuple(layers), tuple(edges)),
        *tables,
        Table(("", "activation", "z", "a"), tuple(rows)),
    )


def _layer_name(spec: NetworkSpec, layer: int) -> str:
    return "output" if layer == spec.n_layers else f"hidden {layer}"


def _activated(
    record: Activation, z: Sequence[Decimal]
) -> tuple[list[Decimal], list[Block]]:
    """Activations from printed sums, and the table to look them up in."""
    if record.is_over_layer:
        powers = [rounded(value.exp(), 3) for value in z]
        shares = [rounded(power / sum_of(powers), 3) for power in powers]
        return shares, [look_up("z|e<sup>z</sup>", Decimal.exp, z, 3)]

    def function(value: Decimal) -> Decimal:
        found = record.function(NUMPY, np.array([float(value)]))
        return Decimal(repr(float(found[0])))

    found = [rounded(function(value), 3) for value in z]
    if all(value in (0, place) for place, value in zip(z, found, strict=True)):
        return found, []  # nothing to look up, as for ReLU
    return found, [look_up(f"z|{record.title}", function, z, 3)]


def _part(chance: Chance, now: NetworkNow) -> tuple[Block, ...]:
    spec = now.spec
    trace = forward_trace(spec, now.params, np.asarray(now.inputs, np.float32))
    layer = 1 + chance.below(spec.n_layers)
    unit = chance.below(spec.layer_sizes[layer])
    before, w = trace.layer(layer - 1), now.params[layer - 1][0][unit]
    exact = np.asarray(before, np.float64) * w
    order = np.argsort(-np.abs(exact), kind="stable")
    places = sorted(int(k) for k in order[: min(STRONGEST, len(order))])
    a, weights = [_two(before[k]) for k in places], [_two(w[k]) for k in places]
    products = [rounded(u * x, 3) for u, x in zip(weights, a, strict=True)]
    rest = rounded(repr(float(exact.sum() - exact[places].sum())), 3)
    bias = _two(now.params[layer - 1][1][unit])
    z = sum_of(products) + rest + bias
    record = ACTIVATIONS[spec.activations[layer - 1]]
    name = f"{_layer_name(spec, layer)}, unit {unit}"
    source = "input" if layer == 1 else "unit"
    nodes = tuple(
        Node(f"{source} {k}", given(v)) for k, v in zip(places, a, strict=True)
    )
    edges = tuple(
        Edge(1, k, 0, given(v), is_negative=v < 0) for k, v in enumerate(weights)
    )
    rows = tuple(
        (Cell(f"{source} {k}"), given(x), given(v), blank(product))
        for k, x, v, product in zip(places, a, weights, products, strict=True)
    )
    others = len(order) - len(places)
    table: list[Block] = []
    last: list[Block] = []
    if not record.is_over_layer:
        (out,), table = _activated(record, [z])
        last = [Task(f"Its activation a, by {record.title}", shown(out))]
    more = f"The other {others:,} together contribute {shown(rest)}." if others else ""
    addend = f" + {shown(rest)}" if others else ""
    return (
        Text(f"{name[0].upper()}{name[1:]}: what contributes most to its z. {more}"),
        Diagram((nodes, (Node(f"unit {unit}", bias=given(bias)),)), edges),
        *table,
        Table(("from", "activation", "weight", "product"), rows),
        Task(
            f"z = the products{addend} + the bias {shown(bias)}",
            shown(trimmed(z)),
        ),
        *last,
    )
