"""Dropout, validation data and early stopping."""

from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from core.data.dataset import Dataset, Split
from core.data.validation import hold_out
from core.experiment.model import (
    DataSettings,
    Experiment,
    NetworkSettings,
    TrainingSettings,
)
from core.probes.batch import gradient_at
from core.training.dropout import dropout_masks
from core.training.evaluate import evaluate
from core.training.program import Program
from core.training.run import TrainingRun, to_numpy
from core.training.validation_monitor import FRESH_WATCH
from core.values.errors import DataError
from core.values.network_spec import NetworkSpec, flatten
from tests.core.support.small_runs import small_dataset, small_run


def take(run: TrainingRun, steps: int) -> np.ndarray:
    end = run.step + steps
    while run.step < end:
        run.advance(end - run.step)
    return flatten(to_numpy(run.params))


def masks(step: int, rate: float = 0.25, seed: int = 3) -> list[np.ndarray]:
    spec = NetworkSpec((4, 300, 200, 2), ("relu", "relu", "softmax"))
    program = Program(spec, "cross-entropy", "sgd", has_dropout=True)
    found = dropout_masks(
        program, jnp.float32(rate), jnp.int32(seed), jnp.int32(step), 50
    )
    return [np.asarray(mask) for mask in found]


def test_masks_keep_the_mean_and_leave_out_their_share() -> None:
    for mask, n in zip(masks(0), (300, 200), strict=True):
        assert mask.shape == (50, n)
        assert set(np.unique(mask)) == {0, np.float32(1 / 0.75)}
        assert np.mean(mask == 0) == pytest.approx(0.25, abs=0.02)
        assert mask.mean() == pytest.approx(1, abs=0.02)


def test_masks_follow_from_seed_and_step_alone() -> None:
    np.testing.assert_array_equal(masks(7)[0], masks(7)[0])
    for other in (masks(8), masks(7, seed=4)):
        assert np.mean(masks(7)[0] != other[0]) > 0.2


def test_dropout_gives_the_same_bits_whatever_the_chunks() -> None:
    whole, single = small_run(dropout=0.5), small_run(dropout=0.5)
    states = [take(single, 1) for _ in range(30)]
    np.testing.assert_array_equal(take(whole, 30), states[-1])
    whole.go_to(17)
    np.testing.assert_array_equal(flatten(to_numpy(whole.params)), states[16])
    assert not np.array_equal(states[-1], take(small_run(), 30))


def test_the_gradient_shown_has_the_mask_of_its_step() -> None:
    run = small_run(dropout=0.5, learning_rate=0.25)
    before = take(run, 6)
    change = take(run, 1) - before
    wished = -np.float32(0.25) * flatten(gradient_at(run, run.before_last_step()))
    np.testing.assert_allclose(change, wished, atol=3e-7)


def test_dropout_steps_are_those_of_a_network_with_the_masks_put_in() -> None:
    run = small_run(dropout=0.4, learning_rate=0.5)
    params = to_numpy(run.params)
    point = run.before_last_step()
    indices, _ = point.settings.order.batches(0, 1)
    x = run.dataset.train.network_inputs(indices[0]).astype(np.float64)
    labels = run.dataset.train.labels[indices[0]]
    seed, rate = run.experiment.training.seed, jnp.float32(0.4)
    kept = dropout_masks(run.program, rate, jnp.int32(seed), jnp.int32(0), 10)

    def loss(layers: list[list[np.ndarray]]) -> float:
        a = x
        for (w, b), mask in zip(layers[:-1], kept, strict=True):
            a = np.tanh(a @ w.T + b) * np.asarray(mask)
        z = a @ layers[-1][0].T + layers[-1][1]
        z = z - z.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        return float(-log_p[np.arange(10), labels].mean())

    layers = [[p.astype(np.float64) for p in layer] for layer in params]
    gradient = flatten(gradient_at(run, point))
    numeric = []
    for layer in layers:
        for part in layer:
            for index in np.ndindex(part.shape):
                ends = []
                for sign in (1e-5, -1e-5):
                    part[index] += sign
                    ends.append(loss(layers))
                    part[index] -= sign
                numeric.append((ends[0] - ends[1]) / 2e-5)
    np.testing.assert_allclose(gradient, numeric, atol=2e-6)


def test_readings_leave_nothing_out() -> None:
    with_it, without = small_run(dropout=0.5), small_run()
    for run in (with_it, without):
        run.reading = evaluate(run.program, run.params, run.test_examples)  # type: ignore[attr-defined]
    assert with_it.reading.loss == without.reading.loss  # type: ignore[attr-defined]


