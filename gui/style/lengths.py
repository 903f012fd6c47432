"""Lengths as large as the text beside them."""

from typing import Protocol, overload

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from gui.style.fonts import scale_of


class HasFont(Protocol):
    """A widget, or a painter of text as large as labels."""

    def font(self) -> QFont: ...


@overload
def grown(of: HasFont, length: int) -> int: ...
@overload
def grown(of: HasFont, length: float) -> float: ...
def grown(of: HasFont, length: float) -> float:
    """A length at 100 % as large as text is here; whole pixels stay whole."""
    result = length * scale_of(of.font())
    return round(result) if isinstance(length, int) else result


def past(area: QRectF, length: float, painter: QPainter) -> QRectF:
    """What is left of a line after its first text: at the left in some languages."""
    if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        return area.adjusted(0, 0, -length, 0)
    return area.adjusted(length, 0, 0, 0)
