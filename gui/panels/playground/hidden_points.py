"""Examples in a hidden layer: the activations of two or three units."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from core.arrays import FloatArray, HostParams, IntArray
from core.network.numpy.forward import activations_at
from core.values.network_spec import NetworkSpec

MOST_POINTS: Final = 1000
Places = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class HiddenRequest:
    """The examples and units to compute.

    Attributes:
        inputs: (n, n_in) as the network receives them.
        labels: (n,) the classes for the colours.
        layer: the layer whose units are the axes; 0 is the input.
        units: two or three of them.
        names: what they are called.
    """

    spec: NetworkSpec
    params: HostParams
    inputs: FloatArray
    labels: IntArray
    layer: int
    units: tuple[int, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class HiddenPoints:
    """(n, 2 or 3) activations of the chosen units."""

    request: HiddenRequest
    places: FloatArray


def run_to_layer(request: HiddenRequest) -> HiddenPoints:
    """Compute the activations of the layer; runs in another thread."""
    values = activations_at(
        request.spec, request.params, request.inputs.T, request.layer
    )
    places = np.ascontiguousarray(values[list(request.units)].T, np.float32)
    return HiddenPoints(request, places)


@dataclass(frozen=True, slots=True)
class Turn:
    """The rotation of three axes, in radians."""

    around: float = -0.6
    above: float = 0.45

    def turned(self, across: float, up: float) -> "Turn":
        above = float(np.clip(self.above + up, -np.pi / 2, np.pi / 2))
        return Turn(self.around + across, above)

    def look(self, points: Places) -> Places:
        """(n, 3) points as (n, 3): across, up, and nearer, without perspective."""
        c, s = np.cos(self.around), np.sin(self.around)
        x = c * points[:, 0] - s * points[:, 1]
        away = s * points[:, 0] + c * points[:, 1]
        tilt, rise = np.cos(self.above), np.sin(self.above)
        up = tilt * points[:, 2] + rise * away
        return np.stack([x, up, rise * points[:, 2] - tilt * away], axis=1)


def finite_ends(places: FloatArray) -> tuple[Places, Places]:
    """The smallest and the largest value of each axis, of the points that are drawn."""
    finite = places[np.isfinite(places).all(axis=1)]
    if not len(finite):
        finite = np.zeros((1, places.shape[1]), np.float32)
    return finite.min(axis=0).astype(np.float64), finite.max(axis=0).astype(np.float64)


def spanned(places: FloatArray) -> tuple[Places, Places]:
    """Low and high of each axis, with a margin; never of zero width."""
    low, high = finite_ends(places)
    room = np.maximum(0.06 * (high - low), 1e-3)
    return low - room, high + room
