"""Where a tip stands: beside the pointer, over nothing that has to be read."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, QSize


def tip_place(
    size: QSize,
    pointer: QPoint,
    pointed: QRect,
    clear: Sequence[QRect],
    screen: QRect,
    gap: int,
) -> QPoint:
    """The upper left corner of a tip; everything in the same coordinates.

    Args:
        size: of the tip.
        pointer: the hot spot of the mouse pointer.
        pointed: what the tip explains, which it does not cover.
        clear: what else it does not cover, if there is another place.
        screen: what the tip stays in.
        gap: between the tip and what is pointed at.
    """
    taken = [pointed, *clear]
    best, least = QPoint(), -1
    for corner in _corners(size, pointer, pointed, clear, gap):
        place = _inside(QRect(corner, size), screen)
        covered = sum(_common(place, one) for one in taken)
        if not covered:
            return place.topLeft()
        if least < 0 or covered < least:
            best, least = place.topLeft(), covered
    return best


def _corners(
    size: QSize, pointer: QPoint, pointed: QRect, clear: Sequence[QRect], gap: int
) -> Iterator[QPoint]:
    """Places to try, the best first: at the lower right, then round what it explains.

    Then left of what has to stay clear, as the outputs stand at the right.
    """
    right, below = pointer.x() + gap, max(pointer.y(), pointed.bottom()) + gap
    left = pointer.x() - gap - size.width()
    above = min(pointer.y(), pointed.top()) - gap - size.height()
    beside = pointed.right() + gap, pointed.left() - gap - size.width()
    before = [one.left() - gap - size.width() for one in clear]
    for y in (below, above):
        yield QPoint(right, y)
        for x in before:
            # Not so far from the pointer that nobody knows what it belongs to.
            if pointer.x() - size.width() <= x < right:
                yield QPoint(x, y)
        yield QPoint(left, y)
    for x in beside:
        yield QPoint(x, pointer.y())
    for one in clear:
        yield QPoint(right, one.bottom() + gap)
        yield QPoint(right, one.top() - gap - size.height())


def _inside(place: QRect, screen: QRect) -> QRect:
    moved = QRect(place)
    moved.moveRight(min(moved.right(), screen.right()))
    moved.moveBottom(min(moved.bottom(), screen.bottom()))
    moved.moveLeft(max(moved.left(), screen.left()))
    moved.moveTop(max(moved.top(), screen.top()))
    return moved


def _common(one: QRect, other: QRect) -> int:
    """The area that two have in common."""
    common = one.intersected(other)
    return max(0, common.width()) * max(0, common.height())
