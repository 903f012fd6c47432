"""From the shown example to its point in the plane, and back."""

from typing import Final, Literal

import numpy as np

from core.arrays import FloatArray
from core.data.dataset import Dataset
from gui.session.view_state import ShownExample

CATCH: Final = 0.25
"""Distance in coordinates within which a click chooses a point of the data."""


def point_of(dataset: Dataset, example: ShownExample) -> tuple[float, ...] | None:
    """Coordinates of the shown example; None when it is not a point."""
    space = dataset.space
    if space is None:
        return None
    if example.point is not None:
        return example.point
    if example.index is None:
        return None
    points = space.test if example.origin == "test" else space.train
    if example.index >= len(points):
        return None
    return tuple(points[example.index].tolist())


def free_example(dataset: Dataset, point: tuple[float, ...]) -> ShownExample:
    """A point that is not in the data set, and has no true class."""
    assert dataset.space is not None
    coordinates = np.array([point], np.float32)
    inputs = dataset.space.inputs(coordinates)[0]
    return ShownExample(inputs, None, "drawing", None, tuple(map(float, point)))


def example_near(
    dataset: Dataset, point: tuple[float, ...], *, test: bool
) -> ShownExample:
    """The nearest point of the data if one is close enough, else a free point.

    Args:
        dataset: of points.
        point: where the user has clicked.
        test: whether the test points are visible, and can be chosen.
    """
    space = dataset.space
    assert space is not None
    wanted = np.array(point, np.float32)
    best, found = CATCH, free_example(dataset, point)
    splits: list[tuple[FloatArray, bool]] = [(space.train, False)]
    if test:
        splits.append((space.test, True))
    for points, is_test in splits:
        distance = np.linalg.norm(points - wanted, axis=1)
        nearest = int(np.argmin(distance))
        if distance[nearest] < best:
            best = float(distance[nearest])
            split = dataset.test if is_test else dataset.train
            origin: Literal["test", "train"] = "test" if is_test else "train"
            found = ShownExample.of(split, nearest, origin)
    return found
