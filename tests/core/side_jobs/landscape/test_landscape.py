import itertools
from dataclasses import replace

import jax
import numpy as np
import pytest

from core.arrays import FloatArray
from core.experiment.memory import MOST_POINTS
from core.experiment.model import Experiment, NetworkSettings, TrainingSettings
from core.network.numpy.forward import forward_trace
from core.protocol.jobs import BeginJob, EndJob, JobAdvanced, JobEnded
from core.protocol.messages import Play
from core.protocol.side_jobs.landscape import Landscape, LandscapeRequest, PlaneKind
from core.side_jobs.landscape.compute import landscape_in_parts
from core.side_jobs.landscape.grid import GridLosses, sample_indices
from core.side_jobs.landscape.path import WeightPath, stacked
from core.side_jobs.landscape.plane import (
    Plane,
    filter_normalised,
    make_plane,
    principal_directions,
)
from core.training.evaluate import evaluate
from core.training.run import TrainingRun, to_numpy
from core.values.errors import GlassboxError
from core.values.network_spec import NetworkSpec, flat_blocks, flatten
from core.values.parameter import Parameter
from tests.core.support.runner_talk import RunnerTalk, small
from tests.core.support.small_runs import small_dataset, small_run


def unflatten(spec: NetworkSpec, flat: FloatArray) -> tuple:
    parts = [flat[start:stop] for _, _, start, stop in flat_blocks(spec)]
    return tuple(
        (parts[2 * k].reshape(shape), parts[2 * k + 1])
        for k, shape in enumerate(spec.weight_shapes)
    )


def path_of(run: TrainingRun, steps: int) -> WeightPath:
    path = WeightPath()
    for _ in range(steps):
        path.note(run.step, to_numpy(run.params))
        run.advance(1)
    return path


def flat_path(path: WeightPath, run: TrainingRun) -> tuple[tuple[int, ...], FloatArray]:
    steps, points = path.with_newest(run.step, to_numpy(run.params))
    return steps, stacked(run.spec, points)


def plane_of(run: TrainingRun, kind: PlaneKind, path: WeightPath) -> Plane:
    weights = (Parameter(1, 2, 3), Parameter(2, 1))
    request = LandscapeRequest(kind, weights)
    return make_plane(request, run.spec, *flat_path(path, run))


@pytest.mark.parametrize("kind", ["path", "random", "weights"])
@pytest.mark.parametrize(
    "training", [{}, {"loss": "squared-error"}], ids=["cross-entropy", "squared"]
)
def test_each_point_of_the_grid_is_the_loss_of_the_network_with_those_weights(
    kind: PlaneKind, training: dict[str, object]
):
    run = small_run(**training)
    plane = plane_of(run, kind, path_of(run, 9))
    grid = GridLosses(run.program, plane, run.train_examples)
    assert grid.n_examples == len(run.dataset.train)
    points = np.stack(
        [np.linspace(*plane.x_range, 7), np.linspace(*plane.y_range, 7)[::-1]], axis=1
    )
    for (x, y), loss in zip(points, grid.at(points), strict=True):
        a, b = x - plane.origin[0], y - plane.origin[1]
        flat = plane.centre + np.float32(a) * plane.first + np.float32(b) * plane.second
        params = jax.tree.map(jax.numpy.asarray, unflatten(run.spec, flat))
        expected = evaluate(run.program, params, run.train_examples).loss
        assert loss == pytest.approx(expected, rel=2e-5)


def test_the_loss_at_the_centre_is_that_of_a_forward_pass_by_hand():
    run = small_run()
    run.advance(4)
    plane = plane_of(run, "random", WeightPath())
    loss = GridLosses(run.program, plane, run.train_examples).at(np.zeros((1, 2)))
    train, params = run.dataset.train, to_numpy(run.params)
    by_hand = [
        -np.log(forward_trace(run.spec, params, x).activations[-1][label])
        for x, label in zip(
            train.network_inputs(np.arange(len(train))), train.labels, strict=True
        )
    ]
    assert loss[0] == pytest.approx(np.mean(by_hand), rel=1e-5)


def test_principal_directions_are_those_of_numpys_singular_value_decomposition():
    random = np.random.default_rng(3)
    points = (random.normal(size=(12, 4)) @ random.normal(size=(4, 50))).astype(
        np.float32
    )
    first, second = principal_directions(points)
    _, _, rows = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)
    assert abs(first @ rows[0]) == pytest.approx(1, abs=1e-6)
    assert abs(second @ rows[1]) == pytest.approx(1, abs=1e-6)


