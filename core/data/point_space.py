"""The coordinates of points, from which the inputs are computed."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import FloatArray
from core.experiment import features

LIMIT: Final = 6.0
"""Coordinates of points are between minus this and this, with few exceptions."""


@dataclass(frozen=True, slots=True, eq=False)
class PointSpace:
    """The coordinates of a data set's points, and the network's inputs for them.

    Attributes:
        train: (n_train, n_coordinates), 1 on a line or 2 in the plane.
        test: (n_test, n_coordinates).
        features: names of the inputs, see core.experiment.features.
    """

    train: FloatArray
    test: FloatArray
    features: tuple[str, ...]

    @property
    def n_coordinates(self) -> int:
        return int(self.train.shape[1])

    def inputs(self, points: FloatArray) -> FloatArray:
        """(n, n_coordinates) points as the network receives them, (n, n_in)."""
        rows = features.feature_rows(self.features, np.ascontiguousarray(points.T))
        return np.ascontiguousarray(rows.T)

    @property
    def input_names(self) -> tuple[str, ...]:
        return tuple(features.title(name) for name in self.features)
