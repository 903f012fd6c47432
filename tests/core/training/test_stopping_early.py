"""Early stopping as the window meets it: the runner stops, says so and goes back."""

import pytest

from core.experiment.model import Experiment
from core.protocol.messages import (
    Branched,
    Evaluated,
    Metrics,
    Play,
    PlayingChanged,
    StoppedEarly,
)
from tests.core.support.runner_talk import RunnerTalk


def overfitting() -> Experiment:
    return Experiment().with_values(
        {
            "data.name": "spiral",
            "data.noise": 0.25,
            "data.train_fraction": 0.3,
            "data.validation_fraction": 0.3,
            "network.hidden": [16],
            "training.optimizer": "adam",
            "training.learning_rate": 0.1,
            "training.early_stopping": 4,
        }
    )


def test_the_runner_stops_and_shows_the_best_step(talk: RunnerTalk) -> None:
    talk.start(overfitting())
    talk.runner.post(Play())
    stopped = talk.wait_for(StoppedEarly)
    talk.wait_until(lambda: talk.newest and talk.newest.step == stopped.best_step)
    talk.wait_until(
        lambda: talk.of(Evaluated)[-1].step == stopped.best_step and not talk.playing
    )
    newest, reading = talk.newest, talk.of(Evaluated)[-1]
    assert newest is not None
    assert newest.end == stopped.step
    assert stopped.patience == 4
    assert stopped.step == stopped.best_step + 4 * newest.steps_per_epoch
    assert reading.validation_loss == pytest.approx(stopped.best_loss)
    assert not talk.of(PlayingChanged)[-1].playing


def test_every_epoch_tells_the_validation_loss(talk: RunnerTalk) -> None:
    talk.start(overfitting())
    talk.runner.post(Play())
    stopped = talk.wait_for(StoppedEarly)
    read = [m for m in talk.of(Metrics) if m.validation is not None]
    ends = [m.epoch_ends for m in talk.of(Metrics) if m.epoch_ends]
    assert len(read) == len(ends) > 4
    assert {len(steps) for steps in ends} == {1}
    losses = {m.first_step + len(m.losses) - 1: m.validation[0] for m in read}  # type: ignore[index]
    assert min(losses, key=lambda step: losses[step]) == stopped.best_step
    assert losses[stopped.best_step] == stopped.best_loss


def test_play_after_an_early_stop_goes_on_from_there(talk: RunnerTalk) -> None:
    talk.start(overfitting())
    talk.runner.post(Play())
    first = talk.wait_for(StoppedEarly)
    talk.wait_until(lambda: talk.newest and talk.newest.stopped_at == first.step)
    before = len(talk.events)
    talk.runner.post(Play())
    second = talk.wait_for(StoppedEarly, after=before)
    # At the end of each epoch the wait is one longer, and a better one ends it.
    begun = max(first.step, second.best_step)
    assert talk.newest is not None
    assert second.step == begun + 4 * talk.newest.steps_per_epoch
    assert not talk.of(Branched)
    steps = [m.first_step + k for m in talk.metrics() for k in range(len(m.losses))]
    assert steps == list(range(1, second.step + 1))
