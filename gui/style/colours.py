"""The colours of classes in the plane: orange and blue, then the table's others."""

from typing import Final

import numpy as np
import numpy.typing as npt

from gui.style import theme

Colour = tuple[int, int, int]
Pixels = npt.NDArray[np.uint32]

CLASS_COLOURS: Final[tuple[Colour, ...]] = (
    theme.NEGATIVE,
    theme.POSITIVE,
    *theme.CLASS_COLOURS[2:],
)
"""One for each class of a data set of points, in the order of their names."""
STRONGEST: Final = 0.8
"""Share of a class's colour in a region where the network is certain."""


def class_colour(label: int) -> Colour:
    return CLASS_COLOURS[label % len(CLASS_COLOURS)]


def packed(rgb: npt.NDArray[np.generic]) -> Pixels:
    """(n, 3) colours as 0xffRRGGBB."""
    parts = rgb.astype(np.uint32)
    pixels = 0xFF000000 | parts[:, 0] << 16 | parts[:, 1] << 8 | parts[:, 2]
    return pixels.astype(np.uint32)


def region_table(*, dark: bool) -> Pixels:
    """(classes, 256): from no confidence to full, 0xffRRGGBB."""
    plane = np.array(theme.plane_colour(dark=dark), np.float64)
    share = np.linspace(0, STRONGEST, 256)[:, None]
    rows = [
        packed(np.rint(plane + share * (np.array(colour) - plane)))
        for colour in CLASS_COLOURS
    ]
    return np.stack(rows)
