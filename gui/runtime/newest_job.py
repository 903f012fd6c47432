"""Work for another thread of which only the newest job counts.

One thread serves all pictures of the playground. The main thread asks, looks now and
then whether it is done, and never waits; whatever was asked for meanwhile is done next,
once.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

POLL_MILLISECONDS: Final = 2
SLOWEST_PACE: Final = 0.2
"""Maximum seconds between two results while training needs the cores."""

Job = Callable[[], object]


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="responses")


class Same:
    """A part of a key that equals only itself, such as the arrays of a network."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other._value is self._value

    def __hash__(self) -> int:
        return id(self._value)


class NewestJob(QObject):
    """Does the newest job, after the current one if that has begun.

    Signals:
        finished: the result of a job.
    """

    finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[object, Job] | None = None
        self._key: object = None
        self._under_way: Future[object] | None = None
        self._begun_at = 0.0
        self._seconds = 0.0
        self._throttled = False
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.timeout.connect(self._on_begin_timeout)
        self._poll = QTimer(self)
        self._poll.setTimerType(Qt.TimerType.PreciseTimer)
        self._poll.setInterval(POLL_MILLISECONDS)
        self._poll.timeout.connect(self._on_poll_timeout)

    @property
    def is_settled(self) -> bool:
        """Whether all requested jobs are done."""
        return self._wanted is None and self._under_way is None

    def want(self, key: object, job: Job, *, throttled: bool = False) -> None:
        """Request a job in the other thread.

        Args:
            key: what its result depends on; the same key as before is no new job.
            job: takes and gives values, touches neither widgets nor JAX.
            throttled: pause between jobs, because training needs the cores.
        """
        self._throttled = throttled
        if key == self._key:
            return
        self._key = key
        self._wanted = (key, job)
        if self._under_way is None and not self._begin.isActive():
            self._begin_when_due()

    def forget(self) -> None:
        """Do the next job even if its key is the same as before."""
        self._key = None
        self._wanted = None

    def _begin_when_due(self) -> None:
        wait = 0.0
        if self._throttled:
            pace = min(2 * self._seconds, SLOWEST_PACE)
            wait = max(self._begun_at + pace - time.monotonic(), 0.0)
        self._begin.start(round(1000 * wait))

    def _on_begin_timeout(self) -> None:
        if self._wanted is None or self._under_way is not None:
            return
        _, job = self._wanted
        self._wanted = None
        self._begun_at = time.monotonic()
        self._under_way = _thread().submit(job)
        self._poll.start()

    def _on_poll_timeout(self) -> None:
        job = self._under_way
        if job is None or not job.done():
            return
        self._poll.stop()
        self._under_way = None
        self._seconds = time.monotonic() - self._begun_at
        if self._wanted is not None:
            self._begin_when_due()
        self.finished.emit(job.result())
