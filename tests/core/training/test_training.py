from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from core.data.load import load_dataset
from core.experiment.model import Experiment
from core.probes.batch import batch_after, gradient_at
from core.training import step
from core.training.batches import BatchOrder
from core.training.evaluate import evaluate
from core.training.run import TrainingRun, to_numpy
from core.training.step import Batch, batch_loss, gather
from core.training.stepping import CHUNK_STEPS, longest_chunk
from core.values.network_spec import flatten
from tests.core.support.small_runs import compilations, small_dataset, small_run


def flat(run: TrainingRun) -> np.ndarray:
    return flatten(to_numpy(run.params))


def take(run: TrainingRun, steps: int) -> list[float]:
    losses: list[float] = []
    while steps:
        result = run.advance(steps)
        losses += np.asarray(result.losses).tolist()
        steps -= len(result.losses)
    return losses


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_the_same_seed_gives_the_same_bits_whatever_the_chunks(optimizer: str) -> None:
    whole, single = small_run(optimizer=optimizer), small_run(optimizer=optimizer)
    losses = take(whole, 150)
    run_serial = [take(single, 1)[0] for _ in range(150)]
    assert losses == run_serial
    np.testing.assert_array_equal(flat(whole), flat(single))


def test_a_chunk_spans_epochs_and_tells_where_they_end() -> None:
    run, single = small_run(), small_run()
    result = run.advance(60)
    assert list(result.epoch_ends) == [11, 22, 33, 44, 55]
    losses = [take(single, 1)[0] for _ in range(60)]
    assert np.asarray(result.losses).tolist() == losses
    np.testing.assert_array_equal(flat(run), flat(single))


def test_a_whole_chunk_over_many_epochs_gives_the_same_bits_as_single_steps() -> None:
    whole, single = small_run(optimizer="adam"), small_run(optimizer="adam")
    assert 20 * whole.steps_per_epoch < CHUNK_STEPS
    first = np.asarray(whole.advance(300).losses).tolist()
    assert len(first) == CHUNK_STEPS
    losses = first + take(whole, 300 - CHUNK_STEPS)
    assert losses == [take(single, 1)[0] for _ in range(300)]
    np.testing.assert_array_equal(flat(whole), flat(single))


def test_a_chunk_ends_with_its_epoch_where_training_looks_at_its_loss() -> None:
    run = small_run(schedule="plateau")
    assert [len(run.advance(60).losses) for _ in range(3)] == [11, 11, 11]


def test_the_largest_chunk_gives_the_same_bits_as_single_steps() -> None:
    dataset = small_dataset(4003)
    whole, single = small_run(dataset), small_run(dataset)
    first = np.asarray(whole.advance(340).losses).tolist()
    assert len(first) == CHUNK_STEPS
    losses = first + take(whole, 340 - CHUNK_STEPS)
    assert losses == [take(single, 1)[0] for _ in range(340)]
    np.testing.assert_array_equal(flat(whole), flat(single))


def test_a_chunk_of_large_batches_is_short() -> None:
    assert [longest_chunk(n) for n in (1, 32, 50, 500, 4003)] == [256, 256, 128, 16, 2]
    run = small_run(small_dataset(4003), batch_size=500)
    assert len(run.advance(10**6).losses) == 16


def test_any_number_of_steps_is_one_compilation() -> None:
    run = small_run(small_dataset(4003), l1=0.001)
    run.advance(1)
    compiled = compilations()
    counts = [len(run.advance(wanted).losses) for wanted in (1, 7, 33, 64, 100, 999)]
    assert counts == [1, 7, 33, 64, 100, 256]
    assert compilations() == compiled


def test_a_run_that_was_traced_takes_its_first_step_without_tracing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    traces: list[object] = []
    real = step.train_step

    def counted(*given: object) -> object:
        traces.append(given)
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(step, "train_step", counted)
    run, other = (small_run(small_dataset(61), batch_size=7) for _ in range(2))
    run.trace()
    traced = len(traces)
    assert traced > 0
    take(run, 5)
    assert len(traces) == traced
    take(other, 5)
    np.testing.assert_array_equal(flat(run), flat(other))


def test_another_seed_gives_other_weights_and_another_order() -> None:
    first, second = small_run(seed=1), small_run(seed=2)
    assert not np.array_equal(flat(first), flat(second))
    orders = [BatchOrder(100, 10, seed).batches(0, 10)[0] for seed in (1, 2)]
    assert not np.array_equal(*orders)


