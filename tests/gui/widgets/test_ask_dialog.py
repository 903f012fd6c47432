"""A dialog that asks has room for the reason why an answer is not taken."""

from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.ask_dialog import AskDialog


class Asking(AskDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__("Ask", parent, 200)
        self._column.addWidget(QLineEdit(self))
        self.end()

    def take(self) -> None:
        self.refuse("This is not taken, for a reason that takes a few lines. " * 3)


def test_the_whole_reason_and_the_buttons_are_in_sight(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    dialog = Asking(parent)
    dialog.show()
    before = dialog.height()
    dialog.take()
    qtbot.waitUntil(lambda: dialog.height() > before)
    reason = dialog.problem
    assert reason.height() >= reason.heightForWidth(reason.width())
    assert dialog.buttons.geometry().bottom() < dialog.height()
