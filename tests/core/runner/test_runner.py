"""Starting, stepping, playing and ending, as the runner thread does them."""

import subprocess
import sys
import threading

import numpy as np
import pytest

from core.protocol.messages import (
    ChangeTraining,
    Compiled,
    Compiling,
    Evaluated,
    Failed,
    Pause,
    Play,
    PlayingChanged,
    SetNeeds,
    SetSpeed,
    Start,
    Started,
    Step,
    StepEpoch,
    TrainingChanged,
)
from core.runner.evaluations import (
    LONGEST_PAUSE,
    SHARE_OF_TIME,
    SHORTEST_PAUSE,
    pause_after,
)
from core.runner.thread import Runner
from core.values.network_spec import flatten
from tests.core.support.runner_talk import RunnerTalk, small

EVERYTHING = frozenset({"batch", "gradient"})


def test_a_start_answers_with_the_run_and_its_step_zero(talk: RunnerTalk) -> None:
    started = talk.start()
    assert started.run_id == 1
    assert started.spec.layer_sizes == (2, 8, 2)
    assert started.device.startswith(("cpu", "gpu"))
    assert started.notice == ""
    assert talk.newest is not None
    assert (talk.newest.step, talk.newest.epoch, talk.newest.playing) == (0, 0, False)
    assert [w.shape for w, _ in talk.newest.params] == [(8, 2), (2, 8)]
    evaluated = talk.wait_for(Evaluated)
    assert evaluated.step == 0
    assert len(evaluated.predicted) == len(started.dataset.test)
    right = np.mean(evaluated.predicted == started.dataset.test.labels)
    assert evaluated.test_accuracy == pytest.approx(right, abs=1e-6)


def test_a_start_that_plays_says_so_with_its_first_snapshot(talk: RunnerTalk) -> None:
    talk.start(play=True)
    assert talk.snapshots[0].playing
    talk.wait_until(lambda: talk.step > 0)
    assert talk.wait_for(Evaluated).step == 0


def test_three_quick_steps_are_exactly_three_steps(talk: RunnerTalk) -> None:
    talk.start()
    for _ in range(3):
        talk.runner.post(Step())
    talk.rest_at(3)
    assert sum(len(m.losses) for m in talk.metrics()) == 3
    assert talk.take(1).step == 4, "no step was left over"


def test_a_step_while_playing_pauses_after_it(talk: RunnerTalk) -> None:
    talk.start()
    talk.runner.post(SetSpeed(50.0))
    talk.runner.post(Play())
    talk.wait_until(lambda: talk.step >= 3)
    talk.runner.post(Step())
    talk.wait_until(lambda: not talk.playing)
    stopped_at = sum(len(m.losses) for m in talk.metrics())
    talk.rest_at(stopped_at)


def test_pause_stops_and_play_goes_on_from_there(talk: RunnerTalk) -> None:
    talk.start()
    talk.runner.post(Play())
    talk.wait_until(lambda: talk.step > 20)
    assert talk.playing
    assert talk.newest is not None
    assert talk.newest.playing
    talk.wait_until(lambda: talk.newest.steps_per_second > 0)
    talk.runner.post(Pause())
    talk.wait_until(lambda: not talk.playing and not talk.newest.playing)
    paused_at = talk.step
    assert sum(len(m.losses) for m in talk.metrics()) == paused_at
    talk.wait_until(lambda: talk.of(Evaluated)[-1].step == paused_at)
    talk.runner.post(Play())
    talk.wait_until(lambda: talk.step > paused_at)


def test_an_epoch_ends_on_its_boundary(talk: RunnerTalk) -> None:
    talk.start()
    assert talk.newest is not None
    length = talk.newest.steps_per_epoch
    talk.take(3)
    talk.runner.post(StepEpoch())
    assert talk.rest_at(length).epoch == 1
    talk.runner.post(StepEpoch())
    assert talk.rest_at(2 * length).epoch == 2
    ends = [step for m in talk.metrics() for step in m.epoch_ends]
    assert ends == [length, 2 * length]


def test_a_new_speed_acts_at_once(talk: RunnerTalk) -> None:
    talk.start()
    talk.take(1)
    talk.runner.post(SetSpeed(0.01))
    talk.runner.post(Play())
    talk.wait_until(lambda: talk.step == 2)
    talk.runner.post(SetSpeed(None))
    talk.wait_until(lambda: talk.step > 50)  # the next one was due in 100 s


@pytest.mark.parametrize(
    "change",
    [
        {"training.learning_rate": 0.02},
        {"training.optimizer": "adam", "training.l2": 0.01},
        {"training.batch_size": 7, "training.loss": "squared-error"},
    ],
)
def test_training_changes_while_it_plays(
    talk: RunnerTalk, change: dict[str, object]
) -> None:
    talk.start()
    talk.runner.post(SetNeeds(EVERYTHING))
    talk.runner.post(SetSpeed(100.0))
    talk.runner.post(Play())
    talk.wait_until(lambda: talk.step > 5)
    training = small().with_values(change).training
    talk.runner.post(ChangeTraining(training))
    changed = talk.wait_for(TrainingChanged)
    assert changed.training == training
    assert changed.step > 5
    talk.wait_until(lambda: talk.step > changed.step + 5)
    assert talk.playing
    newest = talk.newest
    assert newest is not None
    assert newest.learning_rate == training.learning_rate
    assert newest.batch is not None
    assert len(newest.batch.indices) <= training.batch_size
    talk.runner.post(Pause())
    talk.wait_until(lambda: not talk.playing)
    steps = [m.first_step for m in talk.metrics()]
    assert steps == sorted(set(steps)), "no step is reported twice"


