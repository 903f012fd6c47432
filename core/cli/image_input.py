"""From an image file to a network's input."""

import struct
import warnings
import zlib
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from core.arrays import FloatArray
from core.data.normalise import SIDE, network_input_from_image
from core.values.errors import FileError

MAX_PIXELS: Final = 100_000_000
"""Larger images are refused: a small file could unpack into all memory."""

_BROKEN: Final = (
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    struct.error,
    zlib.error,
)
"""The errors of Pillow's readers for a damaged file."""


def digit_input(path: Path) -> FloatArray:
    """An image of a digit on paper or on black, normalised like MNIST; (784,)."""
    return network_input_from_image(read_grey(path))


def plain_input(path: Path) -> FloatArray:
    """An image of 28x28 pixels as it is, black 0 and white 1; (784,).

    Raises:
        FileError: it has another size.
    """
    grey = read_grey(path)
    if grey.shape != (SIDE, SIDE):
        rows, columns = grey.shape
        msg = (
            f"{path}: has {columns}x{rows} pixels; with "
            f"--no-normalise an image needs {SIDE}x{SIDE}"
        )
        raise FileError(msg)
    return _network_values(grey)


def scaled_input(path: Path) -> FloatArray:
    """An image of anything, scaled to 28x28 with a dark background; (784,)."""
    picture = ImageOps.pad(Image.fromarray(read_grey(path)), (SIDE, SIDE))
    grey = np.asarray(picture)
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    return _network_values(255 - grey if np.median(border) > 127 else grey)


def read_grey(path: Path) -> npt.NDArray[np.uint8]:
    """Grey levels (rows, columns); transparent pixels become white.

    Raises:
        FileError: not an image, a damaged one, or one with too many pixels.
    """
    try:
        with warnings.catch_warnings():
            # Ignore Pillow's own, lower limits; ours is checked before reading.
            warnings.simplefilter("ignore")
            with Image.open(path) as picture:
                _check_size(path, picture)
                return _grey(ImageOps.exif_transpose(picture))
    except UnidentifiedImageError:
        reason = "this is not a readable image file"
    except Image.DecompressionBombError:
        reason = "it has too many pixels"
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
    except _BROKEN:
        reason = "the image is damaged"
    msg = f"{path}: {reason}"
    raise FileError(msg) from None


def _check_size(path: Path, picture: Image.Image) -> None:
    columns, rows = picture.size
    if rows * columns > MAX_PIXELS:
        msg = (
            f"{path}: {columns}x{rows} pixels are too many; at most "
            f"{MAX_PIXELS:,} are read"
        )
        raise FileError(msg)


def _grey(picture: Image.Image) -> npt.NDArray[np.uint8]:
    if picture.mode.startswith("I") or picture.mode == "F":
        # Pillow would clip 16-bit levels at 255.
        levels = np.asarray(picture, np.float64)
        top = max(255.0 if levels.max() <= 255 else 65535.0, float(levels.max()))
        grey: npt.NDArray[np.uint8] = np.clip(levels / top * 255, 0, 255).astype(
            np.uint8
        )
        return grey
    if picture.has_transparency_data:
        rgba = picture.convert("RGBA")
        paper = Image.new("RGBA", rgba.size, "white")
        picture = Image.alpha_composite(paper, rgba)
    return np.asarray(picture.convert("L"))


def _network_values(grey: npt.NDArray[np.uint8]) -> FloatArray:
    return grey.astype(np.float32).ravel() / np.float32(255)
