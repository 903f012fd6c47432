"""A picture from a file or the clipboard: its pixels, not larger than needed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from core.arrays import ByteArray
from core.data.picture_file import read_rgba

LONGEST: Final = 768
"""Rows or columns that are kept: many times what a network for images receives."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnPicture:
    """What the user has brought.

    Attributes:
        pixels: (rows, columns, 4) red, green, blue and opacity.
        size: columns and rows before the picture was made smaller.
        name: of its file; empty for one from the clipboard.
    """

    pixels: ByteArray
    size: tuple[int, int]
    name: str = ""


def own_picture(
    pixels: ByteArray, name: str = "", size: tuple[int, int] | None = None
) -> OwnPicture:
    """Keep (rows, columns, 4) pixels, of a larger picture an average of them.

    Args:
        pixels: red, green, blue and opacity.
        name: of the file.
        size: columns and rows of the picture, if these are fewer.
    """
    rows, columns = pixels.shape[:2]
    whole = (columns, rows) if size is None else size
    share = LONGEST / max(rows, columns)
    if share >= 1:
        return OwnPicture(pixels, whole, name)
    smaller = max(1, round(columns * share)), max(1, round(rows * share))
    image = Image.fromarray(pixels).resize(smaller, Image.Resampling.BOX)
    return OwnPicture(np.asarray(image), whole, name)


def read_own_picture(path: Path) -> OwnPicture:
    """Read a picture's file.

    Raises:
        FileError: not an image, a damaged one, or one with too many pixels.
    """
    pixels, size = read_rgba(path, LONGEST)
    return own_picture(pixels, path.name, size)
