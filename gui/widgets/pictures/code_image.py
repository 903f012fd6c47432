"""A QImage of codes on a signed scale, and the text colour on its cells."""

import numpy as np
from PySide6.QtGui import QColor, QImage

from gui.style.signed_scale import Codes, Pixels


def image_of_codes(codes: Codes, colours: Pixels) -> tuple[QImage, Pixels]:
    """The image and its pixels, which must live as long as the image."""
    pixels = np.ascontiguousarray(colours[codes])
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    return image, pixels


def text_colour_on(pixel: int) -> QColor:
    """Black or white, whichever is more readable on the colour 0xffRRGGBB."""
    red, green, blue = (pixel >> 16) & 255, (pixel >> 8) & 255, pixel & 255
    luminance = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
    return QColor(0, 0, 0) if luminance > 0.18 * 255**2.2 else QColor(255, 255, 255)
