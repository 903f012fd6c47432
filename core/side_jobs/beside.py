"""Work of a side job that cannot be done in parts: in a thread, while training goes on.

It must be without JAX, which stays in the runner thread.
"""

import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from enum import Enum
from typing import TypeVar

from core.values.errors import CancelledError

T = TypeVar("T")
Check = Callable[..., None]
"""Raises CancelledError when nobody waits for the work any more."""


class Waiting(Enum):
    """What a job gives when it waits: there is nothing to do for it in this thread."""

    WAITING = 0

    def __bool__(self) -> bool:
        """It is no result."""
        return False


WAITING = Waiting.WAITING


def done_beside(work: Callable[[Check], T]) -> Generator[Waiting, None, T]:
    """Give WAITING until the work is done, then return what came of it.

    Args:
        work: is given a function that it is to call now and then.
    """
    is_given_up = threading.Event()
    future: Future[T] = Future()

    def check(*_progress: object) -> None:
        if is_given_up.is_set():
            raise CancelledError

    def run() -> None:
        try:
            future.set_result(work(check))
        except BaseException as error:  # noqa: BLE001  (raised again in the job)
            future.set_exception(error)

    thread = threading.Thread(target=run, name="glassbox-side-job", daemon=True)
    thread.start()
    try:
        while not future.done():
            yield WAITING
    finally:
        is_given_up.set()
        thread.join()
    return future.result()
