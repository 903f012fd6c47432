"""Runs NumPy jobs on two cores: most of their time is spent without Python's lock."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache


@cache
def _second_core() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="edges")


def run_parallel(jobs: Sequence[Callable[[], None]]) -> None:
    """Do all jobs, on this thread and another one, and return when they are done."""
    if len(jobs) < 2:
        run_serial(jobs)
        return
    waiting = list(reversed(jobs))
    other = _second_core().submit(_work, waiting)
    try:
        _work(waiting)
    finally:
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
