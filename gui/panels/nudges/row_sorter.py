"""Sorts the rows of the nudge table without blocking the window.

Few rows are sorted at once. Millions take a second: a thread of their own sorts them
(NumPy releases the interpreter meanwhile) and a timer fetches the outcome. The
thread sees frozen arrays only.
"""

import threading
import time
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from gui.panels.nudges.nudge_rows import NudgeValues, Order, ordered_ids
from gui.panels.nudges.row_filter import Ids, RowFilter, listed_ids

AT_ONCE: Final = 100_000
"""Up to this many parameters sorting takes less than a frame."""

POLL_MILLISECONDS: Final = 15
LEAST_PAUSE: Final = 0.5
PAUSE_PER_COST: Final = 10.0


@dataclass(slots=True, eq=False)
class SortJob:
    """One order to make, and its result."""

    values: NudgeValues
    wanted: RowFilter
    order: Order
    listed: Ids | None = None
    outcome: Ids | None = None
    seconds: float = 0.0
    done: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Sort; can run in any thread."""
        started = time.perf_counter()
        try:
            if self.listed is None:
                self.listed = listed_ids(self.values.run, self.wanted)
            self.outcome = ordered_ids(self.values, self.listed, self.order)
        finally:
            self.seconds = time.perf_counter() - started
            self.done.set()


class RowSorter(QObject):
    """Signals: rows_sorted carries the SortJob that is done."""

    rows_sorted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: SortJob | None = None
        self._next: SortJob | None = None
        self._last: SortJob | None = None
        self._resume_at = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MILLISECONDS)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def is_busy(self) -> bool:
        return self._job is not None

    def seconds_to_wait(self) -> float:
        """Seconds before an order may be updated without a request by the user.

        At least half a second, so that rows can be read, and ten times what the last
        one cost, so that sorting never takes more than a tenth of a core.
        """
        return max(0.0, self._resume_at - time.perf_counter())

    def sort(self, values: NudgeValues, wanted: RowFilter, order: Order) -> None:
        """Make this order; a newer request replaces one that is waiting."""
        job = SortJob(values, wanted, order, self._known_ids(values, wanted))
        if self._job is not None:
            self._next = job
        elif len(values.params) <= AT_ONCE:
            job.run()
            self._finish(job)
        else:
            self._start(job)

    def _known_ids(self, values: NudgeValues, wanted: RowFilter) -> Ids | None:
        last = self._last
        if last is None or last.wanted != wanted:
            return None
        if last.values.run.run_id != values.run.run_id:
            return None
        return last.listed

    def _start(self, job: SortJob) -> None:
        self._job = job
        threading.Thread(target=job.run, name="row sorter").start()
        self._timer.start()

    def _finish(self, job: SortJob) -> None:
        self._last = job
        pause = max(LEAST_PAUSE, PAUSE_PER_COST * job.seconds)
        self._resume_at = time.perf_counter() + pause
        self.rows_sorted.emit(job)

    def _on_timer_timeout(self) -> None:
        job = self._job
        if job is None or not job.done.is_set():
            return
        self._job = None
        self._timer.stop()
        waiting, self._next = self._next, None
        if waiting is None:
            self._finish(job)
            return
        self._last = job
        self._start(waiting)
