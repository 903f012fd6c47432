"""Labelled images that readings are tried on."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import DoubleArray, FloatArray, IntArray
from core.data.dataset import Dataset

MOST_IMAGES: Final = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Examples as Glassbox gives them to a network: 0 to 1, upright, classes from 0.

    Attributes:
        images: (n, n_in), from 0 to 1.
        labels: (n,).
        class_names: one for each class.
        shape: rows and columns of an image; None where the inputs are no image.
        mean: of each input over the training part.
        deviation: of each input; 1 where it never changes.
    """

    images: FloatArray
    labels: IntArray
    class_names: tuple[str, ...]
    shape: tuple[int, int] | None
    mean: DoubleArray
    deviation: DoubleArray

    @property
    def n_classes(self) -> int:
        return len(self.class_names)

    def __len__(self) -> int:
        return len(self.labels)


def sample_of(dataset: Dataset) -> Sample | None:
    """The first training images; None for data that are no images with classes."""
    train = dataset.train
    is_plain = dataset.channels == 1 and dataset.scaled is None
    if dataset.image_shape is None or not dataset.has_classes or not is_plain:
        return None
    n = min(MOST_IMAGES, len(train))
    mean, deviation = _statistics(dataset)
    return Sample(
        train.network_inputs(np.arange(n)),
        train.labels[:n],
        dataset.class_names,
        dataset.image_shape,
        mean,
        deviation,
    )


def _statistics(dataset: Dataset) -> tuple[DoubleArray, DoubleArray]:
    """Mean and deviation of each pixel over all training images, in parts."""
    train = dataset.train
    total = np.zeros(dataset.n_inputs)
    squares = np.zeros(dataset.n_inputs)
    for start in range(0, len(train), 4096):
        rows = train.network_inputs(np.arange(start, min(start + 4096, len(train))))
        total += rows.sum(axis=0, dtype=np.float64)
        squares += np.einsum("ij,ij->j", rows, rows, dtype=np.float64)
    mean = total / len(train)
    variance = np.maximum(squares / len(train) - mean**2, 0)
    return mean, np.where(variance > 1e-12, np.sqrt(variance), 1.0)


def transposed(values: np.ndarray, shape: tuple[int, int] | None) -> np.ndarray:
    """Images with rows and columns exchanged; those of no square as they are."""
    if shape is None or shape[0] != shape[1]:
        return values
    images = values.reshape(*values.shape[:-1], *shape)
    return np.ascontiguousarray(np.swapaxes(images, -1, -2)).reshape(values.shape)
