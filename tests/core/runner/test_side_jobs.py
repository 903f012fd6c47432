"""Side jobs have the run's data and device, end with their run, and survive its end."""

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.arrays import HostParams
from core.data.dataset import Dataset
from core.experiment.inline import INLINE
from core.protocol.jobs import BeginJob, EndJob, JobAdvanced, JobEnded, JobRequest
from core.protocol.messages import Failed, Play, Start, Started
from core.protocol.side_jobs.compare import CompareRequest, Comparison, Member
from core.protocol.side_jobs.descents import AngleRequest, DescentRequest
from core.protocol.side_jobs.landscape import LandscapeRequest
from core.protocol.side_jobs.proofs import ProofTask
from core.protocol.side_jobs.race import Racer, RaceRequest, RaceResult
from core.runner import side_jobs
from core.side_jobs.compare import compute
from core.side_jobs.context import JobContext
from core.values.parameter import Parameter
from tests.core.support.idx_files import write_set
from tests.core.support.runner_talk import RunnerTalk, small
from tests.core.support.small_runs import small_dataset

MNIST = small(data__name="mnist", network__hidden=(4,))


def ended(talk: RunnerTalk, job_id: int) -> JobEnded:
    """The end of a job, waited for."""
    talk.wait_until(lambda: any(e.job_id == job_id for e in talk.of(JobEnded)))
    return next(e for e in talk.of(JobEnded) if e.job_id == job_id)


def test_a_comparison_finds_data_in_the_folders_of_the_run(
    talk: RunnerTalk, tmp_path: Path
) -> None:
    write_set(tmp_path)
    talk.start(data_folders=(tmp_path,))
    talk.runner.post(BeginJob(1, CompareRequest((Member("a", MNIST),), 3)))
    assert ended(talk, 1).reason == ""
    assert talk.of(JobAdvanced)[-1].result.step == 3  # type: ignore[union-attr]


