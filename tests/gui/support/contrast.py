"""Contrast measured on pixels: of a text to what it stands on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QWidget

Pixels = npt.NDArray[np.uint8]
RATIO: Final = 2
"""Pixels of the rendering for one of the window: strokes of letters are covered."""


@dataclass(frozen=True)
class Drawn:
    """A text that a picture has painted, and where in it."""

    text: str
    box: QRectF


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


@contextmanager
def painted_texts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Drawn]]:
    """All that is written by painters of Python in the meantime."""
    found: list[Drawn] = []
    draw = QPainter.drawText

    def record(painter: QPainter, *args: Any) -> Any:
        text = next((one for one in args if isinstance(one, str)), "")
        if text.strip():
            found.append(Drawn(text, _box_of(painter, text, args)))
        return draw(painter, *args)

    with monkeypatch.context() as patched:
        patched.setattr(QPainter, "drawText", record)
        yield found


def _box_of(painter: QPainter, text: str, args: tuple[Any, ...]) -> QRectF:
    """The rectangle of the letters, in pixels of the widget."""
    metrics = QFontMetricsF(painter.font())
    first = args[0]
    if isinstance(first, QRect | QRectF):
        flags = args[1] if len(args) == 3 and args[1] is not text else 0
        flags = int(getattr(flags, "value", flags))
        box = painter.boundingRect(QRectF(first), flags, text)
    else:
        at = QPointF(first) if isinstance(first, QPoint | QPointF) else None
        at = at or QPointF(float(first), float(args[1]))
        width = metrics.horizontalAdvance(text)
        box = QRectF(at.x(), at.y() - metrics.ascent(), width, metrics.height())
    # The painter's own scale for the device is left out.
    return painter.transform().mapRect(box)
