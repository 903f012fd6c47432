"""Runs that were left come back whole, as long as there is room for them."""

from dataclasses import replace

import numpy as np
import pytest

from core.experiment.memory import USABLE_SHARE, estimate
from core.protocol.messages import (
    ChangeTraining,
    Failed,
    Pause,
    Play,
    Start,
    Started,
)
from core.runner import loading
from core.runner.left_runs import LeftRuns
from core.runner.loading import LoadedRun
from core.values.network_spec import flatten
from tests.core.support.runner_talk import RunnerTalk, small
from tests.core.support.small_runs import small_run


def left_run() -> LoadedRun:
    return LoadedRun(small_run(), "cpu", None)


def test_the_oldest_give_way_to_what_has_room() -> None:
    size = left_run().run.bytes
    runs = LeftRuns(lambda: 2 * size + size // 2)
    for run_id in (1, 2, 3):
        runs.keep(run_id, left_run())
    assert runs.bytes == 2 * size
    assert runs.take(1) is None
    assert runs.take(3) is not None
    assert runs.take(3) is None


def test_no_more_are_kept_than_the_window_keeps_curves_of() -> None:
    runs = LeftRuns(lambda: 10**12, most=2)
    for run_id in (1, 2, 3):
        runs.keep(run_id, left_run())
    assert [runs.take(run_id) is not None for run_id in (1, 2, 3)] == [
        False,
        True,
        True,
    ]


def test_a_start_of_a_run_that_was_left_brings_it_back_at_its_step(
    talk: RunnerTalk,
) -> None:
    talk.start()
    shot = talk.take(7)
    talk.start(small(network__hidden=[3]))
    known = len(talk.events)
    talk.run_id = 1
    talk.runner.post(Start(1, small()))
    started = talk.wait_for(Started, after=known)
    assert (started.run_id, started.resumed) == (1, True)
    talk.wait_until(lambda: talk.step == 7)
    assert talk.newest is not None
    np.testing.assert_array_equal(flatten(talk.newest.params), flatten(shot.params))


@pytest.mark.parametrize("plays", [False, True])
def test_a_start_that_fails_leaves_the_run_before_it(
    talk: RunnerTalk, plays: bool
) -> None:
    talk.start()
    talk.take(3)
    if plays:
        talk.runner.post(Play())
    talk.runner.post(Start(99, small(), device="abacus", play=plays))
    assert talk.wait_for(Failed).run_id == 99
    assert talk.playing == plays
    slower = replace(small().training, learning_rate=0.01)
    talk.runner.post(ChangeTraining(slower, run_id=99))
    talk.runner.post(Pause())
    talk.wait_until(lambda: not talk.playing and not talk.newest.playing)
    shot = talk.take(1)
    assert shot.step >= 4
    # The change was meant for the run that could not be had.
    assert shot.learning_rate == pytest.approx(small().training.learning_rate)


def test_data_that_are_missing_leave_the_run_before_it(talk: RunnerTalk) -> None:
    talk.start()
    talk.runner.post(Start(99, small(data__name="mnist")))
    assert talk.wait_for(Failed).missing_data == "mnist"
    assert talk.take(1).step == 1


def test_runs_that_were_left_give_way_to_one_that_has_no_room_beside_them(
    talk: RunnerTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.start()
    talk.start(small(training__seed=1))
    needed = round(estimate(small(), 2, 2).total / USABLE_SHARE) - 1
    monkeypatch.setattr(loading, "free_bytes", lambda _device: needed)
    started = talk.start(small(training__seed=2))
    assert not started.resumed
    talk.run_id = 0
    assert not talk.start().resumed
