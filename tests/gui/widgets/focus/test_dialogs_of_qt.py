"""Dialogs of Qt's own keep the keys that Qt gives them."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from gui.widgets.focus.key_policy import watch_keys


def test_one_escape_cancels_a_file_dialog_in_whose_name_is_typed(
    qtbot: QtBot, tmp_path: Path
) -> None:
    watch_keys()
    dialog = QFileDialog(None, "Save", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    name = dialog.findChild(QLineEdit)
    assert name is not None
    dialog.activateWindow()
    name.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is name)
    QTest.keyClicks(name, "mine")
    QTest.keyClick(name, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