def test_an_epoch_uses_every_example_once() -> None:
    order = BatchOrder(103, 10, seed=3)
    indices, weights = order.batches(0, order.steps_per_epoch)
    assert order.steps_per_epoch == 11
    assert sorted(indices[weights > 0]) == list(range(103))
    again, _ = order.batches(11, 11)
    assert not np.array_equal(again, indices)


def test_batches_of_several_epochs_are_those_of_each_in_turn() -> None:
    order = BatchOrder(103, 10, seed=3, first_step=4, first_epoch=2)
    whole = order.batches(9, 30, room=40)
    single = [order.batches(step, 1) for step in range(9, 39)]
    for part, singles in zip(whole, zip(*single, strict=True), strict=True):
        assert len(part) == 40
        np.testing.assert_array_equal(part[:30], np.concatenate(singles))


def test_the_ends_of_epochs_are_those_steps_after_which_one_is_complete() -> None:
    order = BatchOrder(103, 10, seed=3, first_step=4, first_epoch=2)
    whole = [step for step in range(5, 60) if order.epoch_at(step) % 1 == 0]
    assert list(order.epoch_ends(4, 55)) == whole == [15, 26, 37, 48, 59]
    assert list(order.epoch_ends(15, 10)) == []
    assert list(order.epoch_ends(15, 11)) == [26]


def test_the_padding_of_the_last_batch_has_no_influence() -> None:
    run = small_run()
    indices, weights = run._settings.order.batches(10, 1)
    assert np.count_nonzero(weights) == 3
    program, rates = run._settings[:2]
    whole = gather(run.train_examples, jnp.asarray(indices[0]), jnp.asarray(weights[0]))
    short = gather(run.train_examples, jnp.asarray(indices[0, :3]), jnp.ones(3))
    padded = batch_loss(run.params, program, whole, rates)
    exact = batch_loss(run.params, program, short, rates)
    np.testing.assert_allclose(padded[0], exact[0], rtol=1e-5)
    np.testing.assert_allclose(padded[1][1], exact[1][1], rtol=1e-5)


@pytest.mark.parametrize(
    ("loss", "l1", "l2"),
    [("cross-entropy", 0.0, 0.0), ("squared-error", 0.01, 0.1)],
)
def test_the_gradient_agrees_with_central_differences_in_float64(
    loss: str, l1: float, l2: float
) -> None:
    run = small_run(loss=loss, l1=l1, l2=l2)
    take(run, 3)
    point = run.before_last_step()
    gradient = flatten(gradient_at(run, point))
    with jax.enable_x64(True):
        numeric = central_differences(run, point)
    np.testing.assert_allclose(gradient, numeric, atol=2e-6)


def central_differences(run: TrainingRun, point: object, h: float = 1e-6) -> np.ndarray:
    program, rates, order = point.settings[:3]  # type: ignore[attr-defined]
    indices, _ = order.batches(point.step, 1)  # type: ignore[attr-defined]
    inputs = jnp.asarray(run.dataset.train.inputs[indices[0]].astype(np.float64) / 255)
    labels = jnp.asarray(run.dataset.train.labels[indices[0]])
    batch = Batch(inputs, labels, jnp.ones(10, jnp.float64))
    rates = jax.tree.map(lambda rate: jnp.float64(np.float64(rate)), rates)
    host = to_numpy(point.state.params)  # type: ignore[attr-defined]
    params = jax.tree.map(lambda p: np.asarray(p, np.float64), host)
    leaves, tree = jax.tree.flatten(params)
    value = jax.jit(lambda p: batch_loss(p, program, batch, rates)[0])
    numbers = []
    with jax.numpy_dtype_promotion("standard"):
        for leaf in leaves:
            for index in np.ndindex(leaf.shape):
                ends = []
                for sign in (1, -1):
                    leaf[index] += sign * h
                    ends.append(float(value(jax.tree.unflatten(tree, leaves))))
                    leaf[index] -= sign * h
                numbers.append((ends[0] - ends[1]) / (2 * h))
    return np.asarray(numbers)


def test_sgd_changes_each_weight_by_minus_rate_times_gradient() -> None:
    run = small_run(learning_rate=0.25)
    take(run, 7)
    before = run.before_last_step()
    change = flat(run) - flatten(to_numpy(before.state.params))
    wished = -np.float32(0.25) * flatten(gradient_at(run, before))
    np.testing.assert_allclose(change, wished, atol=3e-7)


def test_the_state_before_the_newest_step_is_replayed_exactly() -> None:
    run, other = small_run(optimizer="adam"), small_run(optimizer="adam")
    take(run, 9)
    take(other, 8)
    before = run.before_last_step()
    assert before.step == 8
    np.testing.assert_array_equal(flatten(to_numpy(before.state.params)), flat(other))