def test_held_out_examples_neither_train_nor_repeat() -> None:
    dataset = small_dataset()
    found = hold_out(dataset, 0.2)
    assert found.validation is not None
    assert (len(found.train), len(found.validation)) == (82, 21)
    rows = np.concatenate([found.train.inputs, found.validation.inputs])
    assert sorted(map(bytes, rows)) == sorted(map(bytes, dataset.train.inputs))
    assert hold_out(dataset, 0.0) is dataset


@pytest.mark.parametrize(
    ("fraction", "word"), [(0.001, "validation"), (0.999, "train")]
)
def test_a_share_that_leaves_no_example_is_refused(fraction: float, word: str) -> None:
    with pytest.raises(DataError, match=word):
        hold_out(small_dataset(), fraction)


def noisy_dataset() -> Dataset:
    """Few examples with labels by chance: learnt by heart, so validation gets worse."""
    rng = np.random.default_rng(1)

    def split(n: int) -> Split:
        inputs = rng.integers(0, 256, (n, 6)).astype(np.uint8)
        return Split(inputs, rng.integers(0, 2, n).astype(np.int32))

    return Dataset("noise", split(60), split(20), ("left", "right"))


def stopping_run(patience: int = 3) -> TrainingRun:
    experiment = Experiment(
        data=DataSettings(validation_fraction=0.3),
        network=NetworkSettings(hidden=(16,), activation="tanh"),
        training=TrainingSettings(
            batch_size=10, learning_rate=1.0, early_stopping=patience
        ),
    )
    dataset = hold_out(noisy_dataset(), 0.3)
    return TrainingRun(experiment, dataset, jax.devices("cpu")[0])


def test_early_stopping_ends_and_goes_back_to_the_best_step() -> None:
    run = stopping_run()
    losses, states = {}, {}
    while not run.is_over:
        state = take(run, run.until_epoch_end)
        reading = evaluate(run.program, run.params, run.validation_examples)
        losses[run.step], states[run.step] = reading.loss, state
        assert run.step < 4000
    best = min(losses, key=lambda step: losses[step])
    assert run.best == (best, losses[best])
    assert run.step == best + 3 * run.steps_per_epoch
    last = run.step
    run.go_to_best()
    assert (run.step, run.end) == (best, last)
    np.testing.assert_array_equal(flatten(to_numpy(run.params)), states[best])
    before = run.before_last_step()
    assert before.step == best - 1


def until_stopped(run: TrainingRun) -> int:
    while not run.is_over:
        take(run, run.until_epoch_end)
    return run.step


def test_training_on_after_an_early_stop_goes_on_from_there_and_waits_anew() -> None:
    run, endless = stopping_run(), stopping_run(patience=0)
    first = until_stopped(run)
    best = run.best
    run.go_to_best()
    assert (run.step, run.stopped_at) == (best[0], first)
    run.train_on()
    assert (run.step, run.end, run.stopped_at) == (first, first, None)
    second = until_stopped(run)
    assert second == max(first, run.best[0]) + 3 * run.steps_per_epoch
    at_end = flatten(to_numpy(run.params))
    np.testing.assert_array_equal(at_end, take(endless, second))
    for step in (best[0], first, first + 1, second):
        run.go_to(step)
        assert run.is_over == (step == second)
    np.testing.assert_array_equal(flatten(to_numpy(run.params)), at_end)


def test_an_early_stop_is_left_by_stepping_on_from_the_best_step() -> None:
    run = stopping_run()
    until_stopped(run)
    run.go_to_best()
    take(run, 1)
    assert run.stopped_at is None
    run.train_on()
    assert run.step == run.best[0] + 1


def test_a_run_that_has_gone_elsewhere_finds_its_best_step_by_replay() -> None:
    run = stopping_run()
    while not run.is_over:
        take(run, run.until_epoch_end)
    best, _ = run.best
    end = run.step
    run.go_to(best)
    wanted = flatten(to_numpy(run.params))
    run.go_to(end)
    run._best = None
    run.go_to_best()
    assert run.step == best
    np.testing.assert_array_equal(flatten(to_numpy(run.params)), wanted)


def test_other_settings_begin_a_new_watch_but_keep_a_reduced_rate() -> None:
    old = TrainingSettings(schedule="plateau", schedule_patience=0, early_stopping=2)
    watch = FRESH_WATCH
    for step, loss in enumerate((1.0, 2.0, 3.0)):
        watch = watch.after(step, loss, old)
    assert (watch.plateau.reductions, watch.waited) == (2, 2)
    assert watch.is_over(old)
    more = replace(old, early_stopping=5)
    changed = watch.changed(old, more)
    assert not changed.is_over(more)
    assert (changed.plateau.reductions, changed.waited) == (2, 0)
    other_loss = watch.changed(old, replace(old, loss="squared-error"))
    assert (other_loss.plateau.reductions, other_loss.best) == (2, float("inf"))
    other_schedule = watch.changed(old, replace(old, schedule="step"))
    assert other_schedule.plateau.reductions == 0
