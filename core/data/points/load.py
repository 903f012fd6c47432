"""From the settings of a data set of points to the data set."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import numpy as np

from core.data.dataset import Dataset, Split
from core.data.point_space import PointSpace
from core.data.points import classes, playground
from core.data.points.playground import Drawn
from core.errors import DataError
from core.experiment.model import DataSettings
from core.experiment.rules import MANY_CLASSES
from core.features import chosen_features

CLASS_NAMES: Final = (
    "orange",
    "blue",
    "green",
    "violet",
    "yellow",
    "cyan",
    "pink",
    "olive",
    "brown",
    "grey",
)
DEFAULT_TRAIN_FRACTION: Final = 0.5

_DATA_SEED: Final = 20160412
_Draw = Callable[[np.random.Generator, float, int], Drawn]

_TWO_CLASSES: Final[Mapping[str, _Draw]] = {
    "circle": playground.circle,
    "xor": playground.xor,
    "gaussians": playground.gaussians,
    "spiral": playground.spiral,
    "checkerboard": classes.checkerboard,
    "moons": classes.moons,
}
_MANY_CLASSES: Final = {"clouds": classes.clouds, "rings": classes.rings}


def load_points(settings: DataSettings) -> Dataset:
    """Draw points, always the same ones for the same settings.

    Raises:
        DataError: no point would be left for training, or for testing.
    """
    n, n_train = settings.n_points, n_train_of(settings)
    random = random_of(settings.seed)
    coordinates, labels = _generator(settings)(random, settings.noise, n)
    order = random.permutation(n)
    train, test = order[:n_train], order[n_train:]
    points = np.ascontiguousarray(coordinates.T, np.float32)
    names = chosen_features(settings.features, points.shape[1])
    space = PointSpace(points[train], points[test], names)
    return Dataset(
        name=settings.name,
        train=Split(space.inputs(space.train), labels[train]),
        test=Split(space.inputs(space.test), labels[test]),
        class_names=CLASS_NAMES[: n_classes_of(settings)],
        input_names=space.input_names,
        source="drawn by Glassbox",
        space=space,
    )


def n_classes_of(settings: DataSettings) -> int:
    return settings.classes if settings.name in MANY_CLASSES else 2


def random_of(seed: int) -> np.random.Generator:
    """Where the points of a data seed come from."""
    return np.random.default_rng(_DATA_SEED if seed == 0 else (_DATA_SEED, seed))


def n_train_of(settings: DataSettings) -> int:
    """Points that train; the others test.

    Raises:
        DataError: none is left for one of the two.
    """
    n, fraction = settings.n_points, settings.train_fraction
    fraction = DEFAULT_TRAIN_FRACTION if fraction is None else fraction
    n_train = round(fraction * n)
    if not 0 < n_train < n:
        msg = (
            f"data.train_fraction: {fraction:g} of {n} points leaves none "
            f"to {'train' if n_train == 0 else 'test'} with; choose a number from "
            f"{1 / n:g} to {1 - 1 / n:g}"
        )
        raise DataError(msg)
    return n_train


def _generator(settings: DataSettings) -> _Draw:
    if settings.name in _MANY_CLASSES:
        many = _MANY_CLASSES[settings.name]
        return partial(_with_classes, many, settings.classes)
    return _TWO_CLASSES[settings.name]


def _with_classes(
    draw: Callable[[np.random.Generator, float, int, int], Drawn],
    n_classes: int,
    random: np.random.Generator,
    noise: float,
    n: int,
) -> Drawn:
    return draw(random, noise, n, n_classes)
