"""Each value of the number lines can be reached, moved and released by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.values.parameter import Parameter, Unit
from gui.panels.number_lines.line_stack import LineStack
from gui.panels.number_lines.lines import NumberLine

KEY = Qt.Key
LINES = (
    NumberLine("parameter", "w", "weight", parameter=Parameter(1, 0, 0)),
    NumberLine("z", "z", "sum"),
    NumberLine("a", "a", "activation", unit=Unit(1, 0), is_held=True),
    NumberLine("cost", "C", "cost"),
)


@pytest.fixture
def stack(qtbot: QtBot) -> LineStack:
    stack = LineStack()
    qtbot.addWidget(stack)
    stack.show_lines(LINES)
    return stack


def test_up_and_down_go_to_what_can_be_moved(stack: LineStack) -> None:
    stepped: list[tuple[int, float]] = []
    stack.stepped.connect(lambda row, by: stepped.append((row, by)))
    for key in (
        *(KEY.Key_Right, KEY.Key_Down, KEY.Key_Left, KEY.Key_Down, KEY.Key_Right),
        *(KEY.Key_Up, KEY.Key_PageUp),
    ):
        QTest.keyClick(stack, key)
    assert stepped == [(0, 1.0), (2, -1.0), (2, 1.0), (0, 10.0)]


def test_enter_releases_what_is_held_and_nothing_else(stack: LineStack) -> None:
    released: list[int] = []
    stack.released.connect(released.append)
    QTest.keyClick(stack, KEY.Key_Return)
    QTest.keyClick(stack, KEY.Key_Down)
    QTest.keyClick(stack, KEY.Key_Return)
    assert released == [2]
    assert stack.described().current == (2,)
