"""Jobs are done by other threads, and the main thread hears of each outcome."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from gui.runtime.threads import THREADS
from gui.runtime.worker import Keeps, Same, Worker


class Told:
    """Outcomes, in the order in which they were handed over."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.failed: list[str] = []
        self.threads: set[threading.Thread] = set()

    def take(self, outcome: object) -> None:
        self.done.append(outcome)
        self.threads.add(threading.current_thread())

    def take_error(self, error: Exception) -> None:
        self.failed.append(str(error))
        self.threads.add(threading.current_thread())


@pytest.fixture
def told() -> Told:
    return Told()


def wait(worker: Worker, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: worker.is_idle)


def gated(begun: threading.Event, gate: threading.Event, outcome: str) -> str:
    begun.set()
    assert gate.wait(10)
    return outcome


def raising(error: Exception) -> None:
    raise error


def test_a_job_runs_elsewhere_and_its_outcome_comes_to_the_main_thread(
    qtbot: QtBot, told: Told
):
    worker = Worker()
    worker.submit(threading.current_thread, told.take)
    assert not worker.is_idle
    wait(worker, qtbot)
    (thread,) = told.done
    assert isinstance(thread, threading.Thread)
    assert thread.name.startswith("glassbox")
    assert told.threads == {threading.main_thread()}


def test_a_queue_does_every_job_one_after_the_other(qtbot: QtBot, told: Told):
    worker = Worker()
    at_work: list[int] = []
    most: list[int] = []

    def job(number: int) -> int:
        at_work.append(number)
        most.append(len(at_work))
        at_work.remove(number)
        return number

    for number in range(20):
        worker.submit(partial(job, number), told.take)
    wait(worker, qtbot)
    assert told.done == list(range(20))
    assert set(most) == {1}


def test_where_the_newest_counts_those_that_wait_are_dropped(qtbot: QtBot, told: Told):
    worker = Worker(keeps=Keeps.NEWEST)
    begun, gate = threading.Event(), threading.Event()
    worker.submit(partial(gated, begun, gate, "first"), told.take)
    qtbot.waitUntil(begun.is_set)
    for name in ("second", "third", "fourth"):
        worker.submit(partial(str, name), told.take)
    gate.set()
    wait(worker, qtbot)
    assert told.done == ["first", "fourth"]
    assert worker.begun == 2


def test_jobs_of_one_moment_become_one_where_the_newest_counts(
    qtbot: QtBot, told: Told
):
    worker = Worker(keeps=Keeps.NEWEST)
    for name in ("a", "b", "c"):
        worker.submit(partial(str, name), told.take)
    wait(worker, qtbot)
    assert told.done == ["c"]


@pytest.mark.parametrize("keeps", list(Keeps))
def test_an_error_is_told_and_the_next_job_is_done(
    qtbot: QtBot, told: Told, keeps: Keeps
):
    worker = Worker(keeps=keeps)
    worker.submit(partial(raising, ValueError("torn")), told.take, told.take_error)
    wait(worker, qtbot)
    worker.submit(partial(str, "whole"), told.take, told.take_error)
    wait(worker, qtbot)
    assert told.failed == ["torn"]
    assert told.done == ["whole"]
    assert told.threads == {threading.main_thread()}


def test_an_error_that_nobody_takes_reaches_the_excepthook(qtbot: QtBot, told: Told):
    worker = Worker()
    with qtbot.captureExceptions() as errors:
        worker.submit(partial(raising, ValueError("torn")), told.take)
        worker.submit(partial(str, "whole"), told.take)
        wait(worker, qtbot)
    assert [str(error) for _, error, _ in errors] == ["torn"]
    assert told.done == ["whole"]


def test_an_error_in_a_callback_does_not_stop_the_queue(qtbot: QtBot, told: Told):
    worker = Worker()

    def refuse(_outcome: object) -> None:
        raise ValueError("refused")

    with qtbot.captureExceptions() as errors:
        worker.submit(partial(str, "a"), refuse)
        worker.submit(partial(str, "b"), told.take)
        wait(worker, qtbot)
    assert [str(error) for _, error, _ in errors] == ["refused"]
    assert told.done == ["b"]


def test_the_same_key_is_no_new_job_until_it_is_forgotten(qtbot: QtBot, told: Told):
    worker = Worker(keeps=Keeps.NEWEST)
    weights = [1.0]
    want: Callable[[], None] = partial(
        worker.want, (Same(weights), 3), partial(str, "x"), told.take
    )
    for _ in range(2):
        want()
        wait(worker, qtbot)
    assert told.done == ["x"]
    worker.want((Same([1.0]), 3), partial(str, "y"), told.take)
    wait(worker, qtbot)
    worker.forget()
    want()
    wait(worker, qtbot)
    assert told.done == ["x", "y", "x"]


def test_a_job_that_failed_is_no_job_done_before(qtbot: QtBot, told: Told):
    worker = Worker(keeps=Keeps.NEWEST)
    with qtbot.captureExceptions() as errors:
        worker.want("key", partial(raising, ValueError("torn")), told.take)
        wait(worker, qtbot)
    assert len(errors) == 1
    worker.want("key", partial(str, "x"), told.take)
    wait(worker, qtbot)
    assert told.done == ["x"]


def test_finish_does_all_that_waits_and_hands_it_over_once(qtbot: QtBot, told: Told):
    worker = Worker()
    for number in range(5):
        worker.submit(partial(int, number), told.take)
    worker.finish()
    assert worker.is_idle
    assert told.done == list(range(5))
    QCoreApplication.processEvents()
    assert told.done == list(range(5))


def test_the_outcome_for_something_that_is_gone_is_dropped(qtbot: QtBot, told: Told):
    owner = QObject()
    worker = Worker(owner)
    begun, gate = threading.Event(), threading.Event()
    worker.submit(partial(gated, begun, gate, "late"), told.take)
    qtbot.waitUntil(begun.is_set)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gate.set()
    THREADS.end()
    QCoreApplication.processEvents()
    assert told.done == []


def test_threads_end_together_and_come_again(qtbot: QtBot, told: Told):
    worker = Worker()
    for _ in range(2):
        worker.submit(partial(str, "x"), told.take)
        wait(worker, qtbot)
        THREADS.end()
        names = [thread.name for thread in threading.enumerate()]
        assert not [name for name in names if name.startswith("glassbox")]
    assert told.done == ["x", "x"]
