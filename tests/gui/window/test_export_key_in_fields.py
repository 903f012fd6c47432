"""Ctrl+E exports from wherever the focus is, number fields among them."""

import pytest
from PySide6.QtCore import Qt

from tests.gui.support.whole_window import GlassMaker

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("key", ["training.learning_rate", "training.batch_size"])
def test_ctrl_e_in_a_number_field_is_the_windows(glass: GlassMaker, key: str) -> None:
    window = glass("circle")
    window.show_workspace("train")
    field = window.panel("experiment").findChild(object, key)
    (action,) = (
        found
        for found in window.window.actions_by_key.values()
        if found.shortcut().toString() == "Ctrl+E"
    )
    asked: list[bool] = []
    action.triggered.disconnect()
    action.triggered.connect(lambda: asked.append(True))
    window.focus(field)
    text = field.lineEdit().text()
    window.press(Qt.Key.Key_E, CONTROL)
    assert len(asked) == 1
    assert field.lineEdit().text() == text
    # While a number is being typed, too: what was typed stays.
    field.lineEdit().selectAll()
    window.type("2")
    window.press(Qt.Key.Key_E, CONTROL)
    assert len(asked) == 2
    assert field.lineEdit().text() == "2"
