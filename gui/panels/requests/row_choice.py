"""Which parameters the table of requests lists, and in which order."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from core.arrays import FloatArray, HostParams
from core.protocol.probe_records import RequestRecord
from core.values.network_spec import NetworkSpec
from core.values.parameter import Parameter, Unit
from gui.session.selection import Selection

Choice = Literal["unit", "largest", "sample"]
Index = npt.NDArray[np.intp]

BIAS: Final = -1
MOST_CELLS: Final = 1_000_000
MOST_LARGEST: Final = 300
SAMPLED: Final = 60


@dataclass(frozen=True, slots=True, eq=False)
class ListedRows:
    """Parameters by their places; a bias has the source BIAS.

    Attributes:
        of: number of parameters to choose from.
    """

    layer: Index
    unit: Index
    source: Index
    of: int

    def __len__(self) -> int:
        return len(self.layer)

    def find(self, selection: Selection | None) -> int | None:
        """The row of a weight or bias, None when it is not listed."""
        if not isinstance(selection, Parameter):
            return None
        source = BIAS if selection.source is None else selection.source
        here = self.layer == selection.layer
        here &= (self.unit == selection.unit) & (self.source == source)
        found = np.flatnonzero(here)
        return int(found[0]) if len(found) else None

    def parameter(self, row: int) -> Parameter:
        """The weight or bias of a row."""
        layer, unit = int(self.layer[row]), int(self.unit[row])
        source = int(self.source[row])
        return Parameter(layer, unit, None if source == BIAS else source)

    def parameters(self) -> tuple[Parameter, ...]:
        """Those of all rows."""
        places = (self.layer.tolist(), self.unit.tolist(), self.source.tolist())
        return tuple(
            Parameter(layer, unit, None if source == BIAS else source)
            for layer, unit, source in zip(*places, strict=True)
        )


def most_rows(batch: int) -> int:
    """The most rows whose cells can be computed between two frames."""
    return max(50, MOST_CELLS // max(batch, 1))


def rows_of_unit(spec: NetworkSpec, record: RequestRecord, of: Unit) -> ListedRows:
    """The bias and all weights into a unit.

    The weights come by the mean of |activation x delta| over the batch, the largest
    first: so pixels that are always 0 come last.
    """
    layer = of.layer
    deltas = np.abs(record.deltas[layer - 1][:, of.unit])
    sizes = deltas @ np.abs(record.activations[layer - 1])
    order = np.argsort(-np.nan_to_num(sizes, nan=np.inf), kind="stable")
    order = order[: most_rows(len(deltas)) - 1]
    first = [BIAS] if spec.has_bias(layer) else []
    source = np.concatenate([np.asarray(first, np.intp), order]).astype(np.intp)
    return _rows(
        np.full(len(source), layer),
        np.full(len(source), of.unit),
        source,
        len(sizes) + len(first),
    )


def rows_of_largest(spec: NetworkSpec, gradient: HostParams, batch: int) -> ListedRows:
    """The parameters with the largest mean request of the whole network."""
    count = min(MOST_LARGEST, most_rows(batch))
    found: list[tuple[FloatArray, Index, Index, Index]] = []
    for layer, (weights, biases) in enumerate(gradient, start=1):
        sizes, units, sources = _largest_weights(weights, count)
        found.append((sizes, np.full(len(sizes), layer), units, sources))
        if spec.has_bias(layer):
            n = len(biases)
            found.append(
                (_size(biases), np.full(n, layer), np.arange(n), np.full(n, BIAS))
            )
    size, layers, units, sources = (np.concatenate(p) for p in zip(*found, strict=True))
    order = np.argsort(-size, kind="stable")[:count]
    total = spec.parameter_count
    return _rows(layers[order], units[order], sources[order], total)


def _largest_weights(
    weights: FloatArray, count: int
) -> tuple[FloatArray, Index, Index]:
    """Sizes and places; only rows with the largest maxima can hold one of them."""
    n_in = weights.shape[1]
    kept = np.arange(len(weights))
    if len(weights) > count:
        tops = np.maximum(weights.max(axis=1), -weights.min(axis=1))
        tops = np.nan_to_num(tops, nan=np.inf)
        kept = np.argpartition(-tops, count - 1)[:count]
    sizes = _size(weights[kept]).ravel()
    if len(sizes) > count:
        places = np.argpartition(-sizes, count - 1)[:count]
    else:
        places = np.arange(len(sizes))
    return sizes[places], kept[places // n_in], places % n_in


def _size(values: FloatArray) -> FloatArray:
    sizes: FloatArray = np.nan_to_num(np.abs(values), nan=np.inf)
    return sizes


def rows_of_sample(spec: NetworkSpec, record: RequestRecord, seed: int) -> ListedRows:
    """Weights and biases at random: equally many of each layer.

    Only of those that some example of the batch asks to change, where there are any.
    """
    rng = np.random.default_rng(seed)
    each = -(-SAMPLED // spec.n_layers)
    layers, units, sources = [], [], []
    for layer in range(1, spec.n_layers + 1):
        live_units = _live(record.deltas[layer - 1])
        live_sources = _live(record.activations[layer - 1])
        if spec.has_bias(layer):
            live_sources = np.append(live_sources, BIAS)
        # Indices of a grid of units and sources, so that none is drawn twice.
        grid = len(live_units) * len(live_sources)
        drawn = rng.choice(grid, size=min(each, grid), replace=False)
        layers += [layer] * len(drawn)
        units += live_units[drawn // len(live_sources)].tolist()
        sources += live_sources[drawn % len(live_sources)].tolist()
    order = np.lexsort((sources, units, layers))
    places = (np.asarray(part, np.intp)[order] for part in (layers, units, sources))
    layer_of, unit_of, source_of = places
    return _rows(layer_of, unit_of, source_of, spec.parameter_count)


def _live(values: FloatArray) -> Index:
    """Columns that are not 0 for every example; all of them if they all are."""
    live = np.flatnonzero(np.any(values != 0, axis=0))
    return live if len(live) else np.arange(values.shape[1])


def _rows(layer: Index, unit: Index, source: Index, of: int) -> ListedRows:
    return ListedRows(
        layer.astype(np.intp), unit.astype(np.intp), source.astype(np.intp), of
    )
