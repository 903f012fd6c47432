"""Labelled examples that readings are tried on."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from core.arrays import DoubleArray, FloatArray, IntArray
from core.data.dataset import Dataset
from core.data.scaling import BYTES as AS_BYTES
from core.data.table.preparation import NumberColumn
from core.experiment.rules import IMAGE_DATASETS
from core.readings.arrangement import Arrangement
from core.readings.values import (
    AS_IN_FILE,
    BY_PIXEL,
    COLOUR_SCALINGS,
    COLOURS_STANDARDISED,
    COLUMNS_STANDARDISED,
    COLUMNS_TO_ONE,
    MINUS_ONE_TO_ONE,
    NORMALISED,
    PLANES,
    SCALINGS,
    STANDARDISED,
    ZERO_TO_ONE,
)
from core.values.words import tr

MOST_IMAGES: Final = 1000
_FEWEST_LEVELS: Final = 64
"""Numbers in a row that may be a picture laid flat: 8x8 pixels."""
_ROUNDING: Final = 1e-3
"""By which levels of a file may be off once they were standardised and brought back."""
_NEARLY_STANDARDISED: Final = 0.2
"""Means and deviations of the training part differ by that from those of all rows."""


@dataclass(frozen=True, slots=True, eq=False)
class Received:
    """What the network receives of a data set: images = factor x received + offset.

    Attributes:
        text: for the user: "0..1, upright".
        factor, offset: one for all inputs, or (n_in,).
    """

    text: str
    factor: float | DoubleArray = 1.0
    offset: float | DoubleArray = 0.0


@dataclass(frozen=True, eq=False)
class Sample:
    """Examples in the numbers that readings are scalings of.

    Attributes:
        images: (n, n_in); shades from 0 to 1 of images, else the numbers of the file.
        labels: (n,).
        class_names: one for each class.
        arrangement: of the inputs.
        mean: of each input over the training part.
        spread: its deviation; 0 where it never changes.
        scalings: those that are tried, the belief first.
        received: what the network receives.
        has_ink: whether shades may be inverted.
        is_said: whether the user says the scaling.
        has_orders: whether an experiment on these data can say another order of the
            outputs than that of the classes.
    """

    images: FloatArray
    labels: IntArray
    class_names: tuple[str, ...]
    arrangement: Arrangement
    mean: DoubleArray
    spread: DoubleArray
    scalings: tuple[str, ...]
    received: Received
    has_ink: bool = True
    is_said: bool = False
    has_orders: bool = True

    @property
    def n_classes(self) -> int:
        return len(self.class_names)

    @property
    def is_of_images(self) -> bool:
        """Whether the examples are images, or may be."""
        return self.has_ink or self.arrangement.shape is not None

    @property
    def breadth(self) -> int:
        """How many times as many readings are kept, and named, as of grey images.

        Of colours there are more scalings in circulation, and they are near each other.
        """
        return 1 if self.arrangement.channels == 1 else 2

    @property
    def smoothing(self) -> float:
        """Share of the labels that the loss takes for wrong.

        Few examples are often all right, and any reading then has the loss 0 once its
        logits are large enough. The margins for grey images were measured without.
        """
        is_measured = self.is_of_images and self.arrangement.channels == 1
        return 0.0 if is_measured else 1 / max(len(self), 1)

    @property
    def deviation(self) -> DoubleArray:
        """The spread, with 1 where an input never changes."""
        return np.where(self.spread > 0, self.spread, 1.0)

    @cached_property
    def by_colour(self) -> tuple[DoubleArray, DoubleArray]:
        """Mean and deviation of each colour, one for each input."""
        place = self.arrangement
        means = place.by_colour(self.mean)
        variances = place.by_colour(self.spread**2 + self.mean**2) - means**2
        return place.spread(means), place.spread(np.sqrt(np.maximum(variances, 1e-12)))

    @cached_property
    def ends(self) -> tuple[DoubleArray, DoubleArray]:
        """The lowest number of each input, and how far the highest is from it."""
        low = self.images.min(axis=0).astype(np.float64)
        size = self.images.max(axis=0).astype(np.float64) - low
        return low, np.where(size > 0, size, 1.0)

    def __len__(self) -> int:
        return len(self.labels)


def sample_of(dataset: Dataset, scaling: str = "") -> Sample | None:
    """The first training examples; None where nothing is known of their inputs.

    Args:
        dataset: with classes, else None is returned.
        scaling: `data.scaling`, where the user says it: it is not tried.
    """
    columns = () if dataset.preparation is None else dataset.preparation.columns
    is_image = dataset.image_shape is not None or dataset.train.inputs.dtype == np.uint8
    if not dataset.has_classes or not (columns or is_image) or not len(dataset.train):
        return None
    if scaling:
        return _as_said(dataset, scaling)
    if columns:
        return _of_columns(dataset)
    if dataset.scaled in (None, AS_BYTES) or dataset.black_and_white == (0.0, 1.0):
        return _of_shades(dataset, _received(dataset, ZERO_TO_ONE))
    if dataset.black_and_white == (-1.0, 1.0):
        received = _received(dataset, MINUS_ONE_TO_ONE, 0.5, 0.5)
        return _of_shades(dataset, received, belief=MINUS_ONE_TO_ONE)
    return None


def _of_shades(
    dataset: Dataset, received: Received, belief: str = ZERO_TO_ONE
) -> Sample:
    """Of images as shades, with every scaling in circulation."""
    place = _arrangement(dataset)
    constants: tuple[str, ...] = (*SCALINGS,)
    fitted: tuple[str, ...] = (STANDARDISED,)
    if place.channels > 1:
        constants = (*(k for k in SCALINGS if k != NORMALISED), *COLOUR_SCALINGS)
        fitted = (COLOURS_STANDARDISED, STANDARDISED)
    scalings = tuple(dict.fromkeys((belief, *constants, *fitted)))
    return _sample(dataset, place, scalings, received)


def _of_columns(dataset: Dataset) -> Sample:
    """Of inputs that were standardised each by itself: rows of numbers, or pictures."""
    assert dataset.preparation is not None
    factors, offsets = _of_preparation(dataset)
    what = COLUMNS_STANDARDISED if dataset.image_shape is None else STANDARDISED
    text = tr("{what} by the training part", what=what)
    standardised = Received(text, factors, offsets)
    rows = dataset.train.network_inputs(np.arange(min(MOST_IMAGES, len(dataset.train))))
    numbers = rows * factors + offsets
    if dataset.image_shape is not None:
        # Numbers that are no shades were normalised before they came into the file.
        return _sample(
            dataset, _arrangement(dataset), (AS_IN_FILE,), standardised, has_ink=False
        )
    white = _white(numbers)
    is_wide = len(factors) >= _FEWEST_LEVELS
    are_numbers = all(isinstance(c, NumberColumn) for c in dataset.preparation.columns)
    if white and is_wide and are_numbers:
        shades = Received(text, factors / white, offsets / white)
        return _of_shades(dataset, shades)
    readings: tuple[str, ...] = (COLUMNS_STANDARDISED, AS_IN_FILE, COLUMNS_TO_ONE)
    if _is_standardised(factors, offsets):
        readings = (AS_IN_FILE,)
    return _sample(dataset, Arrangement(None), readings, standardised, has_ink=False)


def _as_said(dataset: Dataset, scaling: str) -> Sample:
    """What the user says is not tried; the rest is."""
    text = tr("data.scaling {scaling}", scaling=scaling)
    return _sample(
        dataset,
        _arrangement(dataset),
        (text,),
        _received(dataset, text),
        has_ink=False,
        is_said=True,
    )


def _sample(
    dataset: Dataset,
    arrangement: Arrangement,
    scalings: tuple[str, ...],
    received: Received,
    *,
    has_ink: bool = True,
    is_said: bool = False,
) -> Sample:
    train = dataset.train
    n = min(MOST_IMAGES, len(train))
    rows = train.network_inputs(np.arange(n))
    mean, spread = _statistics(dataset)
    factor = np.asarray(received.factor, np.float64)
    images = rows
    if (factor != 1).any() or np.any(received.offset):
        images = (rows * factor + received.offset).astype(np.float32)
        mean, spread = mean * factor + received.offset, spread * factor
    return Sample(
        images,
        train.labels[:n],
        dataset.class_names,
        arrangement,
        mean,
        spread,
        scalings,
        received,
        has_ink=has_ink,
        is_said=is_said,
        has_orders=dataset.name in IMAGE_DATASETS,
    )


def _received(
    dataset: Dataset, scaling: str, factor: float = 1.0, offset: float = 0.0
) -> Received:
    words = [scaling]
    if _arrangement(dataset).shape is not None:
        words.append("upright")
    if dataset.channels > 1:
        words.append(PLANES if dataset.has_planes else BY_PIXEL)
    return Received(", ".join(words), factor, offset)


def _arrangement(dataset: Dataset) -> Arrangement:
    """Of images, and of rows that may be square images laid flat."""
    shape = dataset.image_shape
    side = math.isqrt(dataset.n_inputs)
    if shape is None and side * side == dataset.n_inputs >= _FEWEST_LEVELS:
        shape = (side, side)
    return Arrangement(shape, dataset.channels, dataset.has_planes)


def _of_preparation(dataset: Dataset) -> tuple[DoubleArray, DoubleArray]:
    """Factor and offset of each input, from what is received to the file's numbers."""
    assert dataset.preparation is not None
    pairs: list[tuple[float, float]] = []
    for column in dataset.preparation.columns:
        if isinstance(column, NumberColumn):
            pairs.append((column.deviation, column.mean))
        else:
            pairs += [(1.0, 0.0)] * len(column.categories)
    factors, offsets = np.array(pairs, np.float64).T
    return factors, offsets


