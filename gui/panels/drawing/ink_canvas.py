"""White ink on black: a soft round brush, an eraser, and undo of whole strokes.

Pure NumPy, so that a stroke is exact and can be tested without a window.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import ByteArray

SIDE: Final = 280
"""Pixels of the longer side: ten for each pixel that a 28x28 network receives."""
UNDO_DEPTH: Final = 200
SOFT_SHARE: Final = 0.4
"""Share of the brush's radius over which the ink fades out."""


@dataclass(frozen=True, slots=True)
class Dab:
    """The brush at one moment, in canvas pixels."""

    x: float
    y: float
    radius: float


def coverage(
    start: Dab, stop: Dab, shape: tuple[int, int] = (SIDE, SIDE)
) -> tuple[slice, slice, ByteArray]:
    """Ink of the brush swept in a straight line from `start` to `stop`.

    The radius changes evenly on the way, as pen pressure does.

    Returns:
        (rows, columns, ink): the part of the canvas that is touched, and how much,
        0 to 255.
    """
    reach = max(start.radius, stop.radius) + 1
    rows = _span(start.y, stop.y, reach, shape[0])
    columns = _span(start.x, stop.x, reach, shape[1])
    y = np.arange(rows.start, rows.stop, dtype=np.float32)[:, None] + 0.5 - start.y
    x = np.arange(columns.start, columns.stop, dtype=np.float32)[None] + 0.5 - start.x
    dx, dy = stop.x - start.x, stop.y - start.y
    along = (x * dx + y * dy) / max(dx * dx + dy * dy, 1e-9)
    along = np.clip(along, 0, 1)
    distance = np.hypot(x - along * dx, y - along * dy)
    radius = start.radius + along * (stop.radius - start.radius)
    ink = np.clip((radius - distance) / (SOFT_SHARE * radius), 0, 1)
    return rows, columns, np.rint(ink * 255).astype(np.uint8)


def _span(start: float, stop: float, reach: float, size: int) -> slice:
    low = int(np.floor(min(start, stop) - reach))
    high = int(np.ceil(max(start, stop) + reach))
    return slice(min(max(low, 0), size), min(max(high, 0), size))


class InkCanvas:
    """What has been drawn, with undo and redo."""

    def __init__(self, shape: tuple[int, int] = (SIDE, SIDE)) -> None:
        self._pixels: ByteArray = np.zeros(shape, np.uint8)
        self._undone: list[ByteArray] = []
        self._past: deque[ByteArray] = deque(maxlen=UNDO_DEPTH)
        self._last: Dab | None = None
        self._erasing = False

    @property
    def pixels(self) -> ByteArray:
        """(rows, columns), 0 is black; changed in place by the next dab."""
        return self._pixels

    @property
    def is_empty(self) -> bool:
        return not self._pixels.any()

    @property
    def is_drawing(self) -> bool:
        """Whether a stroke is under way."""
        return self._last is not None

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def begin_stroke(self, dab: Dab, *, erasing: bool = False) -> None:
        self._remember()
        self._erasing = erasing
        self._last = dab
        self._sweep(dab, dab)

    def continue_stroke(self, dab: Dab) -> None:
        """Draw on to `dab`; ignored when no stroke is under way."""
        if self._last is None:
            return
        self._sweep(self._last, dab)
        self._last = dab

    def end_stroke(self) -> None:
        """End the stroke; one that changed no pixel adds nothing to undo."""
        if self._last is None:
            return
        self._last = None
        if np.array_equal(self._past[-1], self._pixels):
            self._past.pop()
        else:
            self._undone.clear()

    def clear(self) -> None:
        """Wipe everything; can be undone like a stroke."""
        self.end_stroke()
        if self.is_empty:
            return
        self._remember()
        self._undone.clear()
        self._pixels = np.zeros_like(self._pixels)

    def undo(self) -> None:
        self.end_stroke()
        if self._past:
            self._undone.append(self._pixels)
            self._pixels = self._past.pop()

    def redo(self) -> None:
        if self._undone and not self.is_drawing:
            self._past.append(self._pixels)
            self._pixels = self._undone.pop()

    def _remember(self) -> None:
        self.end_stroke()
        self._past.append(self._pixels.copy())

    def _sweep(self, start: Dab, stop: Dab) -> None:
        rows, columns, ink = coverage(start, stop, self._pixels.shape)
        part = self._pixels[rows, columns]
        if self._erasing:
            np.minimum(part, 255 - ink, out=part)
        else:
            np.maximum(part, ink, out=part)
