"""A module is imported by another thread, and its panel hears of it."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui.slow_import import SlowImport

MODULE = "a_module_that_takes_long"
SOURCE = (
    "import threading, time\ntime.sleep(0.1)\nthread = threading.current_thread()\n"
)


def test_module_is_imported_elsewhere(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / f"{MODULE}.py").write_text(SOURCE)
    monkeypatch.syspath_prepend(tmp_path)
    parent = QObject()
    slow = SlowImport(MODULE, parent)
    assert not slow.is_done
    with qtbot.waitSignal(slow.ended):
        slow.start()
        slow.start()
        assert not slow.is_done
    assert slow.is_done
    assert sys.modules.pop(MODULE).thread.name == "glassbox-import"


def test_what_is_there_need_not_be_waited_for():
    parent = QObject()
    assert SlowImport("sys", parent).is_done


def test_a_module_that_is_missing_ends_the_wait(qtbot: QtBot):
    parent = QObject()
    slow = SlowImport("a_module_that_is_not_there", parent)
    with qtbot.waitSignal(slow.ended):
        slow.start()