def _white(numbers: DoubleArray) -> float:
    """The level of white in rows that may be pictures laid flat; 0 for others."""
    low, high = float(numbers.min()), float(numbers.max())
    if low < -_ROUNDING or high <= _ROUNDING:
        return 0.0
    if high <= 1 + _ROUNDING:
        return 1.0
    is_whole = bool((np.abs(numbers - np.rint(numbers)) < _ROUNDING).all())
    return 255.0 if is_whole and high <= 255 + _ROUNDING else 0.0


def _is_standardised(factors: DoubleArray, offsets: DoubleArray) -> bool:
    """Whether the file's own numbers already have means of 0 and deviations of 1."""
    near = np.abs(offsets) < _NEARLY_STANDARDISED
    return bool((near & (np.abs(factors - 1) < _NEARLY_STANDARDISED)).all())


def _statistics(dataset: Dataset) -> tuple[DoubleArray, DoubleArray]:
    """Mean and spread of each input over all training examples, in parts."""
    train = dataset.train
    total = np.zeros(dataset.n_inputs)
    squares = np.zeros(dataset.n_inputs)
    for start in range(0, len(train), 4096):
        rows = train.network_inputs(np.arange(start, min(start + 4096, len(train))))
        total += rows.sum(axis=0, dtype=np.float64)
        squares += np.einsum("ij,ij->j", rows, rows, dtype=np.float64)
    mean = total / len(train)
    variance = np.maximum(squares / len(train) - mean**2, 0)
    return mean, np.where(variance > 1e-12, np.sqrt(variance), 0.0)
