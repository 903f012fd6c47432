"""The window's threads: made when there is work for them, ended together."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

T = TypeVar("T")

MOST: Final = 16
"""Far more than work at a time: nothing waits because something else does."""


class Threads:
    """Lends a thread for each job; those that are idle are used again."""

    def __init__(self) -> None:
        self._executor: ThreadPoolExecutor | None = None

    def submit(self, job: Callable[[], T]) -> "Future[T]":
        """Have a job done at once by another thread.

        Raises:
            RuntimeError: asked for by such a thread while all of them end.
        """
        if self._executor is None:
            self._executor = ThreadPoolExecutor(MOST, thread_name_prefix="glassbox")
        return self._executor.submit(job)

    def end(self) -> None:
        """Wait for the jobs under way; the next job has new threads."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None


THREADS: Final = Threads()
