"""The real window, driven by the program instead of a user: for pictures of it."""

import contextlib
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QObject
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtWidgets import QApplication

from core.protocol.messages import Failed
from core.values.errors import GlassboxError
from core.values.words import tr
from gui.launch.app import Opening, close_window, make_application, open_window
from gui.launch.headless.drawing_hand import draw_digit
from gui.panels.drawing import DRAW
from gui.panels.drawing.draw_panel import DrawPanel
from gui.panels.network_picture import NETWORK
from gui.panels.network_picture.network_panel import NetworkPanel
from gui.runtime.interrupt import closing_on_interrupt
from gui.window.main_window import MainWindow
from gui.window.player.figures import FIGURES_MILLISECONDS
from gui.window.player.speed import SPEEDS
from gui.window.window_settings import WindowSettings

CALM_SECONDS: Final = 0.12
"""Time between two pictures that are compared."""
CALM_PICTURES: Final = 4
"""Number of equal pictures after which everything counts as drawn."""
LONGEST_UNREST: Final = 6.0


class StagingError(GlassboxError):
    """The window cannot reach the requested state."""


@dataclass(frozen=True, slots=True)
class Staging:
    """The requested look of the window.

    Attributes:
        workspace: its key, or empty for the first one.
        theme: "light" or "dark".
    """

    workspace: str = ""
    width: int = 1600
    height: int = 1000
    theme: str = "light"


def has_display() -> bool:
    """Whether a window can be shown; a platform in the environment counts too."""
    if platform.system() in ("Windows", "Darwin"):
        return True
    names = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")
    return any(os.environ.get(name) for name in names)


@contextlib.contextmanager
def staged_window(opening: Opening, staging: Staging) -> Iterator["StagedWindow"]:
    """Open a window without saved settings, and close it at the end."""
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = make_application()
    if not QFontDatabase.families():
        msg = tr("no fonts are installed, so text cannot be drawn; install DejaVu Sans")
        raise StagingError(msg)
    excepthook = sys.excepthook
    with tempfile.TemporaryDirectory(prefix="glassbox-") as folder:
        settings = WindowSettings(Path(folder) / "window.ini")
        settings.set_text("colours", staging.theme)
        settings.set_text("speed", str(SPEEDS.index(None)))
        if staging.workspace:
            settings.set_text("workspace", staging.workspace)
        window = open_window(app, replace(opening, play=False), settings)
        try:
            with closing_on_interrupt():
                yield StagedWindow(app, window, staging)
        finally:
            window.close()
            # The settings are written now, not into a deleted folder.
            app.processEvents()
            close_window(window)
            sys.excepthook = excepthook


class StagedWindow(QObject):
    """Brings a window to a step and takes its picture."""

    def __init__(self, app: QApplication, window: MainWindow, staging: Staging) -> None:
        super().__init__(window)
        self._app = app
        self.window = window
        self._failure = ""
        self.notice = ""
        window.session.failed.connect(self._on_session_failed)
        window.session.noticed.connect(self._on_session_noticed)
        window.resize(staging.width, staging.height)
        self._process_events()
        window.actions_by_key["restore_layout"].trigger()

    def reach(self, step: int) -> None:
        """Train to a step, evaluate the test set there, and update every panel.

        Raises:
            StagingError: the runner has failed; the message is its reason.
        """
        view = self.window.session.view
        ahead = step - (0 if view is None else view.snapshot.step)
        if ahead > 0:
            self.window.session.take_steps(ahead)
        self.wait_until(lambda: self._is_at(step))

    def draw(self, digit: int) -> None:
        """Draw a digit on the pad.

        Raises:
            StagingError: this workspace shows no pad, or the data have no images.
        """
        panel = self.window.panels[DRAW.key]
        assert isinstance(panel, DrawPanel)
        if not panel.pad.isVisible():
            msg = tr("there is no drawing pad; use the workspace digits and image data")
            raise StagingError(msg)
        draw_digit(panel.pad, digit)

    def settle(self) -> QImage:
        """Wait until everything is drawn; returns the picture.

        It depends on what is shown alone: two runs of a command give the same one.
        """
        self.wait_until(self._is_at_rest)
        self._let_pass(FIGURES_MILLISECONDS / 1000)
        end = time.monotonic() + LONGEST_UNREST
        self.wait_until(lambda: self._is_ready() or time.monotonic() > end)
        self.window.player.figures.forget_widths()
        for panel in self.window.panels.values():
            panel.draw_afresh()
        deadline = time.monotonic() + LONGEST_UNREST
        picture, equal = self.picture(), 1
        while equal < CALM_PICTURES and time.monotonic() < deadline:
            self._let_pass(CALM_SECONDS)
            newer = self.picture()
            equal = equal + 1 if newer == picture and self._has_edges() else 1
            picture = newer
        return picture

    def _has_edges(self) -> bool:
        """Whether the edges of the network picture are drawn."""
        panel = self.window.panels[NETWORK.key]
        assert isinstance(panel, NetworkPanel)
        return panel.canvas.is_settled

    def _is_ready(self) -> bool:
        """Whether no panel that is seen is still prepared."""
        return all(p.is_ready for p in self.window.panels.values() if p.isVisible())

    def _is_at_rest(self) -> bool:
        """Whether the status bar counts no frames of the training any more."""
        return self.window.player.figures.frames.frames_per_second == 0

    def picture(self) -> QImage:
        """A picture of the window as it is now."""
        return self.window.grab().toImage()

    def _is_at(self, step: int) -> bool:
        view = self.window.session.view
        if view is None or view.snapshot.playing:
            return False
        # Early stopping may end training before the requested step.
        if view.snapshot.step not in (step, view.run.metrics.best_step):
            return False
        needs = {
            need
            for panel in self.window.panels.values()
            if panel.isVisible()
            for need in panel.needs()
        }
        snapshot, evaluation = view.snapshot, view.evaluation
        return (
            evaluation is not None
            and evaluation.step == snapshot.step
            and ("gradient" not in needs or snapshot.gradient is not None)
            and ("batch" not in needs or snapshot.batch is not None)
        )

    def _let_pass(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self.wait_until(lambda: time.monotonic() >= end)

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Let the window work until something is true.

        Raises:
            StagingError: the runner has failed.
        """
        while not ready():
            self._process_events()
            if self._failure:
                raise StagingError(self._failure)
            if not self.window.isVisible():  # Ctrl+C closes it
                raise KeyboardInterrupt
            time.sleep(0.002)

    def _process_events(self) -> None:
        self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def _on_session_failed(self, failure: Failed) -> None:
        # What follows a start that failed only says that there is no network.
        self._failure = self._failure or failure.reason

    def _on_session_noticed(self, text: str, _missing_data: str) -> None:
        self.notice = text
