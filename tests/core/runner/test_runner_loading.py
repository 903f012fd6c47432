"""What a start loads, refuses or replaces, and how loading is cancelled."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from core.data.dataset import Dataset
from core.data.digits import cache
from core.protocol.messages import (
    CancelLoading,
    Failed,
    Progress,
    Shutdown,
    Start,
    Started,
)
from core.runner.thread import Runner
from tests.core.support.runner_talk import RunnerTalk, small
from tests.core.support.small_runs import small_dataset


@pytest.fixture
def few_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bundled digits without the seconds that it takes to draw them."""

    def load_digits(progress: object = None) -> Dataset:
        del progress
        return replace(small_dataset(n_inputs=784), name="digits")

    monkeypatch.setattr(cache, "load_digits", load_digits)


@pytest.mark.usefixtures("few_digits")
def test_missing_data_is_replaced_by_the_bundled_digits(talk: RunnerTalk) -> None:
    started = talk.start(small(data__name="mnist"))
    assert started.experiment.data.name == "digits"
    assert started.missing_data == "mnist"
    assert "bundled digits" in started.notice
    assert talk.take(1).step == 1


def test_an_impossible_network_is_refused_with_the_reason(talk: RunnerTalk) -> None:
    experiment = small(network__hidden=[1_000_000, 1_000_000])
    talk.runner.post(Start(1, experiment))
    failed = talk.wait_for(Failed)
    assert "parameters need" in failed.reason
    assert failed.details == ""
    talk.run_id = 1
    talk.start()
    assert talk.take(1).step == 1


def test_a_missing_device_is_refused_and_the_thread_lives_on(talk: RunnerTalk) -> None:
    talk.runner.post(Start(1, small(), device="abacus"))
    assert "abacus" in talk.wait_for(Failed).reason
    talk.run_id = 1
    talk.start()


@pytest.fixture
def slow_digits(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Digits that never come; the event tells that their drawing began."""
    begun = threading.Event()

    def load_digits(progress: Callable[[int, int], None]) -> Dataset:
        begun.set()
        while True:
            progress(1, 600)
            time.sleep(0.01)

    monkeypatch.setattr(cache, "load_digits", load_digits)
    return begun


def test_loading_can_be_cancelled(
    talk: RunnerTalk, slow_digits: threading.Event
) -> None:
    talk.runner.post(Start(1, small(data__name="digits")))
    assert slow_digits.wait(30)
    talk.wait_for(Progress)
    talk.runner.post(CancelLoading())
    assert talk.wait_for(Failed).reason == "Cancelled."
    talk.run_id = 1
    talk.start()
    assert talk.take(1).step == 1


@pytest.mark.usefixtures("slow_digits")
def test_a_newer_start_takes_the_place_of_one_that_has_not_begun() -> None:
    talk = RunnerTalk()
    talk.runner.post(Start(1, small(data__name="digits")))
    talk.runner.post(Start(2, small()))
    talk.runner.start()
    assert talk.wait_for(Started).run_id == 2
    assert talk.runner.stop()


@pytest.mark.usefixtures("slow_digits")
def test_shutdown_does_not_wait_for_data_that_is_to_be_made() -> None:
    runner = Runner()
    runner.post(Start(1, small(data__name="digits")))
    runner.post(Shutdown())
    runner.start()
    assert runner.stop()
