"""A value that moves while it is to be typed over."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.panels.number_lines.value_field import ValueField


def field_with(qtbot: QtBot, text: str) -> ValueField:
    field = ValueField()
    qtbot.addWidget(field)
    field.show()
    field.show_value(text)
    field.setFocus()
    return field


def test_a_value_that_moves_can_be_typed_over(qtbot: QtBot) -> None:
    field = field_with(qtbot, "-0.1356268")
    entered: list[float] = []
    field.value_entered.connect(entered.append)
    field.selectAll()
    for text in ("-0.13562", "-0.2", "-0.1356277"):
        field.show_value(text)
        assert field.text() == field.selectedText() == text
    QTest.keyClicks(field, "0.9")
    field.show_value("-0.3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert entered == [0.9]


def test_a_part_that_is_marked_stays_marked(qtbot: QtBot) -> None:
    field = field_with(qtbot, "-0.1356268")
    field.setSelection(3, 2)
    field.show_value("-0.2")
    assert (field.text(), field.selectedText()) == ("-0.1356268", "13")
    # It is the newest one again as soon as nothing is marked.
    field.deselect()
    field.show_value("-0.3")
    assert field.text() == "-0.3"


def test_the_cursor_stays_in_its_place(qtbot: QtBot) -> None:
    field = field_with(qtbot, "-0.1356268")
    field.setCursorPosition(3)
    field.show_value("-0.2468")
    assert field.cursorPosition() == 3
    field.show_value("1")
    assert field.cursorPosition() == 1
