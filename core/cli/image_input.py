"""From a picture file to what a network receives."""

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
"""More are taken for a trap: a small file that unpacks into all memory."""

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
"""What Pillow's readers let through when a file is damaged."""


def digit_input(path: Path) -> FloatArray:
    """A picture of a digit on paper or on black, as MNIST would have it; (784,)."""
    return network_input_from_image(read_grey(path))


def plain_input(path: Path) -> FloatArray:
    """A picture of 28x28 pixels as it is, black 0 and white 1; (784,).

    Raises:
        FileError: it has another size.
    """
    grey = read_grey(path)
    if grey.shape != (SIDE, SIDE):
        rows, columns = grey.shape
        msg = (
            f"{path}: has {columns}x{rows} pixels; as it is, a picture needs "
            f"{SIDE}x{SIDE}"
        )
        raise FileError(msg)
    return _network_values(grey)


def scaled_input(path: Path) -> FloatArray:
    """A picture of anything, scaled to 28x28 with a dark ground; (784,)."""
    picture = ImageOps.pad(Image.fromarray(read_grey(path)), (SIDE, SIDE))
    grey = np.asarray(picture)
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    return _network_values(255 - grey if np.median(border) > 127 else grey)


def read_grey(path: Path) -> npt.NDArray[np.uint8]:
    """Grey levels (rows, columns); what is transparent is white paper.

    Raises:
        FileError: no picture, a damaged one, or one of too many pixels.
    """
    try:
        with warnings.catch_warnings():
            # Of Pillow's own, lower limits; ours is checked before anything is read.
            warnings.simplefilter("ignore")
            with Image.open(path) as picture:
                _check_size(path, picture)
                return _grey(ImageOps.exif_transpose(picture))
    except UnidentifiedImageError:
        reason = "this is not a picture that can be read"
    except Image.DecompressionBombError:
        reason = "it has too many pixels"
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
    except _BROKEN:
        reason = "the picture is damaged"
    msg = f"{path}: {reason}"
    raise FileError(msg) from None


def _check_size(path: Path, picture: Image.Image) -> None:
    columns, rows = picture.size
    if rows * columns > MAX_PIXELS:
        msg = (
            f"{path}: {columns}x{rows} pixels are too many; there may be "
            f"{MAX_PIXELS:,} at the most"
        )
        raise FileError(msg)


def _grey(picture: Image.Image) -> npt.NDArray[np.uint8]:
    if picture.mode.startswith("I") or picture.mode == "F":
        # Pillow would cut 16-bit levels off at 255.
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
