"""The response of every unit to every point of a grid over the plane or a line."""

import itertools
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Final

import numpy as np

from core.arrays import FloatArray, HostParams
from core.data.point_space import LIMIT
from core.experiment.features import feature_rows
from core.network.numpy.forward import activated, diverging, run_layers
from core.values.network_spec import NetworkSpec

PLANE_SIDES: Final = (200, 100, 50, 25)
LINE_POINTS: Final = 400
MOST_UNITS: Final = 64
"""Layers with more units keep no responses: their pictures would be too small."""
PLAYING_COST: Final = 2.5e8
RESTING_COST: Final = 4e9
ACTIVATION_COST: Final = 20
"""What f(z) costs, in products of a weight and an activation."""
SLOWEST_PACE: Final = 0.2
"""Most seconds between two pictures of responses while training needs the cores."""
_BLOCK: Final = 65_536
"""Values of a layer worked on at once: they stay in the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class ResponseRequest:
    """A network and a grid.

    Attributes:
        features: the network's inputs, see core.experiment.features.
        n_coordinates: 1 for a line of points, 2 for a plane.
        side: points of the line, or of each side of the plane.
    """

    spec: NetworkSpec
    params: HostParams
    features: tuple[str, ...]
    n_coordinates: int
    side: int

    def same(self, other: "ResponseRequest | None") -> bool:
        """Whether both requests are the same."""
        return (
            other is not None
            and (self.spec, self.features, self.side, self.n_coordinates)
            == (other.spec, other.features, other.side, other.n_coordinates)
            and all(
                mine is theirs
                for a, b in zip(self.params, other.params, strict=True)
                for mine, theirs in zip(a, b, strict=True)
            )
        )


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """Activations over the grid.

    Attributes:
        layers: for layer 0 (the inputs) to n_layers (units, rows, columns), where row
            0 is the largest x2, or (units, points) for a line; None for a hidden
            layer of more than MOST_UNITS units.
        z: of the outputs, shaped like them: the largest decides.
    """

    request: ResponseRequest
    layers: tuple[FloatArray | None, ...]
    z: FloatArray

    @property
    def output(self) -> FloatArray:
        output = self.layers[-1]
        assert output is not None
        return output


def side_for(spec: NetworkSpec, *, playing: bool) -> int:
    """The finest grid that a network of this size can be evaluated on in a frame."""
    sizes = spec.layer_sizes
    cost = sum(
        n_out * (n_in + ACTIVATION_COST) for n_in, n_out in itertools.pairwise(sizes)
    )
    most = PLAYING_COST if playing else RESTING_COST
    fitting = [side for side in PLANE_SIDES if cost * side * side <= most]
    return fitting[0] if fitting else PLANE_SIDES[-1]


def grid(n_coordinates: int, side: int) -> FloatArray:
    """(n_coordinates, points): the middles of the grid's cells, row by row."""
    edges = np.linspace(-LIMIT, LIMIT, side + 1)
    middles = ((edges[1:] + edges[:-1]) / 2).astype(np.float32)
    if n_coordinates == 1:
        return middles[None]
    x1, x2 = np.meshgrid(middles, middles[::-1])
    return np.stack([x1.ravel(), x2.ravel()])


@lru_cache(maxsize=4)
def _grid_inputs(
    features: tuple[str, ...], n_coordinates: int, side: int
) -> FloatArray:
    return feature_rows(features, grid(n_coordinates, side))


def respond(request: ResponseRequest) -> Responses:
    """Evaluate the network on the grid, block by block."""
    spec, last = request.spec, request.spec.n_layers
    inputs = _grid_inputs(request.features, request.n_coordinates, request.side)
    n = inputs.shape[1]
    kept: list[FloatArray | None] = [inputs]
    for layer, units in enumerate(spec.layer_sizes[1:], start=1):
        keep = units <= MOST_UNITS or layer == last
        kept.append(np.empty((units, n), np.float32) if keep else None)
    z = np.empty((spec.layer_sizes[last], n), np.float32)
    block = max(256, _BLOCK // max(spec.layer_sizes))
    with diverging():
        for start in range(0, n, block):
            _respond_block(request, inputs, kept, z, slice(start, start + block))
    shape = (request.side,) * request.n_coordinates
    layers = tuple(
        None if values is None else values.reshape(len(values), *shape)
        for values in kept
    )
    return Responses(request, layers, z.reshape(len(z), *shape))


def _respond_block(
    request: ResponseRequest,
    inputs: FloatArray,
    kept: list[FloatArray | None],
    output_z: FloatArray,
    part: slice,
) -> None:
    spec = request.spec
    layers = run_layers(spec, request.params, inputs[:, part])
    for layer, (values, z) in enumerate(layers, start=1):
        before, own = kept[layer - 1], kept[layer]
        if layer > 1 and before is not None:
            before[:, part] = values
        if layer == spec.n_layers and own is not None:
            output_z[:, part] = z
            own[:, part] = activated(spec, layer, z)


class ResponseMemory:
    """The newest responses, for several pictures of them.

    A picture that asks while another one's responses are made waits for them: most
    often it asks for the same.
    """

    def __init__(self) -> None:
        self._newest: Responses | None = None
        self._lock = Lock()

    def respond(self, request: ResponseRequest) -> Responses:
        with self._lock:
            newest = self._newest
            if newest is None or not request.same(newest.request):
                self._newest = newest = respond(request)
            return newest


MEMORY: Final = ResponseMemory()
"""Asked by jobs of gui.runtime.worker alone: it takes long."""
