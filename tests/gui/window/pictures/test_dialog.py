"""The dialog for pictures: what it offers, says and refuses."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.window.pictures.choice import PictureChoice
from gui.window.pictures.dialog import PictureDialog
from gui.window.pictures.subject_dialog import Subject
from gui.window.window_settings import WindowSettings

SUBJECTS = (
    Subject("network", "Network"),
    Subject("", "Whole window", has_header=False),
)
SIZES = {"network": QSize(700, 400), "": QSize(3840, 2160)}


def size_of(key: str, has_header: bool) -> QSize:
    return SIZES[key] + QSize(0, 40 if has_header else 0)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def dialog_of(window: QWidget, choice: PictureChoice) -> PictureDialog:
    dialog = PictureDialog(SUBJECTS, choice, size_of, window)
    dialog.show()
    return dialog


EVERYTHING = PictureChoice("svg", 5, "dark", has_header=True, is_transparent=True)


def test_what_was_chosen_is_what_is_taken(window: QWidget) -> None:
    dialog = dialog_of(window, EVERYTHING)
    taken: list[object] = []
    dialog.save_chosen.connect(lambda *given: taken.append(given))
    dialog.save.click()
    assert taken == [("network", EVERYTHING)]


def test_the_choice_of_last_time_is_remembered(tmp_path: Path) -> None:
    settings = WindowSettings(tmp_path / "window.ini")
    assert PictureChoice.remembered(settings) == PictureChoice()
    EVERYTHING.remember(settings)
    assert PictureChoice.remembered(settings) == EVERYTHING


def test_settings_that_nobody_knows_are_as_they_come(tmp_path: Path) -> None:
    settings = WindowSettings(tmp_path / "window.ini")
    for key, value in (("kind", "bmp"), ("scale", "99"), ("theme", "pink")):
        settings.set_text(f"picture/{key}", value)
    assert PictureChoice.remembered(settings) == PictureChoice()


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (PictureChoice(scale=3), "2,100 by 1,200 pixels"),
        (PictureChoice(scale=3, has_header=True), "2,100 by 1,320 pixels"),
        (PictureChoice("pdf"), "700 by 400, of lines and text"),
    ],
)
def test_the_size_that_will_come_is_said(
    window: QWidget, choice: PictureChoice, said: str
) -> None:
    dialog = dialog_of(window, choice)
    assert dialog.outcome.text().replace("\N{MULTIPLICATION SIGN}", "by") == said
    assert dialog.scale.isEnabled() == (choice.kind == "png")


def test_what_is_too_large_cannot_be_taken_until_it_is_smaller(window: QWidget) -> None:
    dialog = dialog_of(window, PictureChoice(scale=8))
    dialog.choose_subject("")
    assert not dialog.save.isEnabled()
    assert "3x fits" in dialog.problem.text()
    assert not dialog.header.isEnabled()
    QTest.mouseClick(dialog.scale.button(2), Qt.MouseButton.LeftButton)
    assert dialog.save.isEnabled()
    assert dialog.problem.isHidden()
