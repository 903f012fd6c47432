"""Changes between two steps are one change, and none where they give back all."""

from dataclasses import replace

import jax
import numpy as np
import pytest

from core.protocol.branch import Branch
from core.training.run import TrainingRun
from core.values.parameter import Edit, Parameter
from tests.core.support.small_runs import small_dataset, small_run

WEIGHT = Parameter(1, 2, 3)
SETTINGS = {"optimizer": "adam", "schedule": "exponential", "schedule_steps": 9}


def take(run: TrainingRun, steps: int) -> None:
    while steps:
        steps -= len(run.advance(steps).losses)


def validated_run(**settings: object) -> TrainingRun:
    dataset = small_dataset()
    plain = small_run(dataset)
    experiment = replace(
        plain.experiment,
        data=replace(plain.experiment.data, validation_fraction=0.2),
        training=replace(plain.experiment.training, learning_rate=0.5),
    )
    training = replace(experiment.training, **settings)  # type: ignore[arg-type]
    experiment = replace(experiment, training=training)
    validated = replace(dataset, validation=dataset.test)
    return TrainingRun(experiment, validated, plain.device)


def told(run: TrainingRun) -> tuple[object, ...]:
    leaves = jax.tree.leaves(run.newest.state)
    return (
        [np.asarray(leaf).tobytes() for leaf in leaves],
        run.experiment,
        run.frozen,
        dict(run.edited),
        run.epoch,
        run.learning_rate,
        run.newest.watch,
        run.before_last_step().step,
    )


@pytest.mark.parametrize(
    ("step", "changed"),
    [
        (0, {"batch_size": 7}),
        (6, {"batch_size": 7}),
        (6, {"seed": 5}),
        (6, {"schedule": "constant"}),
        (0, {"optimizer": "sgd"}),
        (6, {"optimizer": "sgd"}),
        (0, {"learning_rate": 0.5}),
        (6, {"loss": "squared-error", "dropout": 0.25}),
    ],
)
def test_a_setting_that_is_given_back_before_a_step_leaves_the_same_run(
    step: int, changed: dict[str, object]
) -> None:
    run, untouched = small_run(**SETTINGS), small_run(**SETTINGS)
    for each in (run, untouched):
        take(each, step)
    training = run.experiment.training
    run.change_training(replace(training, **changed))  # type: ignore[arg-type]
    run.change_training(training)
    assert told(run) == told(untouched)
    for each in (run, untouched):
        take(each, 25)
    assert told(run) == told(untouched)
    run.go_to(step)
    untouched.go_to(step)
    assert told(run) == told(untouched)


def test_losses_of_early_stopping_are_still_known_after_it_is_given_back() -> None:
    run = validated_run(early_stopping=4)
    take(run, 25)
    watch, training = run.newest.watch, run.experiment.training
    assert watch.best < np.inf
    run.change_training(replace(training, early_stopping=9))
    run.change_training(training)
    assert run.newest.watch == watch


def test_of_several_changes_at_a_step_only_the_last_values_count() -> None:
    run, direct = small_run(**SETTINGS), small_run(**SETTINGS)
    for each in (run, direct):
        take(each, 6)
    training = run.experiment.training
    run.edit_params((Edit(WEIGHT, 0.5),))
    for optimizer, batch_size in (("sgd", 20), ("momentum", 7), ("momentum", 4)):
        changed = replace(training, optimizer=optimizer, batch_size=batch_size)
        run.change_training(changed)
    run.set_frozen(frozenset({WEIGHT}))
    direct.change_training(changed)
    direct.set_frozen(frozenset({WEIGHT}))
    direct.edit_params((Edit(WEIGHT, 0.5),))
    for each in (run, direct):
        take(each, 25)
    assert told(run) == told(direct)


def test_a_setting_that_is_given_back_in_the_past_has_the_later_steps_ahead_again() -> (
    None
):
    run = small_run(**SETTINGS)
    take(run, 30)
    end = told(run)
    run.go_to(6)
    training = run.experiment.training
    run.change_training(replace(training, batch_size=20))
    assert run.end == 6
    run.change_training(training)
    assert (run.step, run.end, run.branches) == (6, 30, ())
    run.go_to(30)
    assert told(run) == end


def test_what_changes_nothing_leaves_the_steps_ahead() -> None:
    run = small_run(**SETTINGS)
    take(run, 30)
    run.go_to(6)
    value = float(WEIGHT.value_in(jax.tree.map(np.asarray, run.params)))
    run.change_training(run.experiment.training)
    run.edit_params((Edit(WEIGHT, value),))
    run.set_frozen(frozenset())
    assert (run.end, run.take_turns()) == (30, ())


@pytest.mark.parametrize("step", [0, 6])
def test_a_setting_is_given_back_after_more_steps_by_going_back_to_it(
    step: int,
) -> None:
    run, untouched = small_run(**SETTINGS), small_run(**SETTINGS)
    for each in (run, untouched):
        take(each, step)
    training = run.experiment.training
    run.change_training(replace(training, optimizer="sgd", batch_size=20))
    take(run, 10)
    run.go_to(step)
    run.change_training(training)
    assert told(run) == told(untouched)
    assert run.branches == (Branch(1, step, step + 10),)


def test_the_best_step_has_the_changes_that_were_made_there() -> None:
    run = validated_run(early_stopping=1, batch_size=50)
    while run.newest.watch.best_step != run.step or run.step == 0:
        take(run, 1)
    best = run.step
    training = run.experiment.training
    run.change_training(replace(training, learning_rate=1000.0))
    changed = told(run)
    while not run.is_over:
        take(run, 1)
    run.go_to_best()
    assert run.step == best
    assert told(run) == changed


def test_a_setting_is_given_back_in_a_run_that_was_saved_after_it() -> None:
    run, untouched, resumed = (small_run(**SETTINGS) for _ in range(3))
    for each in (run, untouched):
        take(each, 6)
    training = run.experiment.training
    run.change_training(replace(training, optimizer="sgd", batch_size=20))
    resumed.restore(run.saved())
    resumed.change_training(training)
    assert told(resumed) == told(untouched)
