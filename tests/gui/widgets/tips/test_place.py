"""A tip stands at the lower right of the pointer, over nothing that is to be read."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize

from gui.widgets.tips.place import tip_place

SCREEN, SIZE, GAP = QRect(0, 0, 1280, 720), QSize(300, 80), 12


def placed(pointer: QPoint, pointed: QRect, *clear: QRect) -> QRect:
    return QRect(tip_place(SIZE, pointer, pointed, clear, SCREEN, GAP), SIZE)


def test_it_is_at_the_lower_right_and_below_what_it_explains() -> None:
    button = QRect(390, 190, 40, 40)
    tip = placed(QPoint(400, 200), button)
    assert tip.topLeft() == QPoint(412, button.bottom() + GAP)


@pytest.mark.parametrize("x", range(20, 1280, 60))
@pytest.mark.parametrize("y", range(20, 720, 50))
def test_from_everywhere_it_covers_neither_that_nor_the_outputs(x: int, y: int) -> None:
    outputs, pointed = QRect(760, 160, 210, 330), QRect(x - 8, y - 8, 16, 16)
    tip = placed(QPoint(x, y), pointed, outputs)
    assert SCREEN.contains(tip)
    assert not tip.intersects(pointed)
    assert not tip.intersects(outputs)
