"""The path of a run of which not all steps were watched."""

from dataclasses import replace

import jax
import numpy as np
import pytest

from core.protocol.jobs import BeginJob, JobAdvanced, JobEnded
from core.protocol.messages import Start, Started
from core.protocol.side_jobs.landscape import Landscape, LandscapeRequest
from core.side_jobs.landscape import retrace
from core.side_jobs.landscape.compute import landscape_in_parts
from core.side_jobs.landscape.path import WeightPath
from core.training.run import TrainingRun, to_numpy
from core.values.network_spec import flatten
from core.values.parameter import Edit, Parameter
from tests.core.support.runner_talk import RunnerTalk, small
from tests.core.support.small_runs import small_run

WEIGHT = Parameter(1, 2, 3)


def watched(run: TrainingRun, path: WeightPath, until: int) -> None:
    """Train as the runner does, with the path noted."""
    while run.step < until:
        path.note(run.step, run.params)
        run.advance(min(until - run.step, path.until_next(run.step)))


def changed_run(path: WeightPath) -> TrainingRun:
    """A run of 300 steps, with changes on its way."""
    run = small_run(optimizer="adam")
    watched(run, path, 40)
    run.edit_params((Edit(WEIGHT, 0.5),))
    watched(run, path, 170)
    run.change_training(replace(run.experiment.training, learning_rate=0.02))
    watched(run, path, 300)
    return run


def opened(run: TrainingRun) -> TrainingRun:
    """The run as it comes out of a file."""
    begun, initial = run.begun_with
    again = TrainingRun(
        begun, run.dataset, jax.devices("cpu")[0], initial, frame_bytes=10**7
    )
    again.restore(run.saved())
    return again


def rows(path: WeightPath, run: TrainingRun) -> dict[int, bytes]:
    steps, points = path.with_newest(run.step, to_numpy(run.params))
    return {
        step: flatten(point).tobytes()
        for step, point in zip(steps, points, strict=True)
    }


def last(run: TrainingRun, path: WeightPath) -> Landscape:
    request = LandscapeRequest(finest=11)
    return [part for part in landscape_in_parts(request, run, path) if part][-1]


def test_a_run_out_of_a_file_has_the_whole_path_to_the_bit() -> None:
    whole = WeightPath()
    run = changed_run(whole)
    before = flatten(to_numpy(run.params)).tobytes()
    again, path = opened(run), WeightPath()
    landscape = last(again, path)
    assert landscape.plane.gap is None
    assert landscape.plane.path_steps[0] == 0
    assert rows(path, again) == rows(whole, run)
    np.testing.assert_array_equal(landscape.plane.path, last(run, whole).plane.path)
    assert flatten(to_numpy(again.params)).tobytes() == before
    # Training goes on with the path: nothing is missing later either.
    watched(again, path, 400)
    watched(run, whole, 400)
    assert rows(path, again) == rows(whole, run)


def test_a_run_that_undo_brings_back_has_its_path_from_the_first_step(
    talk: RunnerTalk,
) -> None:
    talk.start()
    talk.take(40)
    talk.start()
    talk.run_id = 1
    talk.runner.post(Start(1, small()))
    talk.wait_until(lambda: talk.of(Started)[-1].resumed)
    talk.runner.post(BeginJob(5, LandscapeRequest(finest=11)))
    assert talk.wait_for(JobEnded).reason == ""
    (result,) = [event.result for event in talk.of(JobAdvanced)]
    assert isinstance(result, Landscape)
    assert result.plane.path_steps.tolist() == list(range(41))


def test_a_branch_that_is_gone_to_has_its_own_whole_path() -> None:
    whole = WeightPath()
    run = changed_run(whole)
    expected = rows(whole, run)
    run.go_to(30)
    run.edit_params((Edit(WEIGHT, -0.5),))
    whole.forget_from(30)
    watched(run, whole, 60)
    run.go_to_branch(run.branches[0].number)
    whole.forget_from(30)
    assert last(run, whole).plane.gap is None
    assert rows(whole, run) == expected


def test_where_taking_the_steps_again_is_too_much_work_the_gap_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = opened(changed_run(WeightPath()))
    run.advance(10)
    monkeypatch.setattr(retrace, "MOST_PRODUCTS", 50 * retrace.PRODUCTS_AT_LEAST)
    path = WeightPath()
    plane = last(run, path).plane
    assert plane.gap is not None
    first, then = plane.gap
    assert first == path.steps[-1] < 60
    assert 290 < then <= 300  # a state of the file
    assert (plane.path_steps[0], plane.path_steps[-1]) == (0, 310)
    # The next landscape goes on from there, until the path is whole.
    while last(run, path).plane.gap is not None:
        assert path.steps[-1] > first
        first = path.steps[-1]


def test_a_run_that_turns_meanwhile_leaves_a_path_without_the_steps_it_has_left() -> (
    None
):
    run, path = opened(changed_run(WeightPath())), WeightPath()
    parts = landscape_in_parts(LandscapeRequest(finest=11), run, path)
    while len(path) < 60:
        next(parts)
    run.go_to(20)
    run.edit_params((Edit(WEIGHT, 2.0),))
    path.forget_from(20)
    found = [part for part in parts if part]
    assert found[-1].plane.gap == (19, 300)
    assert path.steps == tuple(range(20))
