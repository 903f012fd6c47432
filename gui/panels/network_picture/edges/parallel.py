"""Runs NumPy jobs on two cores: most of their time is spent without Python's lock."""

from collections.abc import Callable, Sequence
from functools import partial

from gui.runtime.threads import THREADS


def run_parallel(jobs: Sequence[Callable[[], None]]) -> None:
    """Do all jobs, on this thread and another one, and return when they are done."""
    if len(jobs) < 2:
        run_serial(jobs)
        return
    waiting = list(reversed(jobs))
    try:
        other = THREADS.submit(partial(_work, waiting))
    except RuntimeError:  # all threads are about to end
        run_serial(jobs)
        return
    try:
        _work(waiting)
    finally:
        if not other.cancel():
            other.result()


def run_serial(jobs: Sequence[Callable[[], None]]) -> None:
    """Do all jobs on this thread, when training needs the second core."""
    for job in jobs:
        job()


def _work(waiting: list[Callable[[], None]]) -> None:
    while True:
        try:
            # list.pop is atomic, so that both threads may take from the same list.
            job = waiting.pop()
        except IndexError:
            return
        job()
