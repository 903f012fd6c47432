"""Points that the user paints into the plane, as values."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import FloatArray, IntArray
from core.data.dataset import Dataset
from core.data.points.load import CLASS_NAMES
from core.experiment.inline import INLINE

SPACING: Final = 0.35
"""Distance between two points of a stroke, in coordinates."""
ERASER: Final = 0.5
FEWEST: Final = 4
"""Fewest points that make a data set."""
MOST: Final = 2000
DIGITS: Final = 2
"""Of a point that is painted; the hand is no more exact."""


@dataclass(frozen=True, slots=True)
class Painted:
    """Points to train with, and those of a data set to test with.

    Attributes:
        points: (x1, x2) each.
        labels: the class of each.
        test_points: kept from the data at the start of painting.
        test_labels: the class of each.
    """

    points: tuple[tuple[float, float], ...] = ()
    labels: tuple[int, ...] = ()
    test_points: tuple[tuple[float, float], ...] = ()
    test_labels: tuple[int, ...] = ()

    @classmethod
    def of(cls, dataset: Dataset) -> "Painted":
        """The points of a data set in the plane with classes."""
        space = dataset.space
        if space is None or not dataset.has_classes or space.n_coordinates != 2:
            return cls()
        # Inline data without test examples are tested with the training examples.
        own = dataset.test.inputs is not dataset.train.inputs
        tests = (space.test, dataset.test.labels)
        points, labels = _listed(space.train, dataset.train.labels)
        return cls(points, labels, *(_listed(*tests) if own else ((), ())))

    @property
    def is_enough(self) -> bool:
        return len(self.points) >= FEWEST

    def added(self, point: tuple[float, float], label: int) -> "Painted":
        """With one more point, unless the largest number is reached."""
        if len(self.points) >= MOST:
            return self
        x, y = (round(value, DIGITS) for value in point)
        points = (*self.points, (x, y))
        labels = (*self.labels, label)
        return Painted(points, labels, self.test_points, self.test_labels)

    def erased(self, point: tuple[float, float]) -> "Painted":
        """Without the points near this one."""
        kept = [
            k
            for k, (x, y) in enumerate(self.points)
            if np.hypot(x - point[0], y - point[1]) > ERASER
        ]
        points = tuple(self.points[k] for k in kept)
        labels = tuple(self.labels[k] for k in kept)
        return Painted(points, labels, self.test_points, self.test_labels)

    def values(self) -> dict[str, object]:
        """The keys of an experiment that learns these points."""
        count = max(2, max((*self.labels, *self.test_labels)) + 1)
        return {
            "data.name": INLINE,
            "data.inputs": self.points,
            "data.labels": self.labels,
            "data.class_names": CLASS_NAMES[:count],
            "data.targets": None,
            "data.test_inputs": self.test_points or None,
            "data.test_labels": self.test_labels or None,
            "data.test_targets": None,
        }


def _listed(
    points: FloatArray, labels: IntArray
) -> tuple[tuple[tuple[float, float], ...], tuple[int, ...]]:
    """As they are: each number is the shortest that is the same float32."""
    shortest = [tuple(float(str(value)) for value in point) for point in points]
    return tuple((x, y) for x, y in shortest), tuple(labels.tolist())
