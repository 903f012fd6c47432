"""Files that were opened last, of which some may be on a drive that is gone."""

import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.window.recent_menu import RecentMenu


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_what_is_gone_cannot_be_chosen_once_that_is_known(
    window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    menu = RecentMenu(window)
    there, gone = tmp_path / "there.toml", tmp_path / "gone & away.toml"
    there.touch()
    menu.show_files([there, gone])
    assert [action.isEnabled() for action in menu.actions()] == [True, True]
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: not menu.actions()[1].isEnabled())
    assert menu.actions()[0].isEnabled()
    chosen: list[Path] = []
    menu.file_chosen.connect(chosen.append)
    menu.actions()[0].trigger()
    assert chosen == [there]


def test_a_drive_that_does_not_answer_holds_nobody_up(
    window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    menu = RecentMenu(window)
    answers = threading.Event()
    asked: list[str] = []

    drive = Path("/mnt/gone/a.toml")
    real = Path.exists

    def exists(path: Path) -> bool:
        if path != drive:
            return real(path)
        asked.append(threading.current_thread().name)
        assert answers.wait(20)
        return False

    monkeypatch.setattr(Path, "exists", exists)
    menu.show_files([drive])
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert asked[0] != threading.main_thread().name
    assert menu.actions()[0].isEnabled()
    answers.set()
    qtbot.waitUntil(lambda: not menu.actions()[0].isEnabled())
