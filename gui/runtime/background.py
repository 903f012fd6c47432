"""One worker thread for file work, so that the window never waits for a disk."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class BackgroundJobs:
    """Runs jobs one after another; `deliver` passes on their results.

    Jobs must not touch widgets. `deliver` is called on the main thread, so the two
    callbacks of a job run there.
    """

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="glassbox-files")
        self._waiting: list[
            tuple[Future[object], Callable[[Future[object]], None]]
        ] = []

    def submit(
        self,
        job: Callable[[], T],
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None],
    ) -> None:
        """Run `job`, then call one of the two with its result or its error."""

        def settle(future: Future[T]) -> None:
            error = future.exception()
            if error is None:
                on_done(future.result())
            elif isinstance(error, Exception):
                on_failed(error)
            else:
                raise error

        self._waiting.append((self._executor.submit(job), settle))  # type: ignore[arg-type]

    def deliver(self) -> None:
        """Call back for every job that is done."""
        done = [entry for entry in self._waiting if entry[0].done()]
        self._waiting = [entry for entry in self._waiting if entry not in done]
        for future, settle in done:
            settle(future)

    def close(self) -> None:
        """Wait for the jobs that run; forget those that have not begun."""
        self._executor.shutdown(wait=True, cancel_futures=True)
