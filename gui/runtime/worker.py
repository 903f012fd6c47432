"""Work off the main thread: the only way from a widget to another thread and back.

A job takes and gives values; it touches neither widgets nor JAX. The main thread never
waits for it and never looks whether it is done: it is woken.
"""

import itertools
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from enum import Enum
from functools import cache, partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from gui.runtime.threads import THREADS

T = TypeVar("T")


class Keeps(Enum):
    """What becomes of the jobs that wait for the one under way."""

    ALL = "each is done in its turn, none is dropped"
    NEWEST = "a newer job takes the place of one that has not begun"


class Same:
    """A part of a key that only equals itself, such as the arrays of a network."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other._value is self._value

    def __hash__(self) -> int:
        return id(self._value)


@dataclass(slots=True, eq=False)
class _Order:
    """A job, and what is called with its outcome."""

    job: Callable[[], object]
    on_done: Callable[[Any], None]
    on_failed: Callable[[Exception], None] | None
    not_before: float
    longest_pause: float
    seconds: float = 0.0

    def run(self) -> object:
        begun_at = time.monotonic()
        try:
            return self.job()
        finally:
            self.seconds = time.monotonic() - begun_at

    def settle(self, future: "Future[object]") -> None:
        """Hand over the outcome; an error that nobody takes is an unexpected one."""
        error = future.exception()
        if error is None:
            self.on_done(future.result())
        elif self.on_failed is not None and isinstance(error, Exception):
            self.on_failed(error)
        else:
            raise error


class Worker(QObject):
    """Has jobs done one at a time, and calls back on the main thread.

    Signals:
        idled: nothing is left to do.
    """

    idled = Signal()

    def __init__(self, parent: QObject | None = None, keeps: Keeps = Keeps.ALL) -> None:
        super().__init__(parent)
        self._keeps = keeps
        self._waiting: deque[_Order] = deque()
        self._current: tuple[_Order, Future[object]] | None = None
        self._key: object = None
        self._begun_at = self._seconds = 0.0
        self.begun = 0
        # Jobs of the same moment become one where only the newest counts.
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.setTimerType(Qt.TimerType.PreciseTimer)
        self._begin.timeout.connect(self._on_begin_timeout)
        _inbox()

    @property
    def is_idle(self) -> bool:
        """Whether all that was asked for is done, and its outcome handed over."""
        return self._current is None and not self._waiting

    @property
    def under_way(self) -> Callable[[], object] | None:
        """The job that another thread is at."""
        return self._current[0].job if self._current is not None else None

    def submit(
        self,
        job: Callable[[], T],
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None] | None = None,
        *,
        delay: float = 0.0,
        longest_pause: float = 0.0,
    ) -> None:
        """Have a job done, then one of the two called on the main thread.

        Args:
            job: takes and gives values, touches neither widgets nor JAX.
            on_done: is given what the job returns.
            on_failed: is given the error; without it the error is raised here.
            delay: seconds that it leaves the cores to something else first.
            longest_pause: most seconds between the beginnings of two jobs; below that
                it is twice what the last one took, as training needs the cores, too.
        """
        if self._keeps is Keeps.NEWEST:
            self._waiting.clear()
        due = time.monotonic() + delay
        self._waiting.append(_Order(job, on_done, on_failed, due, longest_pause))
        self._begin_when_due()

    def want(
        self,
        key: object,
        job: Callable[[], T],
        on_done: Callable[[T], None],
        *,
        longest_pause: float = 0.0,
    ) -> None:
        """As `submit`, unless it is the job before again: `key` says what it is of."""
        if key != self._key:
            self._key = key
            self.submit(job, on_done, longest_pause=longest_pause)

    def forget(self) -> None:
        """What waits is not needed; the next job is another one in any case."""
        self._key = None
        self._waiting.clear()
        self._begin.stop()

    def finish(self) -> None:
        """Wait until all is done; meant for the end, when nothing can be seen."""
        while not self.is_idle:
            if self._current is None:
                self._on_begin_timeout()
            if self._current is not None:
                wait([self._current[1]])
                self._take(self._current[1])

    # --- inside -----------------------------------------------------------------

    def _begin_when_due(self) -> None:
        if self._current is not None or not self._waiting:
            return
        order = self._waiting[0]
        pause = min(2 * self._seconds, order.longest_pause)
        due = max(order.not_before, self._begun_at + pause)
        milliseconds = max(0, round(1000 * (due - time.monotonic())))
        if not self._begin.isActive() or milliseconds < self._begin.remainingTime():
            self._begin.start(milliseconds)

    def _on_begin_timeout(self) -> None:
        if self._current is not None or not self._waiting:
            return
        self._begin.stop()
        order = self._waiting.popleft()
        self._begun_at = time.monotonic()
        self.begun += 1
        future = THREADS.submit(order.run)
        self._current = order, future
        _inbox().expect(future, self)

    def _take(self, future: "Future[object]") -> None:
        """Hand over an outcome, once: `finish` may have been quicker than its news."""
        if self._current is None or self._current[1] is not future:
            return
        order, self._current = self._current[0], None
        self._seconds = order.seconds
        if future.cancelled() or future.exception() is not None:
            self._key = None
        try:
            if not future.cancelled():
                order.settle(future)
        finally:
            # The callback may have deleted what this belongs to.
            if isValid(self):
                self._begin_when_due()
                if self.is_idle:
                    self.idled.emit()


def is_any_under_way(*, besides: Worker | None = None) -> bool:
    """Whether some job of the window's is being done, or its outcome still comes."""
    return _inbox().is_expecting(besides)


class _Inbox(QObject):
    """Brings the news that a job is done to the main thread.

    A job's thread knows a number only: whatever belongs to a widget is released by
    the main thread.
    """

    arrived = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count()
        self._expected: dict[int, tuple[Future[object], Worker]] = {}
        self.arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def is_expecting(self, besides: Worker | None) -> bool:
        return any(worker is not besides for _, worker in self._expected.values())

    def expect(self, future: "Future[object]", worker: Worker) -> None:
        number = next(self._numbers)
        self._expected[number] = future, worker
        future.add_done_callback(partial(self._announce, number))

    def _announce(self, number: int, _future: "Future[object]") -> None:
        self.arrived.emit(number)

    def _on_arrived(self, number: int) -> None:
        future, worker = self._expected.pop(number)
        if isValid(worker):
            worker._take(future)


@cache
def _inbox() -> _Inbox:
    """One for the program: no thread ever tells something that is gone."""
    return _Inbox()