def test_a_new_start_while_playing_ends_the_old_run(talk: RunnerTalk) -> None:
    talk.start()
    talk.runner.post(Play())
    talk.wait_until(lambda: talk.step > 20)
    talk.start()
    new = next(
        k
        for k, event in enumerate(talk.events)
        if isinstance(event, Started) and event.run_id == 2
    )
    old_ids = {event.run_id for event in talk.events[:new]} - {2}
    assert old_ids == {1}
    assert all(event.run_id == 2 for event in talk.events[new:])
    assert not talk.playing
    assert talk.take(2).run_id == 2
    assert talk.metrics()[0].first_step == 1


def test_given_weights_are_the_ones_that_training_begins_with(
    talk: RunnerTalk,
) -> None:
    talk.start()
    trained = talk.take(30).params
    talk.start(params=trained)
    assert talk.newest is not None
    np.testing.assert_array_equal(flatten(talk.newest.params), flatten(trained))


def test_training_without_a_run_says_so(talk: RunnerTalk) -> None:
    talk.runner.post(Start(1, small(), device="abacus"))
    talk.wait_for(Failed)
    before = len(talk.events)
    talk.runner.post(Play())
    assert "reset" in talk.wait_for(Failed, after=before).reason.lower()


def test_divergence_stops_and_names_the_step_and_the_rate(talk: RunnerTalk) -> None:
    talk.start(
        small(
            network__activation="identity",
            network__output="identity",
            training__loss="squared-error",
            training__learning_rate=1000.0,
        )
    )
    talk.runner.post(Play())
    failed = talk.wait_for(Failed)
    losses = np.concatenate([m.losses for m in talk.metrics()])
    first_bad = 1 + int(np.argmin(np.isfinite(losses)))
    assert f"step {first_bad} " in failed.reason
    assert "1000" in failed.reason
    talk.wait_until(lambda: not talk.playing)
    talk.start()
    assert talk.take(1).step == 1


def test_a_compilation_is_announced_and_its_end_too(talk: RunnerTalk) -> None:
    talk.start(small(network__hidden=[3, 5, 3]))
    talk.take(1)
    compiling, compiled = talk.wait_for(Compiling), talk.wait_for(Compiled)
    assert "2-3-5-3-2" in compiling.what.replace(" ", "")
    assert compiled.seconds > 0


def test_shutdown_while_training_joins_the_thread(talk: RunnerTalk) -> None:
    talk.start()
    talk.runner.post(SetNeeds(EVERYTHING))
    talk.runner.post(Play())
    talk.wait_until(lambda: talk.step > 5)
    assert talk.runner.stop()
    names = [thread.name for thread in threading.enumerate()]
    assert "glassbox-runner" not in names


def test_a_runner_that_was_never_started_can_be_stopped() -> None:
    assert Runner().stop()


def test_the_thread_ends_with_the_main_thread() -> None:
    code = (
        "import time\n"
        "from core.protocol.messages import Play, Start\n"
        "from tests.core.support.runner_talk import RunnerTalk\n"
        "talk = RunnerTalk()\n"
        "talk.runner.start()\n"
        "talk.start()\n"
        "talk.runner.post(Play())\n"
        "talk.wait_until(lambda: talk.step > 5)\n"
        "raise SystemExit(7)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], timeout=120, capture_output=True, check=False
    )
    assert done.returncode == 7, done.stderr.decode()
    assert done.stderr == b""


def test_playing_is_announced_once_for_each_change(talk: RunnerTalk) -> None:
    talk.start()
    for command in (Play(), Play(), Pause(), Pause(), Play()):
        talk.runner.post(command)
    talk.wait_until(lambda: len(talk.of(PlayingChanged)) >= 3)
    assert [change.playing for change in talk.of(PlayingChanged)] == [True, False, True]


def test_the_test_set_is_read_again_and_again_while_it_plays(talk: RunnerTalk) -> None:
    talk.start(play=True)
    talk.wait_until(lambda: len(talk.of(Evaluated)) >= 4)
    steps = [evaluated.step for evaluated in talk.of(Evaluated)]
    assert steps == sorted(set(steps))


def test_a_slow_first_reading_compiles_and_does_not_put_off_the_next_ones() -> None:
    assert pause_after(3.0, first=True) == SHORTEST_PAUSE
    assert pause_after(0.05, first=False) == 0.05 / SHARE_OF_TIME
    assert pause_after(0.5, first=False) == LONGEST_PAUSE
    assert pause_after(10.0, first=False) == 90.0
    assert pause_after(0.001, first=False) == SHORTEST_PAUSE
