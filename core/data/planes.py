"""Points of two classes in the plane: circle, xor, two gaussians, spiral.

The four sets, their sizes and their noise are those of TensorFlow Playground, so
that what people know from there can be tried here. Inputs are the raw coordinates,
about -6 to 6, as there; class 1 ("blue") is Playground's positive class.
"""

import math
from collections.abc import Callable
from typing import Final

import numpy as np

from core.data.dataset import Dataset, Split
from core.errors import DataError
from core.network_spec import FloatArray
from core.snapshot import IntArray

N_POINTS: Final = 500
CLASS_NAMES: Final = ("orange", "blue")
INPUT_NAMES: Final = ("x1", "x2")
DEFAULT_TRAIN_FRACTION: Final = 0.5

_DATA_SEED: Final = 20160412
_HALF: Final = N_POINTS // 2
_RADIUS: Final = 5.0

Points = tuple[FloatArray, IntArray]


def load_plane(
    name: str,
    *,
    noise: float = 0.0,
    train_fraction: float = DEFAULT_TRAIN_FRACTION,
) -> Dataset:
    """Draw 500 points, always the same ones for the same arguments.

    Args:
        name: "circle", "xor", "gaussians" or "spiral".
        noise: Playground's slider runs from 0 to 0.5; more is possible. Gaussians:
            the variance is 0.5 + 7 noise. Spiral: each coordinate is moved by up to
            `noise`. Circle and xor: the points stay, the label is that of a point
            moved by up to `noise` times 5 in each coordinate.
        train_fraction: share of the points that trains; the others test.

    Raises:
        DataError: no point would be left for training, or for testing.
    """
    n_train = round(train_fraction * N_POINTS)
    if not 0 < n_train < N_POINTS:
        msg = (
            f"data.train_fraction: {train_fraction:g} of {N_POINTS} points leaves none "
            f"to {'train' if n_train == 0 else 'test'} with; choose a number from "
            f"{1 / N_POINTS:g} to {1 - 1 / N_POINTS:g}"
        )
        raise DataError(msg)
    random = np.random.default_rng(_DATA_SEED)
    inputs, labels = _GENERATORS[name](random, noise)
    order = random.permutation(N_POINTS)
    train, test = order[:n_train], order[n_train:]
    return Dataset(
        name=name,
        train=Split(inputs[train], labels[train]),
        test=Split(inputs[test], labels[test]),
        class_names=CLASS_NAMES,
        input_names=INPUT_NAMES,
        source="drawn by Glassbox",
    )


def _circle(random: np.random.Generator, noise: float) -> Points:
    inner = random.uniform(0.0, 0.5 * _RADIUS, _HALF)
    outer = random.uniform(0.7 * _RADIUS, _RADIUS, _HALF)
    radius = np.concatenate([inner, outer])
    angle = random.uniform(0.0, 2.0 * math.pi, N_POINTS)
    points = radius * np.stack([np.sin(angle), np.cos(angle)])
    moved = points + noise * random.uniform(-_RADIUS, _RADIUS, points.shape)
    return _as_arrays(points, np.hypot(*moved) < 0.5 * _RADIUS)


def _xor(random: np.random.Generator, noise: float) -> Points:
    points = random.uniform(-5.0, 5.0, (2, N_POINTS))
    points += np.where(points > 0, 0.3, -0.3)
    moved = points + noise * random.uniform(-5.0, 5.0, points.shape)
    return _as_arrays(points, moved[0] * moved[1] >= 0)


def _gaussians(random: np.random.Generator, noise: float) -> Points:
    is_blue = np.arange(N_POINTS) < _HALF
    centre = np.where(is_blue, 2.0, -2.0)
    deviation = math.sqrt(0.5 + 7.0 * noise)
    points = centre + deviation * random.standard_normal((2, N_POINTS))
    return _as_arrays(points, is_blue)


def _spiral(random: np.random.Generator, noise: float) -> Points:
    along = np.tile(np.arange(_HALF) / _HALF, 2)
    is_blue = np.arange(N_POINTS) < _HALF
    angle = 3.5 * math.pi * along + np.where(is_blue, 0.0, math.pi)
    points = _RADIUS * along * np.stack([np.sin(angle), np.cos(angle)])
    points += noise * random.uniform(-1.0, 1.0, points.shape)
    return _as_arrays(points, is_blue)


def _as_arrays(points: np.ndarray, is_blue: np.ndarray) -> Points:
    return np.ascontiguousarray(points.T, np.float32), is_blue.astype(np.int32)


_GENERATORS: Final[dict[str, Callable[[np.random.Generator, float], Points]]] = {
    "circle": _circle,
    "xor": _xor,
    "gaussians": _gaussians,
    "spiral": _spiral,
}
