"""Going back, branching, editing and freezing, as the runner thread does them."""

from dataclasses import replace

import jax
import numpy as np

from core.protocol.branch import Branch, Turn
from core.protocol.messages import (
    Branched,
    ChangeTraining,
    EditParams,
    Evaluated,
    Failed,
    GoToBranch,
    GoToStep,
    Play,
    PlayingChanged,
    SetFrozen,
    SetNeeds,
    SetSpeed,
    TrainingChanged,
)
from core.protocol.snapshot import Snapshot
from core.training.run import TrainingRun, to_numpy
from core.values.network_spec import flatten
from core.values.parameter import Edit, Parameter
from tests.core.support.runner_talk import RunnerTalk

WEIGHT = Parameter(1, 2, 1)


def headless(talk: RunnerTalk) -> TrainingRun:
    started = talk.start()
    return TrainingRun(started.experiment, started.dataset, jax.devices("cpu")[0])


def bits(snapshot: Snapshot | None) -> np.ndarray:
    assert snapshot is not None
    return flatten(snapshot.params)


def take(run: TrainingRun, to: int) -> np.ndarray:
    while run.step < to:
        run.advance(to - run.step)
    return flatten(to_numpy(run.params))


def test_snapshots_at_full_speed_show_exactly_their_own_step(talk: RunnerTalk) -> None:
    run = headless(talk)
    talk.runner.post(SetNeeds(frozenset({"gradient"})))
    talk.runner.post(SetSpeed(None))
    talk.runner.post(Play())
    talk.wait_until(lambda: len(talk.snapshots) >= 12)
    talk.runner.post(SetNeeds(frozenset()))
    talk.wait_until(lambda: len(talk.snapshots) >= 24)
    seen = [shown for shown in talk.snapshots if shown.playing]
    assert len({shown.step for shown in seen}) > 10
    for shown in seen:
        if shown.previous_params is not None:
            before = take(run, shown.step - 1)
            np.testing.assert_array_equal(flatten(shown.previous_params), before)
        np.testing.assert_array_equal(bits(shown), take(run, shown.step))


def test_going_back_while_playing_pauses_at_exactly_that_step(
    talk: RunnerTalk,
) -> None:
    run = headless(talk)
    talk.runner.post(SetSpeed(None))
    talk.runner.post(Play())
    talk.wait_until(lambda: talk.step > 300)
    talk.runner.post(GoToStep(77))
    talk.wait_until(lambda: talk.step == 77 and not talk.playing)
    assert talk.newest is not None
    assert talk.newest.end > 300
    assert not talk.newest.playing
    assert sum(len(m.losses) for m in talk.metrics()) == talk.newest.end
    np.testing.assert_array_equal(bits(talk.newest), take(run, 77))
    talk.wait_until(lambda: talk.of(Evaluated)[-1].step == 77)


def test_of_many_journeys_asked_for_at_once_the_last_one_is_made(
    talk: RunnerTalk,
) -> None:
    headless(talk)
    talk.take(200)
    before = len(talk.snapshots)
    for step in range(199, 99, -1):
        talk.runner.post(GoToStep(step))
    talk.wait_until(lambda: talk.step == 100)
    assert len(talk.snapshots) - before < 60


def test_training_on_from_the_past_tells_of_a_branch_once_something_differs(
    talk: RunnerTalk,
) -> None:
    headless(talk)
    talk.take(50)
    talk.runner.post(GoToStep(20))
    talk.wait_until(lambda: talk.step == 20)
    told = len(talk.metrics())
    talk.take(5)
    newest = talk.take(5)
    # The same steps again: nothing is left, and no curve is told twice.
    assert (newest.step, newest.end, newest.branches) == (30, 50, ())
    assert len(talk.metrics()) == told
    assert not talk.of(Branched)
    talk.runner.post(EditParams((Edit(WEIGHT, 0.625),)))
    assert talk.wait_for(Branched).turn == Turn(30, 50, 1)
    newest = talk.take(5)
    assert (newest.step, newest.end, newest.branches) == (35, 35, (Branch(1, 30, 50),))
    assert len(talk.of(Branched)) == 1
    assert talk.metrics()[told].first_step == 31


def test_playing_over_known_steps_goes_on_beyond_them(talk: RunnerTalk) -> None:
    headless(talk)
    talk.take(60)
    talk.runner.post(GoToStep(5))
    talk.wait_until(lambda: talk.step == 5)
    talk.snapshots.clear()
    talk.runner.post(SetSpeed(None))
    talk.runner.post(Play())
    talk.wait_until(lambda: talk.step > 80)
    assert not talk.of(Branched)
    steps = [m.first_step + k for m in talk.metrics() for k in range(len(m.losses))]
    assert steps == list(range(1, len(steps) + 1))
    assert all(shown.end == max(60, shown.step) for shown in talk.snapshots)


