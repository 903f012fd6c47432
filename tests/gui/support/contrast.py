"""Contrast measured on pixels: of a text to what it stands on."""

from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

Pixels = npt.NDArray[np.uint8]
RATIO: Final = 2
"""Pixels of the rendering for one of the window: strokes of letters are covered."""


def luminance(rgb: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """Relative luminance by WCAG 2.2, of values from 0 to 255."""
    share = np.asarray(rgb, np.float64) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def contrast_in(pixels: Pixels) -> float:
    """The largest contrast to the most frequent colour in (rows, columns, 3)."""
    flat = pixels.reshape(-1, 3)
    codes = flat.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    found, counts = np.unique(codes, return_counts=True)
    ground = int(found[np.argmax(counts)])
    back = luminance(np.array([ground >> 16, ground >> 8 & 255, ground & 255]))
    all_of = luminance(np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1))
    high, low = np.maximum(all_of, back), np.minimum(all_of, back)
    return float(np.max((high + 0.05) / (low + 0.05)))


def rendered(widget: QWidget) -> Pixels:
    """(rows, columns, 3) of a widget and all in it."""
    image = QImage(widget.size() * RATIO, QImage.Format.Format_RGB888)
    image.setDevicePixelRatio(RATIO)
    image.fill(widget.palette().window().color())
    widget.render(image)
    return pixels_of(image)


def pixels_of(image: QImage) -> Pixels:
    rows, columns = image.height(), image.width()
    line = np.frombuffer(image.constBits(), np.uint8).reshape(rows, -1)
    return line[:, : 3 * columns].reshape(rows, columns, 3).copy()


def cut(pixels: Pixels, box: QRectF) -> Pixels:
    """The part of a rendering that a rectangle of the widget covers."""
    left, top = max(0, int(box.left() * RATIO)), max(0, int(box.top() * RATIO))
    right, bottom = int(box.right() * RATIO) + 1, int(box.bottom() * RATIO) + 1
    return pixels[top:bottom, left:right]


def box_in(widget: QWidget, window: QWidget) -> QRectF:
    corner = widget.mapTo(window, QPoint(0, 0))
    return QRectF(QRect(corner, widget.size()))
