"""After a dialog, or when a control goes away, no other control gets the keys."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.window.text_dialog import TextDialog
from tests.gui.support.whole_window import PATIENCE, Glass, GlassMaker

Loss = Callable[[QWidget], None]


def hide(widget: QWidget) -> None:
    widget.hide()


def disable(widget: QWidget) -> None:
    widget.setEnabled(False)


def delete(widget: QWidget) -> None:
    widget.setParent(None)
    widget.deleteLater()


@pytest.fixture
def other_window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    QLineEdit(window)
    yield window
    window.close()


def make_active(window: QWidget, qtbot: QtBot) -> None:
    window.show()
    window.activateWindow()
    wait_until_active(window, qtbot)


def wait_until_active(window: QWidget, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window, timeout=PATIENCE)


def focused_field(glass: Glass) -> QWidget:
    """A field of the form with the focus, and something to undo."""
    glass.session.document.edit({"training.learning_rate": 0.5})
    field = QLineEdit(glass.panel("experiment"))
    field.show()
    glass.focus(field)
    return field


@pytest.mark.parametrize("lose", [hide, disable, delete])
def test_a_window_whose_field_is_gone_has_the_keys_itself_when_one_comes_back_to_it(
    glass: GlassMaker, other_window: QWidget, qtbot: QtBot, lose: Loss
) -> None:
    window = glass()
    field = focused_field(window)
    make_active(other_window, qtbot)
    lose(field)
    make_active(window.window, qtbot)
    window.wait_until(lambda: QApplication.focusWidget() is window.window)
    window.press(Qt.Key.Key_Return)
    assert window.session.experiment.training.learning_rate == 0.5


@pytest.mark.parametrize("lose", [hide, disable, delete])
def test_a_control_that_goes_away_gives_the_keys_to_the_window(
    glass: GlassMaker, lose: Loss
) -> None:
    window = glass()
    lose(focused_field(window))
    assert QApplication.focusWidget() is window.window


def test_undo_by_its_button_does_not_go_on_to_redo(glass: GlassMaker) -> None:
    window = glass()
    window.session.document.edit({"training.learning_rate": 0.5})
    undo = next(
        button
        for button in window.window.findChildren(QToolButton)
        if button.accessibleName() == "Undo" and button.isVisible()
    )
    window.focus(undo)
    window.press(Qt.Key.Key_Space)
    assert not undo.isEnabled()
    assert QApplication.focusWidget() is window.window


def test_the_window_is_active_again_after_a_file_dialog(
    glass: GlassMaker,
    other_window: QWidget,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = glass()
    field = focused_field(window)

    def ask(*_: object) -> tuple[str, str]:
        make_active(other_window, qtbot)
        field.hide()
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    window.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    wait_until_active(window.window, qtbot)
    window.wait_until(lambda: QApplication.focusWidget() is window.window)


def test_a_field_has_the_focus_again_after_the_help(
    glass: GlassMaker, qtbot: QtBot
) -> None:
    window = glass()
    field = focused_field(window)
    window.press(Qt.Key.Key_F1)
    (dialog,) = window.window.findChildren(TextDialog)
    dialog.reject()
    wait_until_active(window.window, qtbot)
    window.wait_until(field.hasFocus)


def test_the_message_bar_leaves_its_keys_to_the_window(glass: GlassMaker) -> None:
    window = glass()
    window.session.document.edit({"training.learning_rate": 0.5})
    bar = window.window.message_bar
    bar.show_notice("Something was said.")
    close = next(b for b in bar.findChildren(QPushButton) if b.text() == "Close")
    window.focus(close)
    QTest.keyClick(close, Qt.Key.Key_Space)
    assert not bar.isVisible()
    assert QApplication.focusWidget() is window.window
