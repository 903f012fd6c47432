"""The whole window for tests that need it."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
import ziamath  # noqa: F401  # else a thread that imports it outlives a short test
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.whole_window import GlassMaker, make_glasses, use_few_digits


@pytest.fixture
def glass(
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[GlassMaker]:
    """Call it to open a window; "digits" has a few blobs for pictures."""
    use_few_digits(monkeypatch)
    yield from make_glasses(qtbot, qapp, tmp_path)


@pytest.fixture(autouse=True)
def garbage_is_collected_on_this_thread(
    request: pytest.FixtureRequest,
) -> Iterator[None]:
    """A widget that another thread finds and deletes crashes the program."""
    gc.disable()
    yield
    gc.collect(2 if "glass" in request.fixturenames else 1)
