"""The size of a data set before it is loaded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.experiment.features import chosen_features
from core.experiment.rules import (
    LINE_DATASETS,
    MANY_CLASSES,
    NUMBER_DATASETS,
    POINT_DATASETS,
)

FLOAT_BYTES: Final = 4


@dataclass(frozen=True, slots=True)
class DataShape:
    """The size of a data set.

    Attributes:
        n_inputs: values of one example.
        n_outputs: classes, or numbers of one target.
        n_examples: training and test examples together; approximate for points.
        input_bytes: bytes of one stored value.
    """

    n_inputs: int
    n_outputs: int
    n_examples: int
    input_bytes: int


_PLANE: Final = DataShape(2, 2, 500, FLOAT_BYTES)
DATA_SHAPES: Final[Mapping[str, DataShape]] = {
    "digits": DataShape(784, 10, 24_000, 1),
    "mnist": DataShape(784, 10, 70_000, 1),
    "fashion-mnist": DataShape(784, 10, 70_000, 1),
    "large-digits": DataShape(200 * 200, 10, 600, 1),
    "kmnist": DataShape(784, 10, 70_000, 1),
    "qmnist": DataShape(784, 10, 120_000, 1),
    "emnist-letters": DataShape(784, 26, 145_600, 1),
    "emnist-balanced": DataShape(784, 47, 131_600, 1),
    "emnist-byclass": DataShape(784, 62, 814_255, 1),
    "emnist-bymerge": DataShape(784, 47, 814_255, 1),
    "emnist-digits": DataShape(784, 10, 280_000, 1),
    "emnist-mnist": DataShape(784, 10, 70_000, 1),
    "cifar-10": DataShape(32 * 32 * 3, 10, 60_000, 1),
    **dict.fromkeys(POINT_DATASETS, _PLANE),
    **dict.fromkeys(NUMBER_DATASETS, DataShape(2, 1, 500, FLOAT_BYTES)),
    **dict.fromkeys(LINE_DATASETS, DataShape(1, 1, 500, FLOAT_BYTES)),
}
"""Sizes of all data sets that are not written in the experiment itself."""


def shape_of_points(
    name: str, *, n_points: int, classes: int, features: Sequence[str]
) -> DataShape:
    """The size of a data set of points with these settings."""
    n_coordinates = 1 if name in LINE_DATASETS else 2
    return DataShape(
        n_inputs=len(chosen_features(features, n_coordinates)),
        n_outputs=classes if name in MANY_CLASSES else DATA_SHAPES[name].n_outputs,
        n_examples=n_points,
        input_bytes=FLOAT_BYTES,
    )
