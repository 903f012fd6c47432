"""Draws a digit on the pad like a mouse, for pictures of the window."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent

from core.data.digits.skeletons import SKELETONS
from core.data.digits.strokes import pen_path
from gui.panels.drawing.drawing_pad import DrawingPad

SHARE: Final = 0.68
"""Height of the digit as a share of the pad's side."""


def draw_digit(pad: DrawingPad, digit: int) -> None:
    """Draw a digit in its most common style, stroke by stroke."""
    for stroke in _strokes(pad, digit):
        _send(pad, QEvent.Type.MouseButtonPress, stroke[0])
        for point in stroke[1:]:
            _send(pad, QEvent.Type.MouseMove, point)
        _send(pad, QEvent.Type.MouseButtonRelease, stroke[-1])
    # Away from the drawing, so that the brush does not cover it.
    QCoreApplication.sendEvent(pad, QEvent(QEvent.Type.Leave))


def _strokes(pad: DrawingPad, digit: int) -> Iterator[list[QPointF]]:
    styles = [skeleton for skeleton in SKELETONS if skeleton.digit == digit]
    path = pen_path(max(styles, key=lambda style: style.share))
    points = path.curve @ path.knots
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    height = SHARE * min(pad.width(), pad.height())
    places = [
        QPointF(
            pad.width() / 2 + height * float(x - middle[0]),
            pad.height() / 2 + height * float(y - middle[1]),
        )
        for x, y in points
    ]
    for start, stop in pairwise(path.stroke_ends.tolist()):
        yield places[start:stop]


def _send(pad: DrawingPad, kind: QEvent.Type, at: QPointF) -> None:
    moving = kind == QEvent.Type.MouseMove
    left = Qt.MouseButton.LeftButton
    event = QMouseEvent(
        kind,
        at,
        QPointF(pad.mapToGlobal(at)),
        Qt.MouseButton.NoButton if moving else left,
        Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else left,
        Qt.KeyboardModifier.NoModifier,
    )
    QCoreApplication.sendEvent(pad, event)
