"""MNIST's normalisation: fit the ink into 20x20, centre its mass in 28x28.

A network trained on digits normalised this way misclassifies others, so the
drawing pad and pictures from files pass through here.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image
from PIL.ImageFilter import MaxFilter, MinFilter

from core.arrays import FloatArray, IntArray
from core.values.words import tr

SIDE = 28
"""Rows and columns of a normalised image."""

BOX = 20
"""Rows and columns that the ink is scaled to fit."""

GreyBytes = npt.NDArray[np.uint8]
Box = tuple[int, int, int, int]
GreyImage = npt.NDArray[np.uint8] | npt.NDArray[np.floating]

_INK = 0.08
"""Grey level above which a pixel counts as ink."""

_FINEST, _FINE = 1.6, 2.2
_BROADEST, _BROAD = 4.4, 3.8
"""Stroke widths in pixels: outside the range of nearly all MNIST digits (1.6 to 4.4)
strokes are redrawn broader or finer, so that neither a thin pen's grey lines nor a
small drawing's blots reach the network."""

_ZOOM = 3
"""Strokes are redrawn this many times larger than the 20x20 result."""

_BLOT = 8
"""Margin in pixels around the enlarged ink, for strokes to grow."""


def normalise(
    image: GreyImage,
    shape: tuple[int, int] = (SIDE, SIDE),
    *,
    strokes: bool = True,
    centre: bool = True,
) -> FloatArray:
    """Size-normalise and centre bright ink on a dark background.

    Args:
        image: (rows, columns), uint8 0 to 255 or float 0 to 1.
        shape: rows and columns of the result; its box is as large a share of them.
        strokes: whether to make strokes about as broad as MNIST's.
        centre: whether to bring the centre of mass to the middle; else it is the
            middle of the box around the ink.

    Returns:
        (rows, columns) float32 from 0 to 1; all zeros where there is no ink.
    """
    if image.ndim != 2:
        msg = tr(
            "image needs the shape (rows, columns), got {shape}", shape=image.shape
        )
        raise ValueError(msg)
    grey = as_levels(image)
    placed = np.zeros(shape, np.float32)
    box = _ink_box(grey)
    if box is None:
        return placed
    small = _fit(grey, box, max(1, round(min(shape) * BOX / SIDE)), strokes=strokes)
    rows, columns = small.shape
    top, left = (shape[0] - rows) // 2, (shape[1] - columns) // 2
    placed[top : top + rows, left : left + columns] = small
    if not centre:
        return placed
    down, right = centre_shift(placed[None])[0]
    # The ink fits into its box, yet a lopsided one may ask for more than the margin.
    down = np.clip(down, -top, shape[0] - rows - top)
    right = np.clip(right, -left, shape[1] - columns - left)
    return np.roll(placed, (int(down), int(right)), axis=(0, 1))


def centre_shift(images: FloatArray) -> IntArray:
    """Whole pixels (down, right) that bring each image's centre of mass to the middle.

    Whole pixels as in MNIST, whose centres of mass lie within pixel (14, 14): a
    fraction of a pixel would blur the strokes.

    Args:
        images: (n, rows, columns).

    Returns:
        (n, 2) int32.
    """
    down, right = (np.arange(size, dtype=np.float32) for size in images.shape[1:])
    mass = np.maximum(images.sum(axis=(1, 2)), np.float32(1e-6))
    row = (images.sum(axis=2) @ down) / mass
    column = (images.sum(axis=1) @ right) / mass
    middle = np.array(images.shape[1:]) // 2
    shift: IntArray = np.rint(middle - np.stack([row, column], axis=1)).astype(np.int32)
    return shift


def as_levels(image: GreyImage) -> GreyBytes:
    """Grey levels 0 to 255 of an image of such, or of floats from 0 to 1."""
    if image.dtype == np.uint8:
        return image.astype(np.uint8, copy=False)
    grey: GreyBytes = np.rint(np.clip(image, 0, 1) * 255).astype(np.uint8)
    return grey


def fit_box(image: GreyImage) -> Box | None:
    """Left, top, right and bottom around the ink; None where there is none."""
    return _ink_box(as_levels(image))


def _ink_box(grey: GreyBytes) -> Box | None:
    """Left, top, right and bottom around the ink, right and bottom exclusive."""
    ink = grey > int(_INK * 255)
    rows = np.flatnonzero(ink.any(axis=1))
    if len(rows) == 0:
        return None
    columns = np.flatnonzero(ink.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _fit(grey: GreyBytes, box: Box, side: int, *, strokes: bool) -> FloatArray:
    """The ink scaled to so many pixels, its strokes about as broad as MNIST's."""
    small = _resized(grey, box, side)
    width = stroke_width(small) * BOX / side
    if not strokes or _FINEST <= width <= _BROADEST:
        return small
    redrawn = _redrawn(_resized(grey, box, _ZOOM * BOX), width)
    new_box = _ink_box(redrawn)
    return small if new_box is None else _resized(redrawn, new_box, side)


def _resized(grey: GreyBytes, box: Box, side: int) -> FloatArray:
    """The box scaled so that its longer side has `side` pixels."""
    left, top, right, bottom = box
    longer = max(right - left, bottom - top)
    size = (
        max(1, round((right - left) * side / longer)),
        max(1, round((bottom - top) * side / longer)),
    )
    # When shrinking, Pillow's filter covers all pixels under it, as an average of
    # areas does; MNIST's soft edges come from the same.
    resized = Image.fromarray(grey).resize(size, Image.Resampling.BILINEAR, box=box)
    return np.asarray(resized, np.float32) / np.float32(255)


def stroke_width(image: FloatArray) -> float:
    """Mean stroke width in pixels: twice the ink's area by its outline's length."""
    padded = np.pad(image, 1)
    steps = (
        np.abs(np.diff(padded, axis=0)).sum() + np.abs(np.diff(padded, axis=1)).sum()
    )
    # Steps along rows and columns measure an outline 4/pi too long on average.
    rim = float(steps) * np.pi / 4
    darkness = float(image.max(initial=0))
    return 2 * float(image.sum()) / rim * darkness if rim > 0 else 0.0


def _redrawn(enlarged: FloatArray, width: float) -> GreyBytes:
    """Grow or shrink the strokes of an enlarged picture by a whole number of pixels."""
    darkest = enlarged / max(float(enlarged.max()), 1e-3)
    canvas = Image.fromarray(np.pad(as_levels(darkest), _BLOT))
    target = _FINE if width < _FINEST else max(_BROAD, width - _BLOT / _ZOOM)
    reach = max(1, round(abs(target - width) * _ZOOM / 2))
    size = 2 * reach + 1
    kernel = MaxFilter(size) if target > width else MinFilter(size)
    return np.asarray(canvas.filter(kernel))
