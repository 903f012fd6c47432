"""What painters need to know while they paint for a file instead of the screen.

A widget paints itself either way. For a file it is painted larger than on the screen,
or as lines and text; then what was kept as a picture for the screen is painted anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QBrush, QColor, QPainter

EMBEDDED_RATIO: Final = 3.0
"""Pixels for one of the screen in pictures that stand among lines and text."""


@dataclass(slots=True, eq=False)
class PicturePass:
    """One painting for a file.

    Attributes:
        scale: pixels of the file for a logical one of the screen.
        is_vector: whether it is written as lines and text.
        is_transparent: whether the ground is left out.
        remarks: what of it is not as one would expect; painters add to them.
    """

    scale: float = 1.0
    is_vector: bool = False
    is_transparent: bool = False
    remarks: list[str] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """Pixels for a logical one, for what is a picture in any case."""
        return EMBEDDED_RATIO if self.is_vector else self.scale

    def remark(self, text: str) -> None:
        """Say something of this picture, once."""
        if text not in self.remarks:
            self.remarks.append(text)


_now: PicturePass | None = None


def for_file() -> PicturePass | None:
    """The painting for a file that is under way; None for the screen."""
    return _now


@contextmanager
def painting(one: PicturePass) -> Iterator[None]:
    """Whatever is painted within is painted for this file."""
    global _now
    before, _now = _now, one
    try:
        yield
    finally:
        _now = before


def ratio_of(screen: float) -> float:
    """Pixels for a logical one: those of the screen, or of the file."""
    return screen if _now is None else _now.ratio


def fill_ground(
    painter: QPainter, area: QRect | QRectF, ground: QColor | QBrush
) -> None:
    """Paint the ground that everything stands on, unless the file has none."""
    if _now is None or not _now.is_transparent:
        painter.fillRect(area, ground)
