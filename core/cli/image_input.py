"""From an image file to a network's input."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from core.arrays import FloatArray
from core.data.normalise import SIDE
from core.data.own_picture.picture import read_own_picture
from core.data.own_picture.reading import receive
from core.data.picture_file import read_grey
from core.values.errors import FileError
from core.values.words import tr


def digit_input(path: Path) -> FloatArray:
    """An image of a digit on paper or on black, normalised like MNIST; (784,)."""
    return receive(read_own_picture(path)).image.ravel()


def plain_input(path: Path) -> FloatArray:
    """An image of 28x28 pixels as it is, black 0 and white 1; (784,).

    Raises:
        FileError: it has another size.
    """
    grey = read_grey(path)
    if grey.shape != (SIDE, SIDE):
        rows, columns = grey.shape
        msg = tr(
            "{path}: has {columns}x{rows} pixels; with --no-normalise an image needs "
            "{side}x{side}",
            path=path,
            columns=columns,
            rows=rows,
            side=SIDE,
        )
        raise FileError(msg)
    return _network_values(grey)


def scaled_input(path: Path) -> FloatArray:
    """An image of anything, scaled to 28x28 with a dark background; (784,)."""
    picture = ImageOps.pad(Image.fromarray(read_grey(path)), (SIDE, SIDE))
    grey = np.asarray(picture)
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    return _network_values(255 - grey if np.median(border) > 127 else grey)


def _network_values(grey: npt.NDArray[np.uint8]) -> FloatArray:
    return grey.astype(np.float32).ravel() / np.float32(255)
