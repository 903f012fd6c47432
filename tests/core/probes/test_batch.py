"""The record of the current batch: of which network, and of which step, it speaks."""

import dataclasses

import numpy as np
import pytest

from core.probes.batch import batch_after
from tests.core.support.small_runs import small_run


def test_with_dropout_both_losses_are_there_and_one_is_that_of_the_step() -> None:
    run = small_run(dropout=0.5)
    for _ in range(12):  # the eleventh batch is shorter
        losses = run.advance(1).losses
        record = batch_after(run, run.before_last_step())
        assert record.loss_thinned == pytest.approx(float(np.asarray(losses)[0]), 1e-6)
        assert record.loss_thinned != pytest.approx(record.loss_before, 1e-3)


def test_without_dropout_there_is_one_loss() -> None:
    run = small_run()
    losses = run.advance(1).losses
    record = batch_after(run, run.before_last_step())
    assert record.losses_thinned is None
    assert record.loss_before == pytest.approx(float(np.asarray(losses)[0]), 1e-6)


def test_a_record_has_the_settings_of_its_own_step() -> None:
    run = small_run(learning_rate=0.25)
    run.advance(1)
    slower = dataclasses.replace(run.experiment.training, learning_rate=0.01)
    run.change_training(slower)
    record = batch_after(run, run.before_last_step())
    assert (record.step, record.learning_rate) == (1, 0.25)
    assert (run.learning_rate, run.next_learning_rate) == (0.25, 0.01)
    # Another optimiser shows the batch of the step to come.
    run.change_training(dataclasses.replace(slower, optimizer="adam"))
    record = batch_after(run, run.before_last_step())
    assert (record.step, record.learning_rate) == (2, 0.01)
    assert record.training.optimizer == "adam"


def test_the_rate_of_the_step_to_come_is_that_of_the_schedule() -> None:
    run = small_run(learning_rate=0.2, schedule="inverse-time", schedule_steps=1)
    assert run.learning_rate == run.next_learning_rate == pytest.approx(0.2)
    run.advance(1)
    assert run.learning_rate == pytest.approx(0.2)
    assert run.next_learning_rate == pytest.approx(0.1)
