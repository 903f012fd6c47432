"""The gradient of all examples, and where two walkers come to, against JAX."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from core.probes.batch import gradient_at
from core.protocol.jobs import BeginJob, EndJob, JobAdvanced, JobEnded
from core.protocol.messages import Pause, Play, PlayingChanged
from core.protocol.side_jobs.descents import (
    AngleRequest,
    DescentProgress,
    DescentRequest,
    DescentResult,
    GradientAngle,
)
from core.side_jobs.descents.compute import (
    MOST_NUMBERS,
    descend_in_parts,
    products_in_parts,
    project,
)
from core.side_jobs.descents.full_gradient import angle_in_parts, full_gradient
from core.training.run import TrainingRun, to_numpy
from core.training.step import Clock, batch_gradient, batch_loss, gather
from core.values.network_spec import flatten
from tests.core.support.runner_talk import RunnerTalk
from tests.core.support.small_runs import small_run

CLOCK = Clock(jnp.float32(0), jnp.int32(0))


def trained(**training: object) -> TrainingRun:
    run = small_run(**training)
    for _ in range(5):
        run.advance(1)
    return run


def walked_by(run: TrainingRun, steps: int) -> DescentResult:
    results = list(descend_in_parts(DescentRequest(steps), run))
    assert isinstance(results[-1], DescentResult)
    return results[-1]


def plane(full: np.ndarray, batch: np.ndarray) -> tuple:
    points = [*full.astype(np.float32), *batch.astype(np.float32)]
    return project(sum(products_in_parts(points)))


def everything(run: TrainingRun) -> tuple[jax.Array, jax.Array]:
    n = len(run.dataset.train)
    return jnp.arange(n, dtype=jnp.int32), jnp.ones(n, jnp.float32)


@pytest.mark.parametrize("penalties", [{}, {"l1": 0.01, "l2": 0.1}])
def test_parts_make_the_gradient_of_all_examples(penalties: dict[str, float]) -> None:
    run = trained(**penalties)
    program, rates = run.newest.settings[:2]
    parts = list(full_gradient(program, run.params, run.train_examples, rates, rows=16))
    assert parts[:-1] == [None] * 7
    assert parts[-1] is not None
    loss, gradient = parts[-1]
    whole = batch_gradient(
        program, run.params, run.train_examples, *everything(run), rates, CLOCK
    )
    np.testing.assert_allclose(
        flatten(to_numpy(gradient)), flatten(to_numpy(whole)), rtol=1e-4, atol=1e-7
    )
    batch = gather(run.train_examples, *everything(run))
    wished = batch_loss(run.params, program, batch, rates)[0]
    assert loss == pytest.approx(float(wished), rel=1e-5)


def test_angle_and_length_are_those_of_the_two_gradients() -> None:
    run = trained()
    before = run.before_last_step()
    compared = list(angle_in_parts(run))[-1]
    assert compared is not None
    program, rates = before.settings[:2]
    whole = batch_gradient(
        program, before.state.params, run.train_examples, *everything(run), rates, CLOCK
    )
    full = flatten(to_numpy(whole)).astype(float)
    batch = flatten(gradient_at(run, before)).astype(float)
    cosine = full @ batch / np.linalg.norm(full) / np.linalg.norm(batch)
    assert compared.step == 5
    assert (compared.examples, compared.batch) == (103, 10)
    assert compared.degrees == pytest.approx(np.degrees(np.arccos(cosine)), abs=0.02)
    ratio = np.linalg.norm(batch) / np.linalg.norm(full)
    assert compared.ratio == pytest.approx(ratio, rel=1e-4)


def test_a_batch_of_everything_has_the_same_gradient() -> None:
    compared = list(angle_in_parts(trained(batch_size=103)))[-1]
    assert compared is not None
    assert compared.degrees < 0.1
    assert compared.ratio == pytest.approx(1, rel=1e-4)


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_the_quick_walker_goes_where_the_run_goes(optimizer: str) -> None:
    run = trained(optimizer=optimizer)
    start = flatten(to_numpy(run.params)).astype(float)
    walked = walked_by(run, 4)
    assert run.step == 5
    assert walked.start == 5
    assert walked.steps == 4
    program, rates = run.newest.settings[:2]
    for _ in range(4):
        run.advance(1)
    away = np.linalg.norm(flatten(to_numpy(run.params)).astype(float) - start)
    # The plane holds no more of a path than there is, and the shares say how much.
    assert np.linalg.norm(walked.batch[-1]) <= away * (1 + 1e-5)
    batch = gather(run.train_examples, *everything(run))
    loss = float(batch_loss(run.params, program, batch, rates)[0])
    assert walked.batch_end_loss == pytest.approx(loss, rel=1e-5)


def test_the_sure_walker_takes_steps_of_full_batch_descent() -> None:
    run = trained(learning_rate=0.3)
    walked = walked_by(run, 3)
    program, rates = run.newest.settings[:2]
    params, losses = run.params, []
    batch = gather(run.train_examples, *everything(run))
    for _ in range(4):
        losses.append(float(batch_loss(params, program, batch, rates)[0]))
        gradient = batch_gradient(
            program, params, run.train_examples, *everything(run), rates, CLOCK
        )
        last = params
        params = jax.tree.map(lambda p, g: p - 0.3 * g, params, gradient)
    np.testing.assert_allclose(walked.full_losses, losses, rtol=1e-5)
    end = flatten(to_numpy(last)).astype(float) - flatten(to_numpy(run.params))
    np.testing.assert_allclose(
        walked.full[-1], [np.linalg.norm(end), 0], rtol=1e-3, atol=1e-5
    )


def test_the_plane_keeps_what_lies_in_a_plane() -> None:
    rng = np.random.default_rng(0)
    axes = np.linalg.qr(rng.normal(size=(50, 2)))[0]
    full = np.asarray([[0, 0], [1, 0.5], [2, 0]]) @ axes.T + 3
    batch = np.asarray([[0, 0], [0.5, -1], [3, -2]]) @ axes.T + 3
    shown_full, shown_batch, shares = plane(full, batch)
    assert sum(shares) == pytest.approx(1, abs=1e-5)
    np.testing.assert_allclose(shown_full[:, 0], [0, 1, 2], atol=1e-5)
    np.testing.assert_allclose(np.abs(shown_batch[:, 1]), [0, 1, 2], atol=1e-3)
    for points in (full, batch):
        np.testing.assert_allclose(
            np.linalg.norm(points - points[0], axis=1),
            np.linalg.norm(shown_full if points is full else shown_batch, axis=1),
            atol=1e-3,
        )


def test_walkers_that_do_not_move_stay_at_the_start() -> None:
    still = np.ones((3, 5), np.float32)
    full, batch, shares = plane(still, still)
    assert not full.any()
    assert not batch.any()
    assert shares == (0.0, 0.0)


def test_a_large_network_walks_fewer_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    run = trained()
    points = 2 * run.spec.parameter_count
    monkeypatch.setattr("core.side_jobs.descents.compute.MOST_NUMBERS", 4 * points)
    monkeypatch.setattr("core.side_jobs.descents.compute.BLOCK", 7)
    assert 4 * points < MOST_NUMBERS
    walked = walked_by(run, 50)
    assert (walked.steps, walked.requested) == (3, 50)


def test_the_runner_walks_beside_training_and_obeys_meanwhile(talk: RunnerTalk) -> None:
    talk.start()
    talk.runner.post(Play())
    talk.wait_until(lambda: talk.step > 0)
    talk.runner.post(BeginJob(7, DescentRequest(30)))
    talk.wait_for(JobAdvanced)
    talk.runner.post(Pause())
    talk.wait_until(lambda: not talk.playing)
    talk.wait_for(JobEnded)
    results = [event.result for event in talk.of(JobAdvanced)]
    progress = [r.done for r in results if isinstance(r, DescentProgress)]
    assert progress == list(range(1, 33))
    assert isinstance(results[-1], DescentResult)
    assert talk.of(PlayingChanged)
    talk.runner.post(BeginJob(8, AngleRequest()))
    talk.wait_until(
        lambda: any(isinstance(e.result, GradientAngle) for e in talk.of(JobAdvanced))
    )


def test_a_walk_that_is_given_up_ends(talk: RunnerTalk) -> None:
    talk.start()
    talk.runner.post(BeginJob(7, DescentRequest(10_000)))
    talk.wait_for(JobAdvanced)
    talk.runner.post(EndJob(7))
    talk.take(2)
    before = len(talk.of(JobAdvanced))
    talk.take(2)
    assert len(talk.of(JobAdvanced)) == before
    assert not talk.of(JobEnded)
