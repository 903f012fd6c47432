"""A QImage of codes on a signed scale, and the text colour on its cells."""

import numpy as np
from PySide6.QtGui import QColor, QImage

from gui.style import theme
from gui.style.contrast import text_on
from gui.style.signed_scale import Codes, Pixels


def image_of_codes(codes: Codes, colours: Pixels) -> tuple[QImage, Pixels]:
    """The image and its pixels, which must live as long as the image."""
    pixels = np.ascontiguousarray(colours[codes])
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    return image, pixels


def text_colour_on(pixel: int) -> QColor:
    """The ink that is more readable on the colour 0xffRRGGBB."""
    rgb = (pixel >> 16) & 255, (pixel >> 8) & 255, pixel & 255
    return theme.colour(text_on(rgb))
