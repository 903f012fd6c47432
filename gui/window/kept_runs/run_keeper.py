"""Writes the run in the window each minute; no more than that is lost in a crash."""

import contextlib
import logging
import time
import uuid
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLockFile, QObject, QTimer

from core.protocol.messages import Failed
from core.protocol.saving import RunTaken
from core.values.words import tr
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
_Mark = tuple[int, int, int]


class RunKeeper(QObject):
    """Mutable: the file of this program, until it ends as its user wants it to.

    Attributes:
        path: of the file, which is there once something was written.
        worker: writes.
    """

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
        self._begin(SECONDS)

    def look(self) -> None:
        """Write the run, if there is more of it than was written."""
        mark = _mark(self._session.view)
        if mark is None or mark == self._written or self._asked is not None:
            return
        if self.worker.is_idle:
            self._asked = self._session.take_run(), mark, time.monotonic()

    def end(self, *, keep: bool) -> None:
        """The program ends.

        Args:
            keep: whether the file stays, since it was not the user who ended it.
        """
        self._timer.stop()
        self.worker.finish()
        if self._lock is None:
            return
        if not keep:
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)
        self._lock.unlock()
        self._lock = None

    # --- inside -----------------------------------------------------------------

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
        newest = left[0]
        self._window.message_bar.show_notice(
            tr(
                "Glassbox ended unexpectedly. Its run up to step {step:,} was kept as "
                "{name}; File > Open recent has it too.",
                step=newest.step,
                name=newest.path.name,
            ),
            offer=f"{OPEN_OFFER}{newest.path}",
            offer_text=GO_ON_TEXT,
        )

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
        self._lock, self._asked, self._written = lock, None, mark
        self._begin(LEAST_SHARE * (time.monotonic() - begun_at))

    def _on_not_written(self, error: Exception) -> None:
        self._asked = None
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
        self._asked = None


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
