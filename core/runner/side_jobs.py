"""The side jobs under way: each gets a share of the time between chunks of steps."""

import time
from collections.abc import Callable, Iterator
from typing import Final

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
from core.protocol.side_jobs.landscape import LandscapeRequest
from core.protocol.side_jobs.proofs import ProofTask
from core.protocol.side_jobs.race import RaceRequest
from core.side_jobs.compare.compute import compare_in_parts
from core.side_jobs.descents.compute import walk_in_parts
from core.side_jobs.descents.full_gradient import angle_in_parts
from core.side_jobs.landscape.compute import landscape_in_parts
from core.side_jobs.landscape.path import WeightPath
from core.side_jobs.proofs.proving import prove_in_parts
from core.side_jobs.race.compute import race_in_parts
from core.training.run import TrainingRun
from core.values.errors import GlassboxError

TURN_SECONDS: Final = 0.012
"""Time of a turn: short enough that a command does not wait 30 ms."""
NO_RUN: Final = "There is no network yet."

Results = Iterator[JobResult | None]
Report = Callable[[JobAdvanced | JobEnded], None]


class SideJobs:
    """Mutable: the unfinished jobs, and the path of the run's weights."""

    def __init__(self) -> None:
        self._jobs: dict[int, Results] = {}
        self._of_the_run: set[int] = set()
        self.path = WeightPath()

    @property
    def under_way(self) -> bool:
        return bool(self._jobs)

    def begin(self, command: BeginJob, run: TrainingRun | None) -> None:
        """Add a job; one with the same number is replaced."""
        self._jobs[command.job_id] = self._start(command.request, run)
        if isinstance(command.request, LandscapeRequest | ProofTask):
            self._of_the_run.add(command.job_id)

    def end(self, command: EndJob) -> None:
        self._jobs.pop(command.job_id, None)

    def forget_run(self) -> None:
        """Another run begins: start a new path; comparisons continue."""
        for job_id in self._of_the_run:
            self._jobs.pop(job_id, None)
        self._of_the_run.clear()
        self.path.forget()

    def work(self, run_id: int, report: Report) -> None:
        """One turn: some parts of each job."""
        for job_id in tuple(self._jobs):
            self._work_at(job_id, run_id, report)

    def _work_at(self, job_id: int, run_id: int, report: Report) -> None:
        until = time.perf_counter() + TURN_SECONDS / len(self._jobs)
        results = self._jobs[job_id]
        try:
            for result in results:
                if result is not None:
                    report(JobAdvanced(run_id, job_id, result))
                if time.perf_counter() >= until:
                    return
        except GlassboxError as error:
            reason = str(error)
        except (RuntimeError, MemoryError) as error:
            # JAX reports an allocation that failed as a RuntimeError.
            reason = f"The computation failed: {str(error).splitlines()[0]}"
        else:
            reason = ""
        del self._jobs[job_id]
        report(JobEnded(run_id, job_id, reason))

    def _start(self, request: JobRequest, run: TrainingRun | None) -> Results:
        if isinstance(request, CompareRequest):
            return compare_in_parts(request)
        if isinstance(request, RaceRequest):
            return race_in_parts(request)
        if run is None:
            return _refused(NO_RUN)
        if isinstance(request, ProofTask):
            return prove_in_parts(request)
        if isinstance(request, AngleRequest):
            return angle_in_parts(run)
        if isinstance(request, DescentRequest):
            return walk_in_parts(request, run)
        return landscape_in_parts(request, run, self.path)


def _refused(reason: str) -> Results:
    yield None
    raise GlassboxError(reason)
