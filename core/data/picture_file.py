"""Reads a picture from a file as grey levels."""

import struct
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from core.platform.kinds import kind_of_file
from core.platform.ordinary_files import check_ordinary
from core.values.errors import FileError
from core.values.words import tr

MAX_PIXELS: Final = 50_000_000
"""More are taken for a trap: a small file that unpacks into all memory. A phone's
camera has 12 to 50 million."""
MAX_SIDE: Final = 65_535
"""As in JPEG: what is longer is a line and no picture."""
MAX_BYTES: Final = 2**28
FORMATS: Final = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF", "PPM")
"""Pillow opens sixty more, some of them by starting other programs."""

ENDINGS: Final = (
    *(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff"),
    *(".ppm", ".pgm"),
)

_ORIENTATION: Final = 0x0112
"""The Exif tag that says how a camera was held."""
_ON_ITS_SIDE: Final = (5, 6, 7, 8)

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


def is_picture(path: Path) -> bool:
    """Whether a file is meant as a picture: by its name, or else by its first bytes."""
    if path.suffix.lower() in ENDINGS:
        return True
    try:
        return kind_of_file(path).startswith("a picture")
    except OSError:
        return False


def read_grey(path: Path) -> npt.NDArray[np.uint8]:
    """Grey levels (rows, columns); transparent pixels become white.

    Raises:
        FileError: not an image, a damaged one, or one with too many pixels.
    """
    return _read(path, lambda picture: _upright(picture, _grey(picture)))


def read_rgb(path: Path) -> npt.NDArray[np.uint8]:
    """Colours (rows, columns, 3); transparent pixels become white.

    Raises:
        FileError: as for grey levels.
    """

    def colours(picture: Image.Image) -> npt.NDArray[np.uint8]:
        pixels = _upright(picture, _rgba(picture))
        opacity = pixels[..., 3:].astype(np.uint16)
        shown = (pixels[..., :3] * opacity + 255 * (255 - opacity) + 127) // 255
        return shown.astype(np.uint8)

    return _read(path, colours)


def read_rgba(
    path: Path, longest: int
) -> tuple[npt.NDArray[np.uint8], tuple[int, int]]:
    """Colours and opacity (rows, columns, 4), and the picture's columns and rows.

    Args:
        path: of the picture.
        longest: rows or columns that are enough; a large photo may come smaller.

    Raises:
        FileError: as for grey levels.
    """
    sizes: list[tuple[int, int]] = []

    def pixels(picture: Image.Image) -> npt.NDArray[np.uint8]:
        columns, rows = picture.size
        is_turned = picture.getexif().get(_ORIENTATION) in _ON_ITS_SIDE
        sizes.append((rows, columns) if is_turned else (columns, rows))
        picture.draft("RGB", (longest, longest))
        return _upright(picture, _rgba(picture))

    return _read(path, pixels), sizes[0]


def read_fitted(
    path: Path, size: tuple[int, int], *, coloured: bool
) -> npt.NDArray[np.uint8]:
    """Levels of exactly this size: a picture of another is scaled and cut to it.

    Args:
        path: of the picture.
        size: columns and rows.
        coloured: whether to keep colours, (rows, columns, 3); else grey levels.

    Raises:
        FileError: as for grey levels.
    """
    levels = read_rgb(path) if coloured else read_grey(path)
    if levels.shape[:2] == size[::-1]:
        return levels
    return np.asarray(ImageOps.fit(Image.fromarray(levels), size))


_Read = Callable[[Image.Image], npt.NDArray[np.uint8]]


def _read(path: Path, read: _Read) -> npt.NDArray[np.uint8]:
    try:
        with warnings.catch_warnings():
            # Ignore Pillow's own, lower limits; ours is checked before reading.
            warnings.simplefilter("ignore")
            check_ordinary(path, MAX_BYTES)
            with Image.open(path, formats=FORMATS) as picture:
                _check_size(path, picture)
                return read(picture)
    except UnidentifiedImageError:
        kind = kind_of_file(path)
        found = f"this is {kind}, " if kind else ""
        reason = tr(
            "{found}not a picture that can be read; those are {formats}",
            found=found,
            formats=", ".join(FORMATS),
        )
    except Image.DecompressionBombError:
        reason = tr("it has too many pixels")
    except OSError as error:
        reason = tr("cannot be read: {reason}", reason=error.strerror or error)
    except _BROKEN:
        reason = tr("the image is damaged")
    msg = f"{path}: {reason}"
    raise FileError(msg) from None


def _check_size(path: Path, picture: Image.Image) -> None:
    columns, rows = picture.size
    if rows * columns > MAX_PIXELS or max(rows, columns) > MAX_SIDE:
        msg = tr(
            "{path}: {columns}x{rows} pixels are too many; there may "
            "be {max_pixels:,} at the most, {max_side:,} in a row or "
            "column",
            path=path,
            columns=columns,
            rows=rows,
            max_pixels=MAX_PIXELS,
            max_side=MAX_SIDE,
        )
        raise FileError(msg)


def _upright(
    picture: Image.Image, levels: npt.NDArray[np.uint8]
) -> npt.NDArray[np.uint8]:
    """Turned as the camera was held."""
    orientation = picture.getexif().get(_ORIENTATION)
    if orientation in (None, 1):
        return levels
    turned = Image.fromarray(levels)
    turned.getexif()[_ORIENTATION] = orientation
    return np.asarray(ImageOps.exif_transpose(turned))


def _grey(picture: Image.Image) -> npt.NDArray[np.uint8]:
    if picture.mode.startswith("I") or picture.mode == "F":
        return _from_levels(np.asarray(picture))
    if not picture.has_transparency_data:
        return np.asarray(picture.convert("L"))
    if picture.mode not in ("LA", "RGBA"):
        picture = picture.convert("RGBA")
    alpha = picture.getchannel("A")
    grey = picture.convert("L")
    # What is transparent shows the white paper below it.
    paper = Image.new("L", grey.size, 255)
    return np.asarray(Image.composite(grey, paper, alpha))


def _rgba(picture: Image.Image) -> npt.NDArray[np.uint8]:
    if picture.mode.startswith("I") or picture.mode == "F":
        grey = _from_levels(np.asarray(picture))
        return np.asarray(Image.fromarray(grey).convert("RGBA"))
    return np.asarray(picture.convert("RGBA"))


def _from_levels(levels: npt.NDArray[np.generic]) -> npt.NDArray[np.uint8]:
    """From 16-bit levels, which Pillow would cut off at 255, or real numbers.

    Raises:
        ValueError: some are no finite numbers.
    """
    values = levels.astype(np.float32)
    highest = float(values.max())
    if not np.isfinite(values).all():
        msg = tr("levels that are no numbers")
        raise ValueError(msg)
    top = max(255.0 if highest <= 255 else 65535.0, highest)
    values *= np.float32(255 / top)
    return np.clip(values, 0, 255, out=values).astype(np.uint8)
