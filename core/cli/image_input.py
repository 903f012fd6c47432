"""From an image file to a network's input."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from core.arrays import FloatArray
from core.data.normalise import SIDE
from core.data.own_picture.picture import read_own_picture
from core.data.own_picture.reading import receive
from core.data.picture_file import read_fitted, read_grey, read_rgb
from core.data.picture_form import PictureForm
from core.experiment.model import Experiment
from core.experiment.rules import CIFAR_10, FILE, IMAGE_DATASETS
from core.files.weights import WeightsFile
from core.values.errors import FileError
from core.values.words import tr

Shades = FloatArray
"""(rows, columns), of colours (rows, columns, 3), from 0 to 1."""
_SCENES: Final = ("fashion-mnist", "kmnist")
"""They fill the whole image; normalised like digits they are misread."""
_DIGITS: Final = tuple("0123456789")


def form_of(weights: WeightsFile) -> PictureForm | None:
    """The images that a network takes; None where it is not known to take any.

    Files of before do not say it: those of the sets with a name are known, and so many
    inputs as an image of MNIST has are taken for one.
    """
    if weights.pictures is not None:
        return weights.pictures
    n_inputs = weights.spec.n_inputs
    name = _name(weights.experiment)
    if name == CIFAR_10:
        return PictureForm((32, 32), 3)
    side = math.isqrt(n_inputs)
    if n_inputs == SIDE * SIDE or (name in IMAGE_DATASETS and side * side == n_inputs):
        return PictureForm((side, side))
    return None


def reader(
    weights: WeightsFile, form: PictureForm, *, normalise: bool
) -> Callable[[Path], Shades]:
    """What reads an image file as the network was trained on.

    Images of ink, as MNIST's are, are normalised like them; own pictures are scaled as
    a whole, as when they were read for training.
    """
    if not normalise:
        return lambda path: plain_image(path, form)
    name = _name(weights.experiment)
    is_own = name == FILE and weights.class_names != _DIGITS
    if is_own or form.channels > 1:
        return lambda path: whole_image(path, form)
    if name in _SCENES:
        return lambda path: scaled_image(path, form)
    return lambda path: digit_image(path, form)


def _name(experiment: Experiment | None) -> str:
    return "" if experiment is None else experiment.data.name


def digit_image(path: Path, form: PictureForm) -> Shades:
    """An image of a digit on paper or on black, normalised like MNIST."""
    return receive(read_own_picture(path), form.shape).image


def plain_image(path: Path, form: PictureForm) -> Shades:
    """An image of the right size as it is, black 0 and white 1.

    Raises:
        FileError: it has another size.
    """
    levels = read_rgb(path) if form.channels > 1 else read_grey(path)
    if levels.shape[:2] != form.shape:
        rows, columns = levels.shape[:2]
        msg = tr(
            "{path}: has {columns}x{rows} pixels; with --no-normalise an image needs "
            "{wanted_columns}x{wanted_rows}",
            path=path,
            columns=columns,
            rows=rows,
            wanted_columns=form.shape[1],
            wanted_rows=form.shape[0],
        )
        raise FileError(msg)
    return _shades(levels)


def whole_image(path: Path, form: PictureForm) -> Shades:
    """An image of anything, cut to the shape of the data as those were."""
    rows, columns = form.shape
    return _shades(read_fitted(path, (columns, rows), coloured=form.channels > 1))


def scaled_image(path: Path, form: PictureForm) -> Shades:
    """An image of anything, scaled to fit with a dark background."""
    rows, columns = form.shape
    picture = ImageOps.pad(Image.fromarray(read_grey(path)), (columns, rows))
    grey = np.asarray(picture)
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    return _shades(255 - grey if np.median(border) > 127 else grey)


def _shades(levels: npt.NDArray[np.uint8]) -> Shades:
    return levels.astype(np.float32) / np.float32(255)
