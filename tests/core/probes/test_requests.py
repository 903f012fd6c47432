"""Each example's derivatives, against JAX's own and the explicit backward pass."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from core.network.numpy.backprop import backward_pass
from core.network.numpy.costs import target_of
from core.probes.batch import batch_after, gradient_at
from core.probes.requests import read_requests
from core.protocol.messages import SetNeeds
from core.training.run import TrainingRun, to_numpy
from core.training.step import batch_loss, gather
from tests.core.support.runner_talk import RunnerTalk
from tests.core.support.small_runs import small_run

LOSSES = ("cross-entropy", "squared-error", "half-squared-error")


def taken(**training: object) -> TrainingRun:
    run = small_run(**training)
    for _ in range(7):
        run.advance(1)
    return run


@pytest.mark.parametrize("loss", LOSSES)
def test_delta_times_activation_is_the_gradient_of_one_example(loss: str) -> None:
    run = taken(loss=loss)
    before = run.before_last_step()
    record = read_requests(run, before)
    indices = batch_after(run, before).indices
    program, rates = before.settings[:2]
    for place in (0, 9):
        one = gather(run.train_examples, jnp.asarray(indices[[place]]), jnp.ones(1))
        gradient = jax.grad(batch_loss, has_aux=True)(
            before.state.params, program, one, rates
        )[0]
        for layer, (weights, biases) in enumerate(to_numpy(gradient)):
            delta = record.deltas[layer][place]
            rank_one = np.outer(delta, record.activations[layer][place])
            np.testing.assert_allclose(delta, biases, rtol=1e-5, atol=1e-6)
            np.testing.assert_allclose(rank_one, weights, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("loss", LOSSES)
def test_deltas_are_those_of_the_explicit_backward_pass(loss: str) -> None:
    run = taken(loss=loss)
    before = run.before_last_step()
    record = read_requests(run, before)
    batch = batch_after(run, before)
    params = to_numpy(before.state.params)
    target = target_of(int(batch.labels[3]), 2, "softmax")
    exact = backward_pass(run.spec, loss, params, batch.inputs[3], target)
    for layer, delta in enumerate(exact.deltas):
        np.testing.assert_allclose(record.deltas[layer][3], delta, rtol=1e-5, atol=1e-6)
        a = exact.layer(layer)
        np.testing.assert_allclose(
            record.activations[layer][3], a, rtol=1e-5, atol=1e-6
        )


def test_the_mean_of_all_examples_and_the_penalties_is_the_gradient_of_the_step():
    run = taken(l1=0.01, l2=0.02)
    before = run.before_last_step()
    record = read_requests(run, before)
    gradient = gradient_at(run, before)
    for layer, (weights, biases) in enumerate(to_numpy(before.state.params)):
        deltas = record.deltas[layer].astype(float)
        mean = deltas.T @ record.activations[layer] / len(deltas)
        whole = mean + record.l1 * np.sign(weights) + record.l2 * weights
        np.testing.assert_allclose(gradient[layer][0], whole, rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(
            gradient[layer][1], deltas.mean(0), rtol=1e-5, atol=1e-6
        )
        assert len(biases) == deltas.shape[1]


def test_the_padding_of_a_ragged_last_batch_is_left_out() -> None:
    run = small_run()
    for _ in range(11):
        run.advance(1)
    record = read_requests(run, run.before_last_step())
    assert {len(rows) for rows in (*record.deltas, *record.activations)} == {3}


def test_a_layer_without_biases_has_deltas_all_the_same() -> None:
    run = small_run()
    spec = dataclasses.replace(run.spec, biases=(False, False, True))
    before = run.before_last_step()
    program = dataclasses.replace(before.settings.program, spec=spec)
    settings = before.settings._replace(program=program)
    other = read_requests(run, dataclasses.replace(before, settings=settings))
    usual = read_requests(run, before)
    for without, with_biases in zip(other.deltas, usual.deltas, strict=True):
        np.testing.assert_allclose(without, with_biases, rtol=1e-5, atol=1e-6)
        assert np.any(without)


@pytest.mark.parametrize(
    ("optimizer", "names"),
    [
        ("sgd", []),
        ("momentum", ["velocity"]),
        ("adagrad", ["squares"]),
        ("adam", ["first_moment", "second_moment"]),
    ],
)
def test_the_memory_of_an_optimiser_goes_by_its_names(
    optimizer: str, names: list[str]
) -> None:
    run = taken(optimizer=optimizer)
    record = read_requests(run, run.before_last_step())
    assert [state.name for state in record.states] == names
    for state in record.states:
        shapes = [w.shape for w, _ in state.after]
        assert shapes == list(run.spec.weight_shapes)


def test_velocity_is_nine_tenths_of_the_old_one_and_the_gradient() -> None:
    run = taken(optimizer="momentum")
    before = run.before_last_step()
    (state,) = read_requests(run, before).states
    gradient = gradient_at(run, before)
    for old, new, g in zip(state.before, state.after, gradient, strict=True):
        np.testing.assert_allclose(new[0], 0.9 * old[0] + g[0], rtol=1e-5, atol=1e-6)


def test_a_snapshot_carries_the_requests_that_a_panel_asked_for(
    talk: RunnerTalk,
) -> None:
    talk.start()
    talk.runner.post(SetNeeds(frozenset({"batch", "gradient", "requests"})))
    talk.take(3)
    newest = talk.newest
    assert newest is not None
    record = newest.requests
    assert record is not None
    assert record.taken
    assert newest.gradient is not None
    mean = record.deltas[-1].mean(axis=0, dtype=float)
    np.testing.assert_allclose(mean, newest.gradient[-1][1], rtol=1e-5, atol=1e-6)
