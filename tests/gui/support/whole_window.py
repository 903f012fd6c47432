"""The real window with its real runner, on data that takes no time to make."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMimeData,
    QPoint,
    QPointF,
    QRect,
    Qt,
    QUrl,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

# As in tests/core/runner_talk.py: two threads must not parse at once.
import core.runner.loop  # noqa: F401
from core.data.dataset import Dataset
from core.data.digits import cache
from core.experiment.model import Experiment
from core.experiment.presets import load_preset
from core.files.weights import WeightsFile
from gui.launch.app import Opening, close_window, open_window
from gui.session.view_state import View
from gui.style import notation, tokens
from gui.window.main_window import MainWindow
from gui.window.window_settings import WindowSettings
from tests.gui.support.sample_views import sample_dataset

PATIENCE = 40_000
# Turns of waitUntil, ten milliseconds and all pending events each.
_TURNS_AT_REST = 50


class Glass:
    """The window as a user has it, and waiting for what it shows."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window
        self.session = window.session

    @property
    def view(self) -> View:
        assert self.session.view is not None
        return self.session.view

    @property
    def step(self) -> int:
        return -1 if self.session.view is None else self.view.snapshot.step

    @property
    def says(self) -> str:
        """What the message bar shows."""
        bar = self.window.message_bar
        return bar.text if bar.isVisible() else ""

    @property
    def status_texts(self) -> list[str]:
        """What the player says."""
        labels = self.window.player.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible()]

    def panel(self, key: str) -> Any:
        return self.window.panels[key]

    def wait_until(self, true: Callable[[], object]) -> None:
        def is_true() -> bool:
            assert "Training has ended" not in self.says, "the runner is dead"
            return bool(true())

        self.qtbot.waitUntil(is_true, timeout=PATIENCE)

    def wait_for_run(self, *, after: int = 0) -> None:
        """Until a run newer than `after` is shown."""
        self.wait_until(lambda: self.session.view and self.run_id > after)

    @property
    def run_id(self) -> int:
        return self.view.run.run_id

    def rest_at(self, step: int) -> None:
        """Until it is paused, which must be at that step."""
        self.wait_until(lambda: not self.session.playing and self.step >= step)
        assert self.step == step

    def layout_at_rest(self) -> dict[str, QRect]:
        """Where each shown dock stands, once that has not changed for a while.

        The window lays out anew for the first run's texts, a turn of the loop after
        the view has come.
        """
        seen: list[dict[str, QRect]] = []

        def has_settled() -> bool:
            docks = self.window.docks.items()
            seen.append({k: d.geometry() for k, d in docks if d.isVisible()})
            return len(seen) > _TURNS_AT_REST and all(
                layout == seen[-1] for layout in seen[-_TURNS_AT_REST:]
            )

        self.wait_until(has_settled)
        return seen[-1]

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """A key for whatever has the focus."""
        pressed = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            pressed |= modifier
        QTest.keyClick(QApplication.focusWidget() or self.window, key, pressed)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)

    def focus(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.wait_until(widget.hasFocus)

    def show_workspace(self, key: str) -> None:
        self.window.show_workspace(key)
        QApplication.processEvents()
        # Its panels appear one after the other.
        self.wait_until(lambda: self.window.layouts.are_all_drawn)

    def drop(self, *paths: Path) -> None:
        """Drag files over the window and let go."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        self._send_drop(data)

    def _send_drop(self, data: QMimeData) -> None:
        action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPoint(50, 50), action, data, button, none)
        QApplication.sendEvent(self.window, enter)
        assert enter.isAccepted()
        drop = QDropEvent(QPointF(50, 50), action, data, button, none)
        QApplication.sendEvent(self.window, drop)


class GlassMaker:
    """Opens windows and closes each of them properly."""

    def __init__(self, qtbot: QtBot, app: QApplication, ini: Path) -> None:
        self._qtbot = qtbot
        self._app = app
        self.ini = ini
        self.open_ones: list[Glass] = []

    def __call__(
        self,
        experiment: Experiment | str = "xor",
        *,
        weights: WeightsFile | None = None,
        play: bool = False,
        wait: bool = True,
        preset: str = "",
        size: tuple[int, int] = (1280, 800),
        **settings: str,
    ) -> Glass:
        if isinstance(experiment, str):
            experiment = load_preset(experiment).experiment
        memory = WindowSettings(self.ini)
        for key, value in settings.items():
            memory.set_text(key, value)
        hook = sys.excepthook
        opening = Opening(experiment, weights, play=play, preset=preset)
        window = open_window(self._app, opening, memory)
        # An exception in a slot is to fail the test, not to be shown in the window.
        sys.excepthook = hook
        window.resize(*size)
        glass = Glass(self._qtbot, window)
        self.open_ones.append(glass)
        if wait:
            window.activateWindow()
            self._qtbot.waitActive(window, timeout=PATIENCE)
            glass.wait_for_run()
        return glass

    def close(self, glass: Glass) -> None:
        self.open_ones.remove(glass)
        # A file may lie there before the window has heard that it is saved, and
        # until then it does not close.
        self._qtbot.waitUntil(lambda: not glass.window.saver.is_busy, timeout=PATIENCE)
        has_closed = glass.window.close()
        has_ended = close_window(glass.window)
        glass.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert has_closed, "the window did not close"
        assert has_ended, "the runner did not end"


def make_glasses(qtbot: QtBot, app: QApplication, folder: Path) -> Iterator[GlassMaker]:
    font, palette, style = app.font(), app.palette(), app.style().name()
    interval = sys.getswitchinterval()
    app.setStyle("Fusion")
    make = GlassMaker(qtbot, app, folder / "window.ini")
    yield make
    try:
        for glass in tuple(make.open_ones):
            make.close(glass)
    finally:
        notation.use(notation.USUAL)
        tokens.use_maps(tokens.USUAL_MAPS)
        app.setStyle(style)
        app.setFont(font)
        app.setPalette(palette)
        app.setStyleSheet("")
        sys.setswitchinterval(interval)


def use_few_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blobs in place of the bundled digits, which take seconds to draw."""

    def load_digits(progress: object = None) -> Dataset:
        del progress
        return sample_dataset()

    monkeypatch.setattr(cache, "load_digits", load_digits)
