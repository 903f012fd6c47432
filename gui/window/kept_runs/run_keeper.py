"""Writes the run in the window each minute; no more than that is lost in a crash."""

import logging
import time
import uuid
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEventLoop, QLockFile, QObject, QTimer, Signal

from core.protocol.messages import Failed
from core.protocol.saving import RunTaken
from core.values.words import plural, tr
from gui.runtime.worker import Worker
from gui.session.run_curves import Packed
from gui.session.view_state import Run, View
from gui.window.file_actions import OPEN_OFFER
from gui.window.kept_runs.left_runs import (
    ENDING,
    LeftRun,
    collect,
    lock_of,
    own_folder,
)
from gui.window.run_files import write_run

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

logger = logging.getLogger(__name__)

SECONDS: Final = 60.0
LEAST_SHARE: Final = 50
"""Times what writing took that pass before the next: two per cent at the most."""
GO_ON_TEXT: Final = tr("Go on with it")
LONGEST_END: Final = 700
"""Milliseconds that the end of the program waits for the runner."""
_Mark = tuple[int, int, int]


class RunKeeper(QObject):
    """Mutable: the file of this program.

    Signals:
        ended: what was under way is written, or is not.

    Attributes:
        path: of the file, which is there once something was written.
        worker: writes.
    """

    ended = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.path: Path = own_folder() / f"{uuid.uuid4().hex}{ENDING}"
        self._lock: QLockFile | None = None
        self.worker = Worker(self)
        self._asked: tuple[int, _Mark, float] | None = None
        self._written: _Mark | None = None
        self._has_said = self._has_looked = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._session.run_taken.connect(self._on_run_taken)
        self._session.failed.connect(self._on_failed)
        self._session.run_started.connect(self._on_run_started)
        self._lessons = window.lessons.session
        self._lessons.opened.connect(self._on_lessons_opened)
        self._lessons.closed.connect(self._on_lessons_closed)
        self._own_run: int | None = None
        self._of_lessons = range(0)
        self._begin(SECONDS)

    def look(self) -> None:
        """Write the run, if there is more of it than was written.

        Not that of a lesson: meanwhile the user's own one stays in the file.
        """
        view = self._session.view
        is_own = view is not None and view.run.run_id not in self._of_lessons
        if self._own_run is None and is_own:
            self._write(view)

    def _write(self, view: View | None) -> None:
        mark = _mark(view)
        if mark is None or mark == self._written or self._asked is not None:
            return
        if self.worker.is_idle:
            self._asked = self._session.take_run(), mark, time.monotonic()

    def end(self) -> None:
        """The program ends; how far the run has come is in the file."""
        self._timer.stop()
        self.worker.finish()
        self.look()
        # The runner may be compiling: it is not waited for.
        if self._asked is not None:
            wait = QEventLoop(self)
            self.ended.connect(wait.quit)
            QTimer.singleShot(LONGEST_END, wait, wait.quit)
            wait.exec()
        self.worker.finish()
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    # --- inside -----------------------------------------------------------------

    def _on_lessons_opened(self) -> None:
        """The own run is going to wait: it is written as it is, before another begins.

        From one lesson to the next it waits on.
        """
        view = self._session.view
        if self._own_run is None:
            self.look()
            self._own_run = 0 if view is None else view.run.run_id

    def _on_lessons_closed(self) -> None:
        """Until the own run is back, that of the lesson is still shown."""
        view = self._session.view
        if self._own_run is not None and view is not None:
            self._of_lessons = range(self._own_run + 1, view.run.run_id + 1)
        self._own_run = None

    def _begin(self, seconds: float) -> None:
        self._timer.start(round(1000 * max(SECONDS, seconds)))

    def _on_run_started(self, _run: Run) -> None:
        """A run is seen: nothing that is slow comes before the first one."""
        self._asked = None
        if not self._has_looked:
            self._has_looked = True
            self.worker.submit(collect, self._on_collected)

    def _on_collected(self, left: tuple[LeftRun, ...]) -> None:
        for run in reversed(left):
            self._window.files.list_recent(run.path)
        if not left:
            return
        self._offer(left[0], n_others=len(left) - 1)

    def _offer(self, left: LeftRun, *, n_others: int) -> None:
        others = ""
        if n_others:
            others = " " + plural(
                n_others,
                "Another run was kept, too: see there.",
                "{n} other runs were kept, too: see there.",
                n=n_others,
            )
        bar = self._window.message_bar
        offer = f"{OPEN_OFFER}{left.path}"
        name, step = left.path.name, left.step
        if left.was_closed:
            text = tr(
                "Your last run, up to step {step:,}, was kept as {name}; File > Open "
                "recent has it too.",
                step=step,
                name=name,
            )
            bar.show_success(text + others, offer=offer, offer_text=GO_ON_TEXT)
            return
        text = tr(
            "Glassbox ended unexpectedly. Its run up to step {step:,} was kept as "
            "{name}; File > Open recent has it too.",
            step=step,
            name=name,
        )
        bar.show_notice(text + others, offer=offer, offer_text=GO_ON_TEXT)

    def _on_run_taken(self, taken: RunTaken, curves: Packed) -> None:
        if self._asked is None or taken.number != self._asked[0]:
            return
        _, mark, begun_at = self._asked
        self.worker.submit(
            partial(_write, taken, curves, self.path, self._lock),
            partial(self._on_written, mark, begun_at),
            self._on_not_written,
        )

    def _on_written(self, mark: _Mark, begun_at: float, lock: QLockFile) -> None:
        self._lock, self._written = lock, mark
        self._settle()
        self._begin(LEAST_SHARE * (time.monotonic() - begun_at))

    def _on_not_written(self, error: Exception) -> None:
        self._settle()
        logger.error("the run is not kept: %s", error)
        if not self._has_said:
            self._has_said = True
            self._window.message_bar.show_notice(
                tr(
                    "The run cannot be kept for the case that Glassbox ends "
                    "unexpectedly. {error}.",
                    error=error,
                )
            )

    def _on_failed(self, _failure: Failed) -> None:
        """It may have been the taking; the message is told anyway."""
        self._settle()

    def _settle(self) -> None:
        self._asked = None
        self.ended.emit()


def _mark(view: View | None) -> _Mark | None:
    """What tells a run from what it was; None where it is not one to be kept.

    From an earlier step that is looked at, the later ones would be lost.
    """
    if view is None or view.snapshot.step < view.snapshot.end:
        return None
    if view.run.metrics.first_broken_step is not None:
        return None
    changes = len(view.edited), view.snapshot.end
    return (view.run.run_id, *changes) if any(changes) else None


def _write(
    taken: RunTaken, curves: Packed, path: Path, lock: QLockFile | None
) -> QLockFile:
    """Write the file, and hold it from then on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if lock is None:
        lock = lock_of(path)
        lock.tryLock(0)
    write_run(taken, curves, path)
    return lock