def test_the_current_batch_is_the_next_one_before_the_first_step() -> None:
    run = small_run()
    record = batch_after(run, run.before_last_step())
    assert (record.step, record.loss_after, record.predicted_after) == (1, None, None)
    loss = take(run, 1)[0]
    taken = batch_after(run, run.before_last_step())
    np.testing.assert_array_equal(taken.indices, record.indices)
    assert taken.loss_before == pytest.approx(loss, rel=1e-5)
    assert taken.loss_after is not None
    assert taken.loss_after < taken.loss_before


def test_the_ragged_batch_is_recorded_without_its_padding() -> None:
    run = small_run()
    take(run, 11)
    record = batch_after(run, run.before_last_step())
    assert len(record.indices) == len(record.inputs) == len(record.losses_before) == 3


def test_a_change_of_rate_or_batch_content_never_compiles_again() -> None:
    run = small_run()
    take(run, 22)
    compiled = compilations()
    for rate in (0.5, 0.01, 2.0):
        run.change_training(replace(run.experiment.training, learning_rate=rate))
        take(run, 22)
    assert compilations() == compiled


def test_a_change_of_rate_acts_on_the_next_step() -> None:
    run = small_run(learning_rate=0.1)
    take(run, 2)
    run.change_training(replace(run.experiment.training, learning_rate=0.4))
    take(run, 1)
    before = run.before_last_step()
    change = flat(run) - flatten(to_numpy(before.state.params))
    wished = -np.float32(0.4) * flatten(gradient_at(run, before))
    np.testing.assert_allclose(change, wished, atol=3e-7)


def test_a_change_of_batch_size_begins_a_new_epoch_and_keeps_the_weights() -> None:
    run = small_run()
    take(run, 15)
    weights = flat(run)
    run.change_training(replace(run.experiment.training, batch_size=50))
    assert (run.step, run.epoch, run.steps_per_epoch) == (15, 2.0, 3)
    np.testing.assert_array_equal(flat(run), weights)
    take(run, 4)
    assert run.epoch == pytest.approx(3 + 1 / 3)


def test_changing_the_optimizer_keeps_the_weights() -> None:
    run = small_run()
    take(run, 5)
    weights = flat(run)
    run.change_training(replace(run.experiment.training, optimizer="adam"))
    np.testing.assert_array_equal(flat(run), weights)
    take(run, 5)
    assert np.isfinite(flat(run)).all()


def test_evaluation_reads_every_test_example() -> None:
    run = small_run(small_dataset(300), learning_rate=0.5)
    before = evaluate(run.program, run.params, run.test_examples)
    take(run, 300)
    after = evaluate(run.program, run.params, run.test_examples)
    assert len(after.predicted) == 40
    right = after.predicted == run.dataset.test.labels
    assert after.accuracy == pytest.approx(right.mean())
    assert after.loss < before.loss
    assert after.accuracy > 0.9


def test_given_weights_are_taken_over_exactly() -> None:
    first = small_run()
    take(first, 20)
    params = to_numpy(first.params)
    second = TrainingRun(first.experiment, first.dataset, first.device, params)
    np.testing.assert_array_equal(flat(second), flat(first))
    assert second.step == 0


def test_float_inputs_train_too() -> None:
    dataset = small_dataset()
    inputs = dataset.train.network_inputs(range(len(dataset.train)))
    floats = replace(dataset, train=replace(dataset.train, inputs=inputs))
    from_bytes, from_floats = small_run(dataset), small_run(floats)
    np.testing.assert_allclose(take(from_bytes, 20), take(from_floats, 20), rtol=1e-5)


def test_a_penalty_leaves_weights_that_are_exactly_0_and_a_target_that_is_met() -> None:
    values = {
        "data.name": "inline",
        "data.inputs": [[0, 1]],
        "data.targets": [[1]],
        "network.hidden": [],
        "network.output": "identity",
        "network.initial_weights": [[[0.0, 0.0]]],
        "network.initial_biases": [[1.0]],
        "training.loss": "absolute-error",
        "training.l1": 0.1,
        "training.optimizer": "sgd",
    }
    experiment = Experiment().with_values(values)
    dataset = load_dataset(experiment.data)
    run = TrainingRun(experiment, dataset, jax.devices("cpu")[0])
    run.advance(3)
    ((weights, biases),) = to_numpy(run.params)
    assert weights.tolist() == [[0.0, 0.0]]
    assert biases.tolist() == [1.0]