def test_going_to_a_branch_while_playing_pauses_at_its_end_exactly(
    talk: RunnerTalk,
) -> None:
    started = talk.start()
    talk.take(30)
    faster = replace(started.experiment.training, learning_rate=0.3)
    talk.runner.post(ChangeTraining(faster))
    old = bits(talk.take(20))
    talk.runner.post(GoToStep(10))
    talk.runner.post(EditParams((Edit(WEIGHT, 0.625),)))
    talk.runner.post(SetSpeed(None))
    talk.runner.post(Play())
    talk.wait_until(lambda: talk.step > 100)
    assert talk.newest is not None
    assert talk.newest.branches == (Branch(1, 10, 50),)
    before = len(talk.events)
    talk.runner.post(GoToBranch(1))
    talk.wait_until(lambda: talk.step == 50 and not talk.playing)
    np.testing.assert_array_equal(bits(talk.newest), old)
    (branched,) = talk.of(Branched, after=before)
    (told,) = talk.of(TrainingChanged, after=before)
    assert (told.training, told.step, told.restored) == (faster, 50, True)
    turn = branched.turn
    assert (turn.step, turn.left, turn.taken) == (10, 2, 1)
    assert talk.newest.branches == (Branch(2, 10, turn.end),)
    assert (
        turn.end == talk.metrics()[-1].first_step + len(talk.metrics()[-1].losses) - 1
    )
    talk.wait_until(lambda: talk.of(Evaluated)[-1].step == 50)
    talk.runner.post(GoToBranch(99))
    assert "no longer kept" in talk.wait_for(Failed).reason
    talk.take(1)


def test_settings_of_an_earlier_step_are_told(talk: RunnerTalk) -> None:
    started = talk.start()
    talk.take(10)
    training = started.experiment.training
    talk.runner.post(ChangeTraining(replace(training, learning_rate=0.01)))
    talk.wait_for(TrainingChanged)
    talk.take(5)
    before = len(talk.events)
    talk.runner.post(GoToStep(4))
    told = talk.wait_for(TrainingChanged, after=before)
    assert (told.training, told.step, told.restored) == (training, 4, True)


def test_an_edit_while_paused_answers_with_a_snapshot_of_the_same_step(
    talk: RunnerTalk,
) -> None:
    headless(talk)
    talk.runner.post(SetNeeds(frozenset({"gradient", "batch"})))
    talk.take(7)
    before = bits(talk.newest)
    talk.runner.post(EditParams((Edit(WEIGHT, 0.625),)))
    talk.wait_until(lambda: talk.newest and talk.newest.edited)
    after = talk.newest
    assert after is not None
    assert (after.step, after.edited) == (7, {WEIGHT: 7})
    assert after.params[0][0][2, 1] == 0.625
    assert np.count_nonzero(bits(after) != before) == 1
    # The gradient is that of the edited weights, for the batch that comes next.
    assert after.batch is not None
    assert after.batch.step == 8
    assert after.previous_params is not None
    np.testing.assert_array_equal(flatten(after.previous_params), bits(after))


def test_an_impossible_edit_is_refused_and_the_run_goes_on(talk: RunnerTalk) -> None:
    headless(talk)
    talk.take(5)
    talk.runner.post(GoToStep(3))
    talk.runner.post(EditParams((Edit(Parameter(7, 0), 1.0),)))
    failed = talk.wait_for(Failed)
    assert "no bias of layer 7" in failed.reason
    assert not talk.of(Branched)
    talk.take(1)


def test_edits_and_freezing_while_playing_are_in_the_next_snapshots(
    talk: RunnerTalk,
) -> None:
    headless(talk)
    talk.runner.post(SetSpeed(None))
    talk.runner.post(Play())
    talk.wait_until(lambda: talk.step > 20)
    talk.runner.post(EditParams((Edit(WEIGHT, 0.5),)))
    talk.runner.post(SetFrozen(frozenset({WEIGHT})))
    talk.wait_until(lambda: talk.newest and talk.newest.frozen)
    frozen_at = len(talk.snapshots)
    talk.wait_until(lambda: len(talk.snapshots) > frozen_at + 5)
    held = {float(s.params[0][0][2, 1]) for s in talk.snapshots[frozen_at:]}
    assert len(held) == 1
    assert talk.of(PlayingChanged)[-1].playing
