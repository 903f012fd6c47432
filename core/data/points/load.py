"""Makes a data set of points from its settings."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from core.data.dataset import NO_CLASS, Dataset, Split
from core.data.point_space import PointSpace
from core.data.points import classes, numbers, playground
from core.data.points.numbers import Numbered, formula_of
from core.data.points.playground import Coordinates, Drawn
from core.experiment.features import chosen_features
from core.experiment.model import DataSettings
from core.experiment.rules import LINE_DATASETS, MANY_CLASSES, NUMBER_DATASETS
from core.values.errors import DataError
from core.values.shares import fractions_that_part
from core.values.words import tr

CLASS_NAMES: Final = (
    "teal",
    "rose",
    "lime",
    "purple",
    "sand",
    "sky",
    "pink",
    "grey",
    "gold",
    "sage",
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
_NUMBERS: Final[Mapping[str, Callable[[np.random.Generator, float, int], Numbered]]] = {
    "plane": numbers.plane,
    "multi-gaussian": numbers.multi_gaussian,
}
_MANY_CLASSES: Final = {"clouds": classes.clouds, "rings": classes.rings}


def load_points(settings: DataSettings) -> Dataset:
    """Draw points, always the same ones for the same settings.

    Raises:
        DataError: no point would be left for training or for testing.
    """
    n, n_train = settings.n_points, n_train_of(settings)
    random = random_of(settings.seed)
    whole, coordinates = _drawn(settings, random, n)
    order = random.permutation(n)
    train, test = order[:n_train], order[n_train:]
    points = np.ascontiguousarray(coordinates.T, np.float32)
    names = chosen_features(settings.features, points.shape[1])
    space = PointSpace(points[train], points[test], names)
    has_numbers = settings.name in NUMBER_DATASETS
    return Dataset(
        name=settings.name,
        train=replace(whole.rows(train), inputs=space.inputs(space.train)),
        test=replace(whole.rows(test), inputs=space.inputs(space.test)),
        class_names=() if has_numbers else CLASS_NAMES[: n_classes_of(settings)],
        input_names=space.input_names,
        source=tr("drawn by Glassbox"),
        space=space,
        output_names=("y",) if has_numbers else (),
    )


def _drawn(
    settings: DataSettings, random: np.random.Generator, n: int
) -> tuple[Split, Coordinates]:
    """All labels or targets, and the coordinates (n_coordinates, n)."""
    if settings.name not in NUMBER_DATASETS:
        coordinates, labels = _generator(settings)(random, settings.noise, n)
        return Split(np.empty((n, 0), np.float32), labels), coordinates
    if settings.name in LINE_DATASETS:
        text = formula_of(settings.name, settings.formula)
        coordinates, values = numbers.on_line(random, settings.noise, n, text)
    else:
        coordinates, values = _NUMBERS[settings.name](random, settings.noise, n)
    targets = np.ascontiguousarray(values[:, None], np.float32)
    labels = np.full(n, NO_CLASS, np.int32)
    return Split(np.empty((n, 0), np.float32), labels, targets), coordinates


def n_classes_of(settings: DataSettings) -> int:
    return settings.classes if settings.name in MANY_CLASSES else 2


def random_of(seed: int) -> np.random.Generator:
    """The random generator of a data seed."""
    return np.random.default_rng(_DATA_SEED if seed == 0 else (_DATA_SEED, seed))


def n_train_of(settings: DataSettings) -> int:
    """Number of training points; the others are for testing.

    Raises:
        DataError: one of the two would be empty.
    """
    n, fraction = settings.n_points, settings.train_fraction
    fraction = DEFAULT_TRAIN_FRACTION if fraction is None else fraction
    n_train = round(fraction * n)
    if not 0 < n_train < n:
        msg = tr(
            "data.train_fraction: {fraction:g} of {n} points leaves "
            "none for {which}; choose a number from ",
            fraction=fraction,
            n=n,
            which=tr("training") if n_train == 0 else tr("testing"),
        ) + " to ".join(fractions_that_part(n) or ())
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
