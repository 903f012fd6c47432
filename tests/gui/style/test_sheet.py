"""What the style sheet takes from Qt's own style."""

import pytest
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QMessageBox,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.style.sheet import filled_sheet

HINT = QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons


class DesktopStyle(QProxyStyle):
    """As where a desktop wants icons on the buttons of dialogs."""

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        shared: QStyleHintReturn | None = None,
    ) -> int:
        if hint == HINT:
            return 1
        return super().styleHint(hint, option, widget, shared)


@pytest.mark.parametrize("dark", [False, True])
def test_buttons_of_dialogs_have_no_icons_of_qts_which_are_of_one_theme(
    qtbot: QtBot, dark: bool
) -> None:
    style, window = DesktopStyle("Fusion"), QWidget()
    qtbot.addWidget(window)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, window)
    question = QMessageBox(window)
    question.setStandardButtons(QMessageBox.StandardButton.Yes)
    dialogs = (box, question.findChildren(QDialogButtonBox)[0])
    for one in dialogs:
        one.setStyle(style)
    assert [one.style().styleHint(HINT, None, one) for one in dialogs] == [1, 1]
    images = {"chevron": "", "check": ""}
    window.setStyleSheet(filled_sheet(dark=dark, scale=1, images=images))
    assert [one.style().styleHint(HINT, None, one) for one in dialogs] == [0, 0]
