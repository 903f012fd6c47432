"""The colours of classes, and of the regions of a plane in which they win."""

import numpy as np
import numpy.typing as npt

from gui.style import theme

Pixels = npt.NDArray[np.uint32]


def class_colour(label: int, *, dark: bool) -> theme.Rgb:
    """Of a class by its number, in the order of their names."""
    classes = theme.colours(dark=dark).classes
    return classes[label % len(classes)]


def packed(rgb: npt.NDArray[np.generic]) -> Pixels:
    """(n, 3) colours as 0xffRRGGBB."""
    parts = rgb.astype(np.uint32)
    pixels = 0xFF000000 | parts[:, 0] << 16 | parts[:, 1] << 8 | parts[:, 2]
    return pixels.astype(np.uint32)


def region_table(*, dark: bool) -> Pixels:
    """(classes, 256): from no confidence to full, 0xffRRGGBB."""
    colours = theme.colours(dark=dark)
    plane = np.array(colours.plane, np.float64)
    share = np.linspace(0, colours.class_fill_strength, 256)[:, None]
    rows = [
        packed(np.rint(plane + share * (np.array(colour) - plane)))
        for colour in colours.classes
    ]
    return np.stack(rows)
