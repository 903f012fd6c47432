"""A choice that starts another run is made by Enter, not on the way to it."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.widgets.pop_up_choice import PopUpChoice


@pytest.fixture
def box(qtbot: QtBot) -> PopUpChoice:
    box = PopUpChoice()
    qtbot.addWidget(box)
    box.addItems(["circle", "digits", "mnist", "xor"])
    box.show()
    qtbot.waitExposed(box)
    return box


def test_arrow_keys_mark_an_entry_and_enter_alone_chooses_it(
    box: PopUpChoice, qtbot: QtBot
) -> None:
    chosen: list[int] = []
    box.activated.connect(chosen.append)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box.view(), Qt.Key.Key_Down)
    assert box.view().isVisible()
    assert (chosen, box.currentText()) == ([], "circle")
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    assert (chosen, box.currentText()) == ([2], "mnist")
    assert not box.view().isVisible()


def test_a_letter_marks_an_entry_and_escape_leaves_the_choice(
    box: PopUpChoice, qtbot: QtBot
) -> None:
    chosen: list[int] = []
    box.activated.connect(chosen.append)
    qtbot.keyClick(box, Qt.Key.Key_X)
    assert box.view().currentIndex().row() == 3
    qtbot.keyClick(box.view(), Qt.Key.Key_Escape)
    assert (chosen, box.currentText()) == ([], "circle")
