"""Whether painted texts can be read.

A painter writes without asking whether there is room: none of its texts may be cut, lie
on another, or stand so close to its neighbour that two numbers read as one.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from tests.gui.support.painted_texts import PaintedText, painted_texts

SLACK: Final = 1.5
"""Points by which a letter may reach beyond its room: bearings, rounding."""
LEADING: Final = 4.0
"""Points by which the boxes of two lines may share the space for accents."""
LEAST_GAP: Final = 0.25
"""Between two texts of a line, as a part of the height of their line."""


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
