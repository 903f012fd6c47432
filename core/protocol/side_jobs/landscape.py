"""Request and result of the loss landscape: plain frozen values."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from core.arrays import DoubleArray, FloatArray
from core.values.parameter import Parameter

PlaneKind = Literal["path", "random", "weights"]

EXAMPLES: Final = 1000
"""Number of training examples in the mean loss."""
FINEST: Final = 81
"""Points along each side of the grids; each level contains the one before."""
LEVELS: Final = (11, 21, 41, 81)


@dataclass(frozen=True, slots=True)
class LandscapeRequest:
    """Compute the loss around the newest weights of the run.

    Attributes:
        kind: "path": the two principal directions of the path of training so far.
            "random": two random directions, filter by filter as long as the weights.
            "weights": two weights, all others held.
        weights: the two of the kind "weights".
        zoom: above 1 shows a smaller part of the plane, below 1 a larger one.
        seed: seed of the random directions.
        finest: points along a side of the last grid, one of LEVELS.
    """

    kind: PlaneKind = "path"
    weights: tuple[Parameter, Parameter] | None = None
    zoom: float = 1.0
    seed: int = 0
    finest: int = 41


@dataclass(frozen=True, slots=True, eq=False)
class PlaneView:
    """A plane through the weights, without the weights.

    Attributes:
        kind: kind of its directions.
        labels: of the two axes.
        path_steps: (k,) recorded steps of the path, the newest last.
        path: (k, 2) the same weights, projected onto the plane.
        here: the coordinates of the centre's weights.
        shares: of the path's variance: along the first and along the second axis;
            None for a path of one point. For axes at right angles they add up.
        share: share of the path's variance in the plane.
        gap: two steps of the path between which it is not known; None for a whole one.
    """

    kind: PlaneKind
    labels: tuple[str, str]
    path_steps: npt.NDArray[np.int64]
    path: DoubleArray
    here: tuple[float, float]
    shares: tuple[float, float] | None
    share: float | None
    gap: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Landscape:
    """The loss over a grid of a plane.

    Attributes:
        step: step of the centre's weights.
        x: (m,) coordinates along the first axis, rising.
        y: (m,) along the second axis, rising.
        losses: (m, m) mean loss, row i at y[i], column j at x[j]; nats for
            cross-entropy; without penalties.
        loss_here: at the weights themselves.
        n_examples: number of training examples in the mean loss.
        level: number of the grid, from 1; `n_levels` is the finest.
        seconds: computing time so far.
    """

    step: int
    plane: PlaneView
    x: DoubleArray
    y: DoubleArray
    losses: FloatArray
    loss_here: float
    n_examples: int
    level: int
    n_levels: int
    seconds: float

    @property
    def is_finest(self) -> bool:
        return self.level == self.n_levels