def test_the_stated_share_of_variance_is_that_of_the_singular_values():
    run = small_run(learning_rate=0.5)
    path = path_of(run, 30)
    view = plane_of(run, "path", path).view
    _, points = flat_path(path, run)
    values = np.linalg.svd(points - points.mean(axis=0), compute_uv=False) ** 2
    assert view.shares == pytest.approx(tuple(values[:2] / values.sum()), rel=1e-4)
    assert view.share == pytest.approx(values[:2].sum() / values.sum(), rel=1e-4)


def test_two_random_directions_hold_almost_nothing_of_a_path():
    run = small_run(learning_rate=0.5)
    view = plane_of(run, "random", path_of(run, 30)).view
    assert view.share is not None
    assert 0 <= view.share < 0.3


def test_a_filter_normalised_direction_is_as_long_as_the_weights_of_each_unit():
    run = small_run()
    weights = flatten(to_numpy(run.params))
    direction = filter_normalised(run.spec, weights, np.random.default_rng(0))
    pairs = zip(
        unflatten(run.spec, weights), unflatten(run.spec, direction), strict=True
    )
    for (w, _), (d, biases) in pairs:
        np.testing.assert_allclose(
            np.linalg.norm(d, axis=1), np.linalg.norm(w, axis=1), rtol=1e-6
        )
        assert not biases.any()


def test_the_path_ends_at_the_current_weights_and_two_weights_have_their_values():
    run = small_run(learning_rate=0.5)
    path = path_of(run, 12)
    view = plane_of(run, "weights", path).view
    steps, points = flat_path(path, run)
    w = points[:, Parameter(1, 2, 3).flat_index(run.spec)]
    b = points[:, Parameter(2, 1).flat_index(run.spec)]
    np.testing.assert_allclose(view.path, np.stack([w, b], axis=1), rtol=1e-5)
    assert view.here == pytest.approx((w[-1], b[-1]))
    assert view.path_steps.tolist() == list(steps)


@pytest.mark.parametrize(
    "weights",
    [None, (Parameter(1, 0, 0),) * 2, (Parameter(1, 0, 0), Parameter(1, 99, 0))],
)
def test_two_weights_that_are_missing_equal_or_unknown_are_refused(
    weights: tuple[Parameter, Parameter] | None,
):
    run = small_run()
    request = LandscapeRequest("weights", weights)
    with pytest.raises(GlassboxError, match="weight"):
        make_plane(request, run.spec, *flat_path(WeightPath(), run))


def test_a_path_that_has_not_moved_has_no_principal_directions():
    run = small_run()
    with pytest.raises(GlassboxError, match="not moved"):
        plane_of(run, "path", WeightPath())


def test_a_long_path_stays_bounded_and_keeps_its_beginning():
    run = small_run()
    params = to_numpy(run.params)
    path = WeightPath()
    step = 0
    while step < 20_000:
        path.note(step, params)
        step += min(3, path.until_next(step))
    assert len(path) <= MOST_POINTS
    assert path.steps[0] == 0
    gaps = np.diff(path.steps)
    assert gaps.max() <= 9 * gaps.min()
    assert path.steps[-1] > 19_000


def test_a_zigzag_from_side_to_side_stays_one_however_long_the_path():
    path = WeightPath()
    for step in range(5_000):
        side = np.full((1, 1), (-1.0) ** step, np.float32)
        path.note(step, ((side, side[0]),))
    newest = np.ones((1, 1), np.float32)
    steps, points = path.with_newest(5_000, ((newest, newest[0]),))
    assert 50 < len(steps) <= MOST_POINTS + 1
    sides = [float(w[0, 0]) for ((w, _),) in points[:-1]]
    assert sides[:-1] == [-side for side in sides[1:]]


def test_going_back_takes_the_later_steps_off_the_path():
    run = small_run()
    params = to_numpy(run.params)
    path = WeightPath()
    for step in range(10):
        path.note(step, params)
    path.forget_from(4)
    # Its own weights may be those of an edit.
    assert path.steps == (0, 1, 2, 3)
    assert path.due == 4
    assert path.with_newest(2, params)[0] == (0, 1, 2)


def test_two_weights_of_a_network_without_biases_span_their_own_plane():
    network = NetworkSettings(hidden=(5, 4), activation="tanh", bias=False)
    experiment = Experiment(network=network, training=TrainingSettings(batch_size=10))
    run = TrainingRun(experiment, small_dataset(), jax.devices("cpu")[0])
    # Both lie behind a layer that has no biases.
    first, second = Parameter(2, 1, 3), Parameter(3, 1, 0)
    landscapes = landscape_in_parts(
        LandscapeRequest("weights", (first, second), finest=11), run, path_of(run, 3)
    )
    landscape = next(part for part in landscapes if part)
    params = to_numpy(run.params)
    assert landscape.plane.here == pytest.approx(
        (first.value_in(params), second.value_in(params))
    )
    for row, column in ((0, 0), (3, 7)):
        moved = jax.tree.map(np.array, params)
        moved[1][0][1, 3], moved[2][0][1, 0] = landscape.x[column], landscape.y[row]
        on_device = jax.tree.map(jax.numpy.asarray, moved)
        expected = evaluate(run.program, on_device, run.train_examples).loss
        assert landscape.losses[row, column] == pytest.approx(expected, rel=2e-5)


