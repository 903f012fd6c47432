"""A bar to the right of its axis is as long as one to the left."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from gui.panels.nudges.nudge_delegate import paint_request

INKS = {
    "positive": QColor("blue"),
    "negative": QColor("orange"),
    "ink2": QColor("black"),
    "ink3": QColor("black"),
}


def painted(share: float, left: float) -> float:
    """Pixels of the middle row that have the bar's colour; a part of one counts so."""
    image = QImage(140, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        paint_request(painter, INKS, QRectF(left, 0, 120, 30), "", share, 30)
    row = [image.pixelColor(x, 15) for x in range(140)]
    seen = [colour for colour in row if colour != QColor("black")]
    # Blue has no red, and orange no blue.
    inks = [c.red() if share > 0 else c.blue() for c in seen]
    return sum(1 - ink / 255 for ink in inks)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("left", [0.0, 1.0, 4.5])
@pytest.mark.parametrize("share", [0.02, 0.1, 0.5])
def test_bars_of_both_signs_are_equally_long(share: float, left: float) -> None:
    assert painted(share, left) == pytest.approx(painted(-share, left), abs=0.3)
