"""Sorts the rows of the nudge table without blocking the window.

Few rows are sorted at once. Millions take a second: another thread sorts them (NumPy
releases the interpreter meanwhile), which sees frozen arrays only.
"""

import time
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal

from gui.panels.nudges.nudge_rows import NudgeValues, Order, ordered_ids
from gui.panels.nudges.row_filter import Ids, RowFilter, listed_ids
from gui.runtime.worker import Keeps, Worker

AT_ONCE: Final = 100_000
"""Up to this many parameters sorting takes less than a frame."""

LEAST_PAUSE: Final = 0.5
PAUSE_PER_COST: Final = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class SortJob:
    """One order to make."""

    values: NudgeValues
    wanted: RowFilter
    order: Order
    listed: Ids | None = None

    def run(self) -> "SortedRows":
        """Sort; in whichever thread."""
        started = time.perf_counter()
        run, listed = self.values.run, self.listed
        if listed is None:
            listed = listed_ids(run, self.wanted)
        ids = ordered_ids(self.values, listed, self.order)
        seconds = time.perf_counter() - started
        place = run.run_id, self.values.step
        return SortedRows(*place, self.wanted, self.order, listed, ids, seconds)


@dataclass(frozen=True, slots=True, eq=False)
class SortedRows:
    """An order that was made, without the values: of a large network they are much.

    Attributes:
        step: whose values were sorted.
        listed: the ids that passed the filter, ascending.
        ids: the same in the order.
        seconds: what it took.
    """

    run_id: int
    step: int
    wanted: RowFilter
    order: Order
    listed: Ids
    ids: Ids
    seconds: float


class RowSorter(QObject):
    """Signals: rows_sorted carries the SortedRows."""

    rows_sorted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker(self, Keeps.NEWEST)
        self._last: SortedRows | None = None
        self._resume_at = 0.0

    @property
    def is_busy(self) -> bool:
        return not self._worker.is_idle

    def seconds_to_wait(self) -> float:
        """Seconds before an order may be updated without a request by the user.

        At least half a second, so that rows can be read, and ten times what the last
        one cost, so that sorting never takes more than a tenth of a core.
        """
        return max(0.0, self._resume_at - time.perf_counter())

    def sort(self, values: NudgeValues, wanted: RowFilter, order: Order) -> None:
        """Make this order; a newer request replaces one that is waiting."""
        job = SortJob(values, wanted, order, self._known_ids(values, wanted))
        if not self.is_busy and len(values.params) <= AT_ONCE:
            self._finish(job.run())
        else:
            self._worker.submit(job.run, self._on_job_done)

    def _known_ids(self, values: NudgeValues, wanted: RowFilter) -> Ids | None:
        last = self._last
        if last is None or last.wanted != wanted:
            return None
        if last.run_id != values.run.run_id:
            return None
        return last.listed

    def _finish(self, made: SortedRows) -> None:
        self._last = made
        pause = max(LEAST_PAUSE, PAUSE_PER_COST * made.seconds)
        self._resume_at = time.perf_counter() + pause
        self.rows_sorted.emit(made)

    def _on_job_done(self, made: SortedRows) -> None:
        if self.is_busy:  # a newer request waits
            self._last = made
        else:
            self._finish(made)
