"""Ink: pen paths on 28x28 images, size-normalised and centred as in MNIST."""

import numpy as np

from core.arrays import FloatArray, IntArray
from core.data.normalise import BOX, SIDE, centre_shift

_MARGIN = 8
"""Pixels around the canvas, so that ink before centring never leaves it."""

_CANVAS = SIDE + 2 * _MARGIN


def fit_in_box(points: FloatArray, radii: FloatArray) -> FloatArray:
    """Scale paths so that their ink just fits the 20x20 box, keeping the aspect.

    Args:
        points: (n, samples, 2) in any unit.
        radii: (n, samples), half the pen's width in pixels of the result.

    Returns:
        The points in pixels, (n, samples, 2), ink from 0 to at most 20.
    """
    low, high = points.min(axis=1), points.max(axis=1)
    extent = (high - low).max(axis=1)
    # Half of the grey rim lies outside the pen's radius.
    pen = radii.mean(axis=1) + np.float32(0.35)
    scale = (BOX - 2 * pen) / np.maximum(extent, 1e-6)
    placed: FloatArray = (points - low[:, None]) * scale[:, None, None]
    placed += pen[:, None, None]
    return placed


def draw_ink(points: FloatArray, radii: FloatArray, softness: FloatArray) -> FloatArray:
    """Draw each path with a round pen and centre its mass.

    Args:
        points: (n, samples, 2), x and y in pixels as `fit_in_box` gives them.
        radii: (n, samples), half the pen's width in pixels.
        softness: (n,), width in pixels of the grey rim of the ink.

    Returns:
        (n, 28, 28) grey levels from 0 to 1.
    """
    placed = points + np.float32((SIDE - BOX) / 2)
    canvas = _splat(placed + np.float32(_MARGIN), radii, softness)
    shift = centre_shift(canvas[:, _MARGIN:-_MARGIN, _MARGIN:-_MARGIN])
    # A lopsided digit may ask for more than the margin, and would lose its end.
    pen = radii.max(axis=1)[:, None]
    least = -np.floor(placed.min(axis=1) - pen)[:, ::-1]
    most = SIDE - np.ceil(placed.max(axis=1) + pen)[:, ::-1]
    return _shifted(canvas, np.clip(shift, least, most).astype(np.int32))


def _splat(points: FloatArray, radii: FloatArray, softness: FloatArray) -> FloatArray:
    """Brightest of the pen's dots at each pixel; dots overlap, so they make a line."""
    n = len(points)
    reach = int(np.ceil(float(radii.max()) + float(softness.max()) / 2))
    offsets = np.arange(-reach, reach + 1)
    # maximum.at is thirty times slower unless indices are intp and both sides float32.
    pixels = np.floor(points).astype(np.intp)[..., None] + offsets
    away = (pixels + 0.5).astype(np.float32) - points[..., None]
    square = away * away
    distance = np.sqrt(square[:, :, 1, :, None] + square[:, :, 0, None, :])
    ink = (radii[:, :, None, None] - distance) / softness[:, None, None, None]
    pixels = np.clip(pixels, 0, _CANVAS - 1)
    image = np.arange(n)[:, None, None] * _CANVAS
    rows = (image + pixels[:, :, 1]) * _CANVAS
    places = rows[..., None] + pixels[:, :, 0, None, :]
    canvas = np.full(n * _CANVAS * _CANVAS, -0.5, np.float32)
    np.maximum.at(canvas, places.ravel(), ink.ravel())
    canvas = np.minimum(canvas + np.float32(0.5), np.float32(1))
    images: FloatArray = canvas.reshape(n, _CANVAS, _CANVAS)
    return images


def _shifted(canvas: FloatArray, shift: IntArray) -> FloatArray:
    """Cut 28x28 windows out of the canvas, displaced by whole pixels (down, right)."""
    steps = np.arange(SIDE)
    rows = np.clip(steps - shift[:, :1] + _MARGIN, 0, _CANVAS - 1)
    columns = np.clip(steps - shift[:, 1:] + _MARGIN, 0, _CANVAS - 1)
    images = np.arange(len(canvas))[:, None, None]
    windows: FloatArray = canvas[images, rows[:, :, None], columns[:, None, :]]
    return windows