def test_a_comparison_trains_on_the_device_of_the_run_with_data_in_memory(
    talk: RunnerTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[JobContext] = []

    def compare_in_parts(request: CompareRequest, context: JobContext) -> Any:
        given.append(context)
        return compute.compare_in_parts(request, context)

    def load_dataset(*_: object, **__: object) -> None:
        raise AssertionError("it is in memory")

    monkeypatch.setattr(side_jobs, "compare_in_parts", compare_in_parts)
    monkeypatch.setattr(compute, "load_dataset", load_dataset)
    started = talk.start(device="cpu")
    talk.runner.post(BeginJob(1, CompareRequest((Member("a", small()),), 3)))
    assert ended(talk, 1).reason == ""
    assert given[0].device.platform == "cpu"
    assert given[0].loaded[0][1] is started.dataset


@pytest.mark.parametrize(
    "request_",
    [
        CompareRequest((Member("a", small()),), 3),
        RaceRequest("x^2 + y^2", (3.0, 3.0), (Racer("sgd", 0.1),), 3),
    ],
    ids=["comparison", "race"],
)
def test_a_job_without_a_run_on_a_device_that_is_missing_says_so(
    talk: RunnerTalk, request_: JobRequest
) -> None:
    talk.runner.post(Start(1, small(), device="abacus"))
    talk.wait_for(Failed)
    talk.runner.post(BeginJob(1, request_))
    assert "abacus" in ended(talk, 1).reason


def test_training_goes_on_while_a_comparison_loads_its_data(
    talk: RunnerTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on = threading.Event()

    def load_dataset(*_: object, **__: object) -> Dataset:
        assert may_go_on.wait(60)
        return small_dataset()

    monkeypatch.setattr(compute, "load_dataset", load_dataset)
    talk.start()
    other = small(data__name="spiral")
    talk.runner.post(BeginJob(1, CompareRequest((Member("a", other),), 3)))
    assert talk.take(5).step == 5
    talk.runner.post(Play())
    talk.wait_until(lambda: talk.step > 40)
    assert not talk.of(JobEnded)
    may_go_on.set()
    assert ended(talk, 1).reason == ""


def test_a_comparison_that_is_given_up_stops_loading(
    talk: RunnerTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_begun = threading.Event()

    def load_dataset(*_: object, progress: Any, **__: object) -> None:
        while True:
            has_begun.set()
            progress("Drawing", 0, 1)

    monkeypatch.setattr(compute, "load_dataset", load_dataset)
    talk.start()
    other = small(data__name="spiral")
    talk.runner.post(BeginJob(1, CompareRequest((Member("a", other),), 3)))
    assert has_begun.wait(60)
    talk.runner.post(EndJob(1))
    assert talk.take(2).step == 2
    names = [thread.name for thread in threading.enumerate()]
    assert "glassbox-side-job" not in names


@pytest.mark.parametrize(
    "request_", [DescentRequest(400), LandscapeRequest("random", finest=81)]
)
def test_a_job_of_a_run_ends_with_it(talk: RunnerTalk, request_: JobRequest) -> None:
    talk.start(small(network__hidden=(64, 64)))
    talk.runner.post(BeginJob(7, request_))
    talk.wait_for(JobAdvanced)
    talk.start()
    assert (ended(talk, 7).run_id, ended(talk, 7).reason) == (1, side_jobs.OTHER_RUN)
    talk.take(3)
    begun = talk.events.index(talk.of(Started)[-1])
    assert not talk.of(JobAdvanced, after=begun)
    assert {event.run_id for event in talk.of(JobAdvanced)} == {1}


def test_a_comparison_belongs_to_no_run(talk: RunnerTalk) -> None:
    talk.start()
    talk.runner.post(BeginJob(4, CompareRequest((Member("a", small()),), 400)))
    talk.wait_for(JobAdvanced)
    talk.start()
    assert ended(talk, 4).reason == ""
    assert {e.run_id for e in (*talk.of(JobAdvanced), *talk.of(JobEnded))} == {0}


# --- weights that are no numbers any more ------------------------------------------


def not_finite(started: Started, value: float) -> HostParams:
    params = tuple(
        (np.ones(shape, np.float32), np.zeros(shape[0], np.float32))
        for shape in started.spec.weight_shapes
    )
    params[0][0][0, 0] = value
    return params


def proof(started: Started, params: HostParams, parameter: Parameter | None) -> Any:
    inputs = started.dataset.test.network_inputs(0)
    target = np.asarray([1.0, 0.0], np.float32)
    return ProofTask(
        started.spec, "cross-entropy", params, inputs, target, 0, parameter
    )


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_jobs_of_a_run_say_that_its_weights_are_not_finite(
    talk: RunnerTalk, value: float
) -> None:
    params = not_finite(talk.start(), value)
    started = talk.start(params=params)
    requests: tuple[JobRequest, ...] = (
        LandscapeRequest("path"),
        LandscapeRequest("random"),
        LandscapeRequest("weights", (Parameter(1, 0, 0), Parameter(2, 0, 0))),
        DescentRequest(2),
        AngleRequest(),
        proof(started, params, None),
        proof(started, params, Parameter(1, 0, 0)),
    )
    for number, request in enumerate(requests):
        talk.runner.post(BeginJob(number, request))
        assert "are not finite numbers" in ended(talk, number).reason
    assert not talk.of(JobAdvanced)


def test_descents_that_leave_the_numbers_on_the_way_say_so(talk: RunnerTalk) -> None:
    talk.start(
        small(
            network__activation="identity",
            network__output="identity",
            training__loss="squared-error",
            training__learning_rate=1000.0,
        )
    )
    talk.runner.post(BeginJob(1, DescentRequest(60)))
    assert "diverges" in ended(talk, 1).reason


def test_a_member_that_begins_with_an_infinite_loss_has_diverged_at_once(
    talk: RunnerTalk,
) -> None:
    huge = small(
        data__name=INLINE,
        data__inputs=[[1.0, 1.0], [0.5, -1.0]],
        data__targets=[[1.0], [0.0]],
        network__hidden=[2],
        network__output="identity",
        network__activation="identity",
        training__loss="squared-error",
        network__initial_weights=[[[1e30, 1e30], [1e30, 1e30]], [[1e30, 1e30]]],
    )
    talk.start()
    members = (
        Member("wild", huge),
        Member("tame", huge.with_values({"network.initial_weights": None})),
    )
    talk.runner.post(BeginJob(1, CompareRequest(members, 4)))
    assert ended(talk, 1).reason == ""
    result = talk.of(JobAdvanced)[-1].result
    assert isinstance(result, Comparison)
    wild, tame = result.members
    assert wild.diverged_at == 0
    assert len(wild.steps) == 0
    assert tame.diverged_at is None


def test_a_racer_that_leaves_the_numbers_says_where(talk: RunnerTalk) -> None:
    talk.runner.post(
        BeginJob(1, RaceRequest("x^4 + y^4", (3.0, 3.0), (Racer("sgd", 100.0),), 20))
    )
    assert ended(talk, 1).reason == ""
    result = talk.of(JobAdvanced)[-1].result
    assert isinstance(result, RaceResult)
    assert result.paths[0].ended_at is not None
