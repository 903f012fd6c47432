"""From ink to colour: a saturating tone map over the plane's colour.

Ink P of positive and N of negative edges becomes opacity 1 - exp(-g (P + N)), which is
what stacking many faint lines converges to, so the order of edges does not matter; the
colour is a mean of the two signs' colours in which the stronger sign prevails: weights
P^k and N^k. Where n edges of random sign cross a pixel, P and N differ by a share of
about 1 / sqrt(n) only and a plain mean would be grey, so k grows with sqrt(n). Only the
hue depends on k, never the opacity. The gain g is chosen by the reference ink R that
the scale prints: g = FULL / R, so R is drawn with opacity 1 - exp(-FULL) = 92 %.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from gui.panels.network_picture.edges.fan_transform import InkArray
from gui.style import theme
from gui.style.tokens import of_colours

FULL: Final = 2.5
MOST: Final = 4.5
"""Optical depth where the table ends: opacity 98.9 %, more is indistinguishable."""
_LEAST_PREVALENCE: Final = 3
_MOST_PREVALENCE: Final = 16
_USUAL_CROWD: Final = 20.0
_LEVELS: Final = 256
_CHUNK: Final = 32
"""Pixel columns that are coloured at a time, so that the passes stay in the cache."""

Pixels = npt.NDArray[np.uint32]


def opacity(ink: float, reference: float) -> float:
    """How opaque ink is drawn on a scale with this reference."""
    return float(1 - np.exp(-FULL * ink / reference))


def sign_exponent(edges_at_a_pixel: float) -> int:
    """The exponent k for a gap in which so many edges cross each pixel."""
    wanted = _LEAST_PREVALENCE * float(np.sqrt(edges_at_a_pixel / _USUAL_CROWD))
    return round(min(max(wanted, _LEAST_PREVALENCE), _MOST_PREVALENCE))


@of_colours
def tone_table(
    *, dark: bool, exponent: int = _LEAST_PREVALENCE, has_ground: bool = True
) -> Pixels:
    """(65536,) 0xffRRGGBB at positive code + 256 * negative code.

    Without a ground it is 0xAARRGGBB, with the colours multiplied by the opacity.

    A code is 255 sqrt(depth / MOST): fine steps where the eye sees them.
    """
    depth = MOST * (np.arange(_LEVELS) / (_LEVELS - 1)) ** 2
    positive, negative = depth[None, :], depth[:, None]
    total = positive + negative
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.nan_to_num(1 / (1 + (negative / positive) ** exponent))
    cover = 1 - np.exp(-total)
    channels = []
    colours = theme.colours(dark=dark)
    signs = colours.plane, colours.positive, colours.negative
    for under, blue, red in zip(*signs, strict=True):
        ground = under * (1 - cover) if has_ground else 0.0
        mixed = ground + cover * (share * blue + (1 - share) * red)
        channels.append(np.rint(mixed).astype(np.uint32))
    r, g, b = channels
    full = np.uint32(0xFF)
    alpha = full if has_ground else np.rint(cover * 255).astype(np.uint32)
    return (alpha << np.uint32(24) | r << 16 | g << 8 | b).ravel().astype(np.uint32)


def paint_ink(
    ink: InkArray,
    reference: float,
    table: Pixels,
    out: Pixels,
    columns_per_sample: int = 1,
) -> None:
    """Colour ink into (rows, columns) of a picture.

    Args:
        ink: (columns / columns_per_sample rounded up, rows).
        reference: ink of full colour.
        table: from `tone_table`.
        out: overwritten.
        columns_per_sample: neighbouring pixel columns that share a column of ink.
    """
    scale = np.float32((_LEVELS - 1) ** 2 * FULL / (reference * MOST))
    for first in range(0, len(ink), _CHUNK):
        part = _coloured(ink[first : first + _CHUNK], scale, table).T
        stop = (first + _CHUNK) * columns_per_sample
        for k in range(columns_per_sample):
            columns = out[:, first * columns_per_sample + k : stop : columns_per_sample]
            columns[...] = part[:, : columns.shape[1]]


def _coloured(ink: InkArray, scale: np.float32, table: Pixels) -> Pixels:
    codes = np.multiply(ink.view(np.float32), scale)
    np.maximum(codes, np.float32(0), out=codes)
    np.sqrt(codes, out=codes)
    np.minimum(codes, np.float32(_LEVELS - 1), out=codes)
    codes += np.float32(0.5)
    pixels: Pixels = np.take(table, codes.astype(np.uint8).view(np.uint16))
    return pixels
