"""The side jobs under way: each gets a share of the time between chunks of steps."""

import logging
import time
import traceback
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import jax

from core.platform.devices import choose_device
from core.protocol.jobs import (
    BeginJob,
    EndJob,
    JobAdvanced,
    JobEnded,
    JobRequest,
    JobResult,
)
from core.protocol.side_jobs.compare import CompareRequest
from core.protocol.side_jobs.descents import AngleRequest, DescentRequest
from core.protocol.side_jobs.proofs import ProofTask
from core.protocol.side_jobs.race import RaceRequest
from core.runner.failures import failure_text
from core.side_jobs.beside import Waiting
from core.side_jobs.compare.compute import compare_in_parts
from core.side_jobs.context import JobContext
from core.side_jobs.descents.compute import descend_in_parts
from core.side_jobs.descents.full_gradient import angle_in_parts
from core.side_jobs.landscape.compute import landscape_in_parts
from core.side_jobs.landscape.path import WeightPath
from core.side_jobs.proofs.proving import prove_in_parts
from core.side_jobs.race.compute import race_in_parts
from core.training.run import TrainingRun
from core.values.errors import GlassboxError
from core.values.words import tr

logger = logging.getLogger(__name__)

TURN_SECONDS: Final = 0.012
"""Time of a turn: short enough that a command does not wait 30 ms."""
NO_RUN: Final = tr("There is no network yet.")
OTHER_RUN: Final = tr("Another run has begun.")
OF_NO_RUN: Final = 0
"""Run of the jobs that go on when another run begins."""

Results = Generator[JobResult | Waiting | None, None, None]
Report = Callable[[JobAdvanced | JobEnded], None]


class JobPlace(NamedTuple):
    """What the newest start was asked for, whether or not it came to a run."""

    device: str = "auto"
    data_folders: tuple[Path, ...] = ()


@dataclass(slots=True, eq=False)
class _Job:
    """Mutable: one that is not done.

    Attributes:
        is_waiting: for a thread of its own: it needs no turn just now.
    """

    run_id: int
    results: Results
    device: jax.Device
    is_waiting: bool = False


class SideJobs:
    """Mutable: the jobs that are not done, and the path of the run's weights.

    Attributes:
        place: where those compute that belong to no run.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._jobs: dict[int, _Job] = {}
        self.place = JobPlace()
        self.path = WeightPath()

    @property
    def under_way(self) -> bool:
        return bool(self._jobs)

    @property
    def have_work(self) -> bool:
        """Whether one of them needs a turn of this thread."""
        return any(not job.is_waiting for job in self._jobs.values())

    def begin(self, command: BeginJob, run_id: int, run: TrainingRun | None) -> None:
        """Add a job; one with the same number is replaced."""
        self._drop(command.job_id)
        request = command.request
        if isinstance(request, CompareRequest | RaceRequest):
            run_id = OF_NO_RUN
        try:
            context = self._context(run)
            results = self._start(request, run, context)
        except Exception as error:  # noqa: BLE001  (such as a device that is missing)
            self._report(_ended(run_id, command.job_id, error))
            return
        self._jobs[command.job_id] = _Job(run_id, results, context.device)

    def end(self, command: EndJob) -> None:
        self._drop(command.job_id)

    def forget_run(self) -> None:
        """Another run begins: the jobs of this one end, and its path is a new one."""
        for job_id, job in tuple(self._jobs.items()):
            if job.run_id != OF_NO_RUN:
                self._drop(job_id)
                self._report(JobEnded(job.run_id, job_id, OTHER_RUN))
        self.path.forget()

    def close(self) -> None:
        """The thread ends: so do all jobs and their threads."""
        for job_id in tuple(self._jobs):
            self._drop(job_id)

    def work(self) -> None:
        """One turn: some parts of each job."""
        for job_id, job in tuple(self._jobs.items()):
            self._work_at(job_id, job)

    def _work_at(self, job_id: int, job: _Job) -> None:
        until = time.perf_counter() + TURN_SECONDS / len(self._jobs)
        ended = JobEnded(job.run_id, job_id)
        try:
            with jax.default_device(job.device):
                if not self._take_parts(job_id, job, until):
                    return
        except Exception as error:  # noqa: BLE001  (the border of a job)
            ended = _ended(job.run_id, job_id, error)
        del self._jobs[job_id]
        self._report(ended)

    def _take_parts(self, job_id: int, job: _Job, until: float) -> bool:
        """Work until then; returns whether the job is done."""
        for result in job.results:
            job.is_waiting = isinstance(result, Waiting)
            if isinstance(result, Waiting):
                return False
            if result is not None:
                self._report(JobAdvanced(job.run_id, job_id, result))
            if time.perf_counter() >= until:
                return False
        return True

    def _drop(self, job_id: int) -> None:
        job = self._jobs.pop(job_id, None)
        if job is not None:
            job.results.close()  # ends a thread that works for it

    def _context(self, run: TrainingRun | None) -> JobContext:
        folders = self.place.data_folders
        if run is None:
            return JobContext(choose_device(self.place.device), folders)
        loaded = ((run.experiment.data, run.dataset),)
        return JobContext(run.device, folders, loaded)

    def _start(
        self, request: JobRequest, run: TrainingRun | None, context: JobContext
    ) -> Results:
        if isinstance(request, CompareRequest):
            return compare_in_parts(request, context)
        if isinstance(request, RaceRequest):
            return race_in_parts(request)
        if run is None:
            raise GlassboxError(NO_RUN)
        if isinstance(request, ProofTask):
            return prove_in_parts(request)
        if isinstance(request, AngleRequest):
            return angle_in_parts(run)
        if isinstance(request, DescentRequest):
            return descend_in_parts(request, run)
        return landscape_in_parts(request, run, self.path)


def _ended(run_id: int, job_id: int, error: Exception) -> JobEnded:
    """What is said of a job that could not be done."""
    if isinstance(error, GlassboxError):
        return JobEnded(run_id, job_id, str(error))
    logger.error("a side job failed", exc_info=error)
    details = "".join(traceback.format_exception(error))
    return JobEnded(run_id, job_id, failure_text(error), details)
