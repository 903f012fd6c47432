"""Texts that are painted rather than put into labels, with their places.

While something is painted, each text that a QPainter is given is noted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPaintDevice, QPainter
from PySide6.QtWidgets import QWidget

from gui.style.picture_pass import PicturePass, painting


@dataclass(frozen=True, slots=True)
class PaintedText:
    """One text that was painted.

    Attributes:
        device: a widget, or the image that one keeps.
        text: what was painted.
        place: where its letters are, in the device's points.
        room: what it was given, or None where only its start was.
        clip: outside of which nothing is seen, or None.
    """

    device: QPaintDevice
    text: str
    place: QRectF
    room: QRectF | None
    clip: QRectF | None

    @property
    def seen(self) -> QRectF:
        return self.place if self.clip is None else self.place & self.clip


def painted_texts(window: QWidget) -> list[PaintedText]:
    """Paint all of it anew and note the texts, in the order in which they come."""
    # As for a file: what painters keep as an image is painted again.
    with noted_texts() as found, painting(PicturePass()):
        window.grab()
    return [one for one in found if one.text.strip() and not one.seen.isEmpty()]


@contextmanager
def noted_texts() -> Iterator[list[PaintedText]]:
    """All that is written by painters of Python in the meantime."""
    found: list[PaintedText] = []
    draw = QPainter.drawText

    def noted(painter: QPainter, *given: object) -> object:
        found.append(_note(painter, given))
        return draw(painter, *given)  # type: ignore[call-overload]

    with patch.object(QPainter, "drawText", noted):
        yield found


def _note(painter: QPainter, given: tuple[object, ...]) -> PaintedText:
    place, room, text = _placed(painter, given)
    # In points of the widget: not yet in pixels of a finer screen.
    to_device = painter.worldTransform()
    clip = None
    if painter.hasClipping():
        clip = to_device.mapRect(painter.clipBoundingRect())
    return PaintedText(
        painter.device(),
        text,
        to_device.mapRect(place),
        None if room is None else to_device.mapRect(room),
        clip,
    )


def _placed(
    painter: QPainter, given: tuple[object, ...]
) -> tuple[QRectF, QRectF | None, str]:
    """Where the letters will be, in which room, and the text, in the painter's points.

    One of the forms of `QPainter.drawText`: a point, or a rectangle with flags, each as
    one object or as numbers.
    """
    first = given[0]
    text = next(part for part in given if isinstance(part, str))
    numbers = [part for part in given if isinstance(part, (int, float))]
    if isinstance(first, (QRect, QRectF)):
        flags = _flags(given[1])
        room = QRectF(first)
    elif isinstance(first, (QPoint, QPointF)) or len(numbers) < 4:
        start = QPointF(first) if isinstance(first, (QPoint, QPointF)) else None
        start = start or QPointF(numbers[0], numbers[1])
        metrics = QFontMetricsF(painter.font())
        width = metrics.horizontalAdvance(text)
        top = start.y() - metrics.ascent()
        return QRectF(start.x(), top, width, metrics.height()), None, text
    else:
        flags = _flags(given[4])
        room = QRectF(*numbers[:4])
    return painter.boundingRect(room, flags, text), room, text


def _flags(given: object) -> int:
    if isinstance(given, (Qt.AlignmentFlag, Qt.TextFlag)):
        return int(given.value)
    return given if isinstance(given, int) else 0
