"""From the command line to a running window and back."""

import logging
import os
import sys
import threading
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QLocale,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from core.experiment.model import Experiment
from core.runner.thread import Runner
from core.values.words import tr
from gui.launch.display import check_depth
from gui.runtime.display_scale import drop_odd_scale
from gui.runtime.freed_memory import FreedMemory
from gui.runtime.interrupt import SignalBell
from gui.runtime.plain_imports import leave_imports_plain
from gui.runtime.threads import THREADS
from gui.session.session import Session
from gui.style.language.spoken import apply_language
from gui.window.first_start.welcome import is_wanted
from gui.window.kept_runs.run_keeper import RunKeeper
from gui.window.main_window import MainWindow
from gui.window.panel_preloader import PanelPreloader
from gui.window.panel_table import PANELS
from gui.window.player.speed import DEFAULT_SPEED
from gui.window.window_settings import WindowSettings

if TYPE_CHECKING:
    from core.files.weights import WeightsFile
    from core.lessons.model import Lesson

logger = logging.getLogger(__name__)

LONGEST_END: Final = 0.8
"""Seconds for threads to end by themselves, once everything is saved."""
SWITCH_SECONDS: Final = 0.0005
NUMBERS: Final = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
"""What Qt itself prints agrees with gui.style.number_format, whatever the system's."""


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """The initial state of the window.

    Attributes:
        weights: a network to load, or None to draw weights from the seed.
        weights_file: name of the file that it was in.
        play: whether training starts at once.
        checkpoint: file of a run that is to go on; it rests until it is played.
        lesson: to open at once, or None.
        kiosk: whether to show nothing that the lesson does not need.
        preset: name of the one that the experiment is; it leads to what it shows.
        experiment_file: name of the file that it was read from.
        welcome: whether the sheet of the first start may be shown, if it is wanted.
    """

    experiment: Experiment
    weights: "WeightsFile | None" = None
    data_folders: tuple[Path, ...] = ()
    device: str = "auto"
    play: bool = True
    weights_file: str = ""
    checkpoint: Path | None = None
    lesson: "Lesson | None" = None
    kiosk: bool = False
    preset: str = ""
    experiment_file: str = ""
    welcome: bool = False


def make_application(arguments: Sequence[str] = ()) -> QApplication:
    """The one QApplication, with Qt's messages in the log."""
    qInstallMessageHandler(_log_qt_message)
    leave_imports_plain()
    # The runner thread traces and compiles in Python; with the usual 5 ms the window
    # would wait that long each time it needs the interpreter.
    sys.setswitchinterval(SWITCH_SECONDS)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        drop_odd_scale()
        app = QApplication(["glassbox", *arguments])
    app.setApplicationName("glassbox")
    app.setApplicationDisplayName("Glassbox")
    app.setStyle("Fusion")
    QLocale.setDefault(NUMBERS)
    apply_language(app)
    return app


def open_window(
    app: QApplication, opening: Opening, settings: WindowSettings
) -> MainWindow:
    """Build and show the window, and start its runner."""
    session = Session(Runner())
    window = MainWindow(session, settings, app)
    window.garbage.start()
    FreedMemory(window).start()
    session.run_started.connect(window.garbage.settle)
    session.view_changed.connect(window.garbage.wake)
    session.failed.connect(window.garbage.settle)
    sys.excepthook = _Excepthook(window)
    session.data_folders = opening.data_folders
    window.applied.begin_session(window.preferences.now, opening.device)
    window.show()
    # The window is seen before the runner, which imports JAX, competes for Python.
    app.processEvents()
    session.launch()
    weights = opening.weights
    if weights is not None:
        window.openings.tell_of(weights, opening.weights_file)
    if opening.checkpoint is not None:
        session.resume(opening.experiment, opening.checkpoint)
        window.files.remember(opening.checkpoint)
        return window
    session.start(
        opening.experiment,
        params=None if weights is None else weights.params,
        steps_before=0 if weights is None else weights.step,
        weights_file=opening.weights_file,
        experiment_file=opening.experiment_file,
        play=opening.play,
    )
    if opening.preset:
        window.leads.show_named(opening.preset)
    if opening.lesson is not None:
        window.lessons.open(opening.lesson, kiosk=opening.kiosk)
    return window


def make_panels_ahead(window: MainWindow) -> PanelPreloader:
    """Make the panels of the other workspaces in advance."""
    nursery = PanelPreloader(PANELS, window.panels, window)
    window.session.view_changed.connect(nursery.see_view)
    return nursery


def close_window(window: MainWindow) -> bool:
    """End it and its threads; False when the runner did not end in time."""
    window.close()
    window.saver.finish()
    has_ended = window.session.shut_down()
    window.garbage.stop()
    for memory in window.findChildren(FreedMemory):
        memory.stop()
    THREADS.end()
    return has_ended


def run_app(opening: Opening) -> int:
    """Show the window until it is closed; returns the exit code.

    Raises:
        DisplayError: it cannot be shown on this display.
    """
    app = make_application()
    check_depth(app.primaryScreen().depth())
    window = begin(app, opening, WindowSettings())
    make_panels_ahead(window)
    keeper = RunKeeper(window)
    bell = SignalBell(window)
    # It may have been closed while it was made: then no loop would end.
    code = app.exec() if window.isVisible() else 0
    bell.stop()
    window.close()
    window.saver.finish()
    keeper.end()
    _end_in_time(code)
    return code if close_window(window) else 1


def begin(app: QApplication, opening: Opening, settings: WindowSettings) -> MainWindow:
    """Open the window as somebody finds it: with the sheet, or calmly training."""
    has_sheet = opening.welcome and is_wanted(settings)
    opening = replace(opening, play=opening.play and not has_sheet)
    window = open_window(app, opening, settings)
    # Nothing is over before somebody has looked at it.
    window.speed.set_position(min(window.speed.position, DEFAULT_SPEED))
    if has_sheet:
        window.welcome.open()
    return window


def _end_in_time(code: int) -> None:
    """All is saved: what cannot be interrupted, such as a compilation, is cut off."""
    watch = threading.Timer(LONGEST_END, os._exit, (code,))
    watch.daemon = True
    watch.start()


class _Excepthook:
    """Shows an error in the window instead of ending the program."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        logger.error("unexpected error\n%s", details)
        text = tr("Unexpected error in Glassbox: {error}", error=_said_by(error))
        # Later: an error may occur in the middle of painting, where a change of the
        # window would crash the program.
        bar = self._window.message_bar
        QTimer.singleShot(0, bar, partial(bar.show_error, text, details=details))


def _said_by(error: BaseException) -> str:
    """What it says, or its kind where it says nothing."""
    return str(error) or type(error).__name__


def _log_qt_message(
    kind: QtMsgType, _context: QMessageLogContext, message: str
) -> None:
    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }
    level = levels.get(kind, logging.ERROR)
    if "propagateSizeHints" in message:
        # The offscreen platform reports this for every window; it is harmless.
        level = logging.DEBUG
    logger.log(level, "Qt: %s", message)
