"""What the runner's snapshots and metrics hold belongs together, at any speed."""

import numpy as np
import pytest

from core.protocol.messages import Pause, Play, SetNeeds, SetSpeed
from core.protocol.snapshot import Snapshot
from core.values.network_spec import flatten
from tests.core.support.runner_talk import RunnerTalk, small

EVERYTHING = frozenset({"batch", "gradient"})


def test_metrics_are_whole_though_snapshots_are_dropped(talk: RunnerTalk) -> None:
    talk.start()
    talk.runner.post(SetNeeds(EVERYTHING))
    talk.runner.post(Play())
    talk.wait_until(lambda: talk.step > 200)
    talk.runner.post(Pause())
    talk.wait_until(lambda: not talk.playing and not talk.newest.playing)
    expected = 1
    for part in talk.metrics():
        assert part.first_step == expected
        assert len(part.losses) == len(part.accuracies) > 0
        expected += len(part.losses)
    assert expected == talk.step + 1
    assert len(talk.snapshots) < talk.step


def check_one_step(snapshot: Snapshot, losses: dict[int, float]) -> None:
    """Gradient, both parameters and batch of a snapshot belong to one SGD step."""
    assert snapshot.gradient is not None
    assert snapshot.previous_params is not None
    assert snapshot.batch is not None
    before, after = flatten(snapshot.previous_params), flatten(snapshot.params)
    change = -np.float32(snapshot.learning_rate) * flatten(snapshot.gradient)
    np.testing.assert_allclose(after - before, change, rtol=1e-3, atol=1e-6)
    assert snapshot.batch.step == snapshot.step
    assert snapshot.batch.loss_before == pytest.approx(losses[snapshot.step], rel=1e-5)
    # Not compared: in a run that has converged a step can leave the loss as it is.
    assert snapshot.batch.loss_after is not None


def losses_by_step(talk: RunnerTalk) -> dict[int, float]:
    return {
        m.first_step + k: float(loss)
        for m in talk.metrics()
        for k, loss in enumerate(m.losses)
    }


@pytest.mark.parametrize("speed", [None, 200.0])
def test_what_a_snapshot_holds_belongs_together(
    talk: RunnerTalk, speed: float | None
) -> None:
    talk.start()
    talk.runner.post(SetNeeds(EVERYTHING))
    talk.runner.post(SetSpeed(speed))
    talk.runner.post(Play())
    talk.wait_until(lambda: sum(s.gradient is not None for s in talk.snapshots) > 12)
    talk.runner.post(Pause())
    talk.wait_until(lambda: not talk.playing and not talk.newest.playing)
    losses = losses_by_step(talk)
    checked = [s for s in talk.snapshots if s.gradient is not None and s.step > 0]
    assert len(checked) > 10
    for snapshot in checked:
        check_one_step(snapshot, losses)


def test_step_zero_shows_the_batch_that_the_first_step_takes(talk: RunnerTalk) -> None:
    talk.runner.post(SetNeeds(EVERYTHING))
    talk.start()
    first = talk.newest
    assert first is not None
    assert first.batch is not None
    assert first.gradient is not None
    assert first.previous_params is not None
    assert (first.batch.step, first.batch.loss_after) == (1, None)
    np.testing.assert_array_equal(flatten(first.params), flatten(first.previous_params))
    second = talk.take(1)
    assert second.batch is not None
    assert second.gradient is not None
    np.testing.assert_array_equal(first.batch.indices, second.batch.indices)
    np.testing.assert_array_equal(flatten(first.gradient), flatten(second.gradient))


def test_needs_asked_for_while_paused_are_answered_at_once(talk: RunnerTalk) -> None:
    talk.start()
    talk.take(20)
    assert talk.newest is not None
    assert talk.newest.gradient is None
    talk.runner.post(SetNeeds(EVERYTHING))
    talk.wait_until(lambda: talk.newest.gradient is not None)
    assert talk.newest.step == 20
    check_one_step(talk.newest, losses_by_step(talk))


def test_the_same_seed_gives_the_same_params_at_any_speed(talk: RunnerTalk) -> None:
    experiment = small(training__optimizer="adam")
    results = []
    for speed, needs in ((None, EVERYTHING), (None, frozenset()), (400.0, EVERYTHING)):
        talk.start(experiment)
        talk.runner.post(SetNeeds(needs))
        talk.runner.post(SetSpeed(speed))
        results.append(flatten(talk.take(70).params))
    np.testing.assert_array_equal(results[0], results[1])
    np.testing.assert_array_equal(results[0], results[2])


def test_a_snapshot_at_full_speed_holds_the_params_of_its_step(
    talk: RunnerTalk,
) -> None:
    talk.start()
    talk.runner.post(SetSpeed(None))
    talk.runner.post(Play())
    talk.wait_until(lambda: talk.step > 500)
    seen = talk.newest
    assert seen is not None
    assert seen.playing
    talk.start()
    talk.runner.post(SetSpeed(None))
    again = talk.take(seen.step)
    assert seen.epoch == again.epoch
    np.testing.assert_array_equal(flatten(seen.params), flatten(again.params))
