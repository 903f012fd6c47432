"""Texts that are painted rather than put into labels, and whether they can be read.

A painter writes without asking whether there is room. While a window is painted, each
text that a QPainter is given is noted with its place; then none may be cut, lie on
another, or stand so close to its neighbour that two numbers read as one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from typing import Final
from unittest.mock import patch

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPaintDevice, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from gui.style.picture_pass import PicturePass, painting

SLACK: Final = 1.5
"""Points by which a letter may reach beyond its room: bearings, rounding."""
LEADING: Final = 4.0
"""Points by which the boxes of two lines may share the space for accents."""
LEAST_GAP: Final = 0.25
"""Between two texts of a line, as a part of the height of their line."""


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
    found: list[PaintedText] = []
    # As for a file: what painters keep as an image is painted again.
    with _noting(found), painting(PicturePass()):
        window.grab()
    return [one for one in found if one.text.strip() and not one.seen.isEmpty()]


def unreadable_texts(window: QWidget) -> Iterator[str]:
    """A sentence for each painted text that is cut, covered or crowded."""
    by_device: dict[int, list[PaintedText]] = {}
    for one in painted_texts(window):
        by_device.setdefault(id(one.device), []).append(one)
        yield from _cut(one)
    for texts in by_device.values():
        for first, second in combinations(texts, 2):
            yield from _too_close(first, second)


def _cut(one: PaintedText) -> Iterator[str]:
    name = type(one.device).__name__
    if one.room is not None and one.place.width() > one.room.width() + SLACK:
        needed, room = round(one.place.width()), round(one.room.width())
        yield f"{name}: {one.text!r} is painted {needed} wide and has {room}"
    if not isinstance(one.device, QWidget):
        return
    area, scrolls = QRectF(one.device.rect()), one.device.parent()
    # What a scroll area shows of a row or of a column may be half of it.
    is_scrolled = isinstance(scrolls, QAbstractScrollArea)
    if not (is_scrolled and scrolls.horizontalScrollBar().maximum() > 0) and (
        one.seen.left() < area.left() - SLACK or one.seen.right() > area.right() + SLACK
    ):
        yield f"{name}: {one.text!r} is painted beyond a side"
    if not is_scrolled and (
        one.seen.top() < area.top() - LEADING
        or one.seen.bottom() > area.bottom() + LEADING
    ):
        yield f"{name}: {one.text!r} is painted beyond the top or the bottom"


def _too_close(first: PaintedText, second: PaintedText) -> Iterator[str]:
    name = type(first.device).__name__
    common = first.seen & second.seen
    if common.width() > SLACK and common.height() > LEADING:
        # A glow, or a second pass over the same letters.
        if (first.text, first.place) != (second.text, second.place):
            yield f"{name}: {first.text!r} is painted over {second.text!r}"
        return
    shared = min(first.seen.bottom(), second.seen.bottom()) - max(
        first.seen.top(), second.seen.top()
    )
    height = min(first.seen.height(), second.seen.height())
    if shared < 0.7 * height:
        return
    left, right = sorted((first, second), key=lambda one: one.seen.left())
    gap = right.seen.left() - left.seen.right()
    # In a language from right to left it is the right one that goes on.
    if _ends_open(left) or _ends_open(right) or gap >= LEAST_GAP * height - SLACK:
        return
    yield f"{name}: {left.text!r} and {right.text!r} are {gap:.1f} apart"


def _ends_open(one: PaintedText) -> bool:
    """What follows is meant to touch it: a name and its value, painted in two."""
    return one.text.endswith((" ", "\N{NO-BREAK SPACE}", "(", "=", ","))


@contextmanager
def _noting(found: list[PaintedText]) -> Iterator[None]:
    draw = QPainter.drawText

    def noted(painter: QPainter, *given: object) -> object:
        found.append(_note(painter, given))
        return draw(painter, *given)  # type: ignore[call-overload]

    with patch.object(QPainter, "drawText", noted):
        yield


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
