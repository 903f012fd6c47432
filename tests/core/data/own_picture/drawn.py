"""Pictures of a 7 as people take them, each on another ground."""

from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from core.arrays import ByteArray, FloatArray
from core.data.own_picture.picture import OwnPicture, own_picture

SIDE: Final = 140


def seven(
    size: tuple[int, int] = (SIDE, SIDE),
    *,
    width: int = 11,
    at: tuple[float, float] = (0, 0),
    scale: float = 0.5,
) -> FloatArray:
    """Ink from 0 to 1 on (columns, rows)."""
    image = Image.new("L", size)
    ends = [(80, 60), (200, 60), (120, 220)]
    stroke = [(x * scale + at[0], y * scale + at[1]) for x, y in ends]
    ImageDraw.Draw(image).line(stroke, fill=255, width=width, joint="curve")
    return np.asarray(image, np.float32) / np.float32(255)


def of_grey(grey: FloatArray, opacity: FloatArray | None = None) -> OwnPicture:
    """A grey picture, 0 to 1, with its opacity if it is transparent."""
    return of_colours(np.repeat(grey[..., None], 3, axis=2), opacity)


def of_colours(colours: FloatArray, opacity: FloatArray | None = None) -> OwnPicture:
    """A picture of (rows, columns, 3) from 0 to 1."""
    alpha = np.ones(colours.shape[:2]) if opacity is None else opacity
    values = np.concatenate([colours, alpha[..., None]], axis=2)
    pixels: ByteArray = np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8)
    return own_picture(pixels)


def in_ink(paper: tuple[float, ...], ink: tuple[float, ...]) -> OwnPicture:
    """A 7 in one colour on another."""
    drawn = seven()[..., None]
    of = np.float32
    return of_colours((1 - drawn) * np.array(paper, of) + drawn * np.array(ink, of))


def photos() -> dict[str, OwnPicture]:
    """The same 7 in light that falls off, in the shade, in a corner of a page."""
    ink = seven()
    grain = np.random.default_rng(0).normal(0, 0.01, ink.shape)
    down, right = np.mgrid[0:SIDE, 0:SIDE] / SIDE
    vignette = 1 - 0.9 * ((right - 0.5) ** 2 + (down - 0.5) ** 2)
    shade = np.where(right + down > 1.1, 0.9, 0.45)
    dust = np.zeros_like(ink)
    dust[[10, 40, 100, 130], [20, 120, 110, 60]] = 1
    lit = {
        "light from the right": (0.25 + 0.7 * right) * (1 - 0.8 * ink),
        "vignette": vignette * (1 - 0.7 * ink) + 2 * grain,
        "the shadow of a hand": shade * (1 - 0.8 * ink) + grain,
        "underexposed": (0.15 + 0.2 * right) * (1 - 0.75 * ink) + grain,
        "pencil": 0.8 - 0.25 * ink + grain,
        "chalk on a board": 0.1 + 0.3 * right + 0.5 * ink + grain,
        "dust": 1 - np.maximum(ink, dust),
    }
    return {name: of_grey(grey.astype(np.float32)) for name, grey in lit.items()}
