"""Runs that the user has changed in every way, and their checkpoints."""

from dataclasses import replace
from pathlib import Path

from core.checkpoints import file_form
from core.checkpoints.identity import data_hash
from core.checkpoints.resuming import checkpoint_of
from core.files.weights import WeightsFile
from core.training.run import TrainingRun, to_numpy
from core.values.parameter import Edit, Parameter
from tests.core.support.small_runs import small_run


def advance(run: TrainingRun, step: int) -> TrainingRun:
    """Train to a step, or to where early stopping ends it."""
    while run.step < step and not run.is_over:
        run.advance(step - run.step)
    return run


def changed_run() -> TrainingRun:
    """A run at step 50 with freezings, edits and other settings."""
    run = small_run()
    advance(run, 20)
    run.set_frozen(frozenset({Parameter(1, 2, 3), Parameter(2, 0)}))
    advance(run, 31)
    run.edit_params((Edit(Parameter(1, 0, 1), 0.75), Edit(Parameter(2, 1), -2.5)))
    advance(run, 40)
    training = replace(
        run.experiment.training, optimizer="adam", learning_rate=0.01, batch_size=7
    )
    run.change_training(training)
    return advance(run, 50)


def saved_run(run: TrainingRun, path: Path) -> Path:
    """Write the checkpoint of a run; returns its path."""
    checkpoint = checkpoint_of(run, data_hash(run.dataset))
    params = to_numpy(run.params)
    weights = WeightsFile(run.spec, params, run.experiment, run.step)
    file_form.save(path, checkpoint, weights)
    return path
