"""The whole window, and the experiment's column, for tests that need one."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
import ziamath  # noqa: F401  # else a thread that imports it outlives a short test
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.runtime.threads import THREADS
from tests.gui.support.experiment_forms import Form
from tests.gui.support.sample_views import sample_view
from tests.gui.support.whole_window import GlassMaker, make_glasses, use_few_digits


@pytest.fixture
def glass(
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[GlassMaker]:
    """Call it to open a window; "digits" has a few blobs for pictures."""
    use_few_digits(monkeypatch)
    # Else each window, and all that it holds, would be exempt from every search.
    monkeypatch.setattr(gc, "freeze", lambda: None)
    yield from make_glasses(qtbot, qapp, tmp_path)


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[Form]:
    """The experiment's column on a machine with 12 GB of free memory."""
    view = sample_view()
    form = Form(qtbot, view.run.experiment)
    form.document.take_start(view.run.experiment, view.run.dataset)
    form.panel.set_view(view)
    yield form
    form.window.hide()


@pytest.fixture(autouse=True)
def threads_end() -> Iterator[None]:
    """Threads that are idle may stay, but each test ends its own."""
    yield
    THREADS.end()


@pytest.fixture(autouse=True)
def no_button_stays_down() -> Iterator[None]:
    """A double click that lays the docks out anew loses its last release.

    The window would take what the next test does for the drag of a line.
    """
    yield
    if isinstance(QCoreApplication.instance(), QApplication):
        for button in QApplication.mouseButtons():
            widget = QWidget()
            QTest.mouseRelease(widget, button)
            widget.deleteLater()


@pytest.fixture(autouse=True)
def garbage_is_collected_on_this_thread(
    request: pytest.FixtureRequest,
) -> Iterator[None]:
    """A widget that another thread finds and deletes crashes the program.

    Nor does a closed one stay until the next test, which would style it anew.
    """
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect(2 if "glass" in request.fixturenames else 1)