def test_each_grid_holds_the_points_of_the_coarser_one():
    run = small_run(learning_rate=0.5)
    path = path_of(run, 9)
    grids = [g for g in landscape_in_parts(LandscapeRequest(), run, path) if g]
    assert [len(grid.x) for grid in grids] == [11, 21, 41]
    assert [grid.is_finest for grid in grids] == [False, False, True]
    for coarse, fine in itertools.pairwise(grids):
        np.testing.assert_array_equal(fine.losses[::2, ::2], coarse.losses)
        np.testing.assert_allclose(fine.x[::2], coarse.x)
    assert np.isfinite(grids[-1].losses).all()


def test_a_wide_network_is_read_on_fewer_examples_and_always_on_the_same():
    few = sample_indices(60_000, 4_000_000)
    assert 16 <= len(few) < 1000
    np.testing.assert_array_equal(few, sample_indices(60_000, 4_000_000))
    assert len(sample_indices(60_000, 416)) == 1000


def test_a_run_that_blew_up_gives_infinite_losses_and_ends():
    run = small_run()
    request = LandscapeRequest("random", zoom=1e-38)
    grids = [g for g in landscape_in_parts(request, run, WeightPath()) if g]
    assert np.isinf(grids[-1].losses).any()
    assert not np.isnan(grids[-1].losses).any()


def results(talk: RunnerTalk, job_id: int) -> list[Landscape]:
    return [e.result for e in talk.of(JobAdvanced) if e.job_id == job_id]


def test_the_runner_computes_a_landscape_while_it_trains(talk: RunnerTalk):
    talk.start()
    talk.take(40)
    talk.runner.post(Play())
    talk.runner.post(BeginJob(5, LandscapeRequest()))
    ended = talk.wait_for(JobEnded)
    assert (ended.job_id, ended.reason) == (5, "")
    grids = results(talk, 5)
    assert [grid.level for grid in grids] == [1, 2, 3]
    assert grids[0].step >= 40
    assert len(grids[0].plane.path) > 1
    step = talk.step
    talk.wait_until(lambda: talk.step > step)


def test_a_job_that_is_ended_gives_nothing_more(talk: RunnerTalk):
    talk.start()
    request = LandscapeRequest("random", finest=81)
    talk.runner.post(BeginJob(1, request))
    talk.runner.post(EndJob(1))
    talk.runner.post(BeginJob(2, LandscapeRequest("random", finest=11)))
    talk.wait_until(lambda: any(e.job_id == 2 for e in talk.of(JobEnded)))
    assert len(results(talk, 1)) <= 1
    assert not [e for e in talk.of(JobEnded) if e.job_id == 1]


def test_a_landscape_that_cannot_be_is_explained(talk: RunnerTalk):
    talk.start()
    talk.runner.post(BeginJob(1, LandscapeRequest("path")))
    assert "not moved" in talk.wait_for(JobEnded).reason


def test_a_command_is_obeyed_between_the_parts_of_a_grid(talk: RunnerTalk):
    talk.start(small(data__name="spiral", network__hidden=(64, 64)))
    request = LandscapeRequest("random", finest=81)
    talk.runner.post(BeginJob(1, request))
    talk.wait_until(lambda: results(talk, 1))
    talk.take(1)
    assert not talk.of(JobEnded)


def test_a_change_of_the_loss_meanwhile_is_not_in_the_landscape_of_the_step_before():
    run = small_run()
    run.advance(3)
    expected = evaluate(run.program, run.params, run.train_examples).loss
    parts = landscape_in_parts(LandscapeRequest("random"), run, WeightPath())
    next(parts)
    training = replace(run.experiment.training, loss="squared-error")
    run.change_training(training)
    run.advance(2)
    first = next(part for part in parts if part)
    assert first.step == 3
    assert first.loss_here == pytest.approx(expected, rel=1e-5)


def test_the_steps_of_a_path_depend_on_no_lengths_of_chunks():
    params = to_numpy(small_run().params)

    def recorded(lengths: tuple[int, ...]) -> tuple[int, ...]:
        path, step = WeightPath(), 0
        for length in itertools.cycle(lengths):
            path.note(step, params)
            step += min(length, path.until_next(step), 5000 - step)
            if step == 5000:
                return path.steps
        raise AssertionError

    assert len({recorded(lengths) for lengths in ((1,), (256,), (3, 90, 1))}) == 1
