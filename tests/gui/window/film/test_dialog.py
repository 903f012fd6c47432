"""The dialog for films, and the steps that a choice comes to."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.window.film.choice import FilmChoice, every_for
from gui.window.film.dialog import FilmDialog
from gui.window.film.encoders import GIF, KINDS, MP4, WEBP
from gui.window.pictures.subject_dialog import Subject
from gui.window.window_settings import WindowSettings


def size_of(_key: str, _has_header: bool) -> QSize:
    return QSize(700, 400)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def dialog(window: QWidget) -> FilmDialog:
    choice = FilmChoice(GIF, 0, 1000, 10)
    dialog = FilmDialog([Subject("network", "Network")], choice, size_of, window)
    dialog.show()
    return dialog


def test_the_last_step_is_in_a_film_in_any_case() -> None:
    assert FilmChoice(GIF, 0, 10, 4).steps == (0, 4, 8, 10)
    assert FilmChoice(GIF, 2, 10, 4).steps == (2, 6, 10)
    assert every_for(0, 1000, 101) == 10
    assert every_for(0, 3, 100) == 1


def test_the_form_of_the_last_film_is_remembered(tmp_path: Path) -> None:
    settings = WindowSettings(tmp_path / "window.ini")
    FilmChoice(WEBP, 5, 9, 2, 3, 30).remember(settings)
    again = FilmChoice.remembered(settings, 1000)
    assert (again.kind, again.scale, again.rate) == (WEBP, 3, 30)
    assert (again.first, again.last) == (0, 1000)
    assert len(again.steps) <= 101


def test_steps_and_number_of_pictures_follow_each_other(dialog: FilmDialog) -> None:
    assert dialog.frames.value() == 101
    assert "101 pictures" in dialog.outcome.text()
    assert "10.1 s" in dialog.outcome.text()
    dialog.frames.setValue(11)
    assert dialog.every.value() == 100
    dialog.every.setValue(500)
    assert dialog.frames.value() == 3


def test_what_cannot_be_made_says_why(
    dialog: FilmDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.first.setValue(1000)
    assert "ends before it has begun" in dialog.problem.text()
    assert not dialog.save.isEnabled()
    dialog.first.setValue(0)
    assert dialog.save.isEnabled()
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    dialog.kind.button(KINDS.index(MP4)).click()
    assert "pip install imageio-ffmpeg" in dialog.problem.text()
    assert not dialog.save.isEnabled()
