"""What all dialogs of the program do alike."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.focus.tab_stops import in_reading_order
from gui.widgets.own_dialog import OwnDialog
from gui.window.film.choice import FilmChoice
from gui.window.film.dialog import FilmDialog
from gui.window.film.encoders import GIF
from gui.window.pictures.choice import PictureChoice
from gui.window.pictures.dialog import PictureDialog
from gui.window.pictures.subject_dialog import Subject

SUBJECTS = (Subject("network", "Network"), Subject("", "Whole window", False))


def film_dialog(parent: QWidget) -> OwnDialog:
    size = QSize(300, 200)
    return FilmDialog(SUBJECTS, FilmChoice(GIF, 0, 40, 4), lambda *_: size, parent)


def picture_dialog(parent: QWidget) -> OwnDialog:
    size = QSize(300, 200)
    choice = PictureChoice("png", 2, "window")
    return PictureDialog(SUBJECTS, choice, lambda *_: size, parent)


def presses_around(dialog: QDialog) -> list[QWidget]:
    """What has the focus after each press of Tab, once around."""
    seen: list[QWidget] = []
    while True:
        at = QApplication.focusWidget() or dialog
        QTest.keyClick(at, Qt.Key.Key_Tab)
        at = QApplication.focusWidget()
        assert at is not None
        if at in seen:
            return seen
        seen.append(at)


@pytest.mark.parametrize("make", [film_dialog, picture_dialog])
def test_tab_goes_down_the_form_as_it_is_read(
    qtbot: QtBot, make: Callable[[QWidget], OwnDialog]
):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = make(parent)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.setFocus()
    seen = presses_around(dialog)
    tops = [w.mapTo(dialog, w.rect().center()).y() for w in seen]
    rows = [round(top / 10) for top in tops]
    assert len(seen) > 6
    assert rows == sorted(rows)
    dialog.close()


def test_a_row_is_read_from_where_its_language_begins(qtbot: QtBot):
    parent = QWidget()
    qtbot.addWidget(parent)
    buttons = [QPushButton(text, parent) for text in "abc"]
    for k, button in enumerate(buttons):
        button.setGeometry(100 * k, 0, 90, 20)
    assert in_reading_order(buttons) == buttons
    parent.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert in_reading_order(buttons) == buttons[::-1]


def test_the_scale_of_the_font_is_taken_while_it_is_open(qtbot: QtBot):
    class Fitted(OwnDialog):
        fits = 0

        def fit(self) -> None:
            self.fits += 1

    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = Fitted("Title", parent)
    QVBoxLayout(dialog)
    font = dialog.font()
    font.setPointSizeF(font.pointSizeF() + 4)
    dialog.setFont(font)
    assert (dialog.fits, dialog.windowTitle()) == (1, "Title")
