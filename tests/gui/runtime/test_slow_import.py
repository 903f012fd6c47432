"""A module is imported by another thread, and its panel hears of it."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui.runtime.slow_import import SlowImport

MODULE = "a_module_that_takes_long"
SOURCE = "import threading\nthread = threading.current_thread()\n"


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
    thread = sys.modules.pop(MODULE).thread
    assert thread is not threading.main_thread()


def test_what_is_there_need_not_be_waited_for():
    parent = QObject()
    assert SlowImport("sys", parent).is_done


def test_a_module_that_is_missing_ends_the_wait(qtbot: QtBot):
    parent = QObject()
    slow = SlowImport("a_module_that_is_not_there", parent)
    with qtbot.waitSignal(slow.ended):
        slow.start()


def test_all_classes_of_qt_are_made_before_another_thread_may_ask_for_one():
    # In a program of its own: here other tests may have made them.
    program = """
import sys
from PySide6 import QtCore, QtGui, QtWidgets
from gui.runtime.qt_classes import make_qt_classes
from gui.runtime.slow_import import SlowImport

assert "QWizard" not in vars(QtWidgets)
app = QtCore.QCoreApplication([])
slow = SlowImport("wave", app)
slow.ended.connect(app.quit)
turns = []
watch = QtCore.QTimer(app, interval=0)
watch.timeout.connect(lambda: turns.append("wave" in sys.modules))
watch.start()
slow.start()
app.exec()
for module in (QtCore, QtGui, QtWidgets):
    assert not set(dir(module)) - set(vars(module)), module
assert "wave" in sys.modules and turns.count(False) > 5
assert make_qt_classes(0.0)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
