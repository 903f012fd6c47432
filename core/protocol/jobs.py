"""Side jobs of the runner thread: their requests and results.

A panel begins a job with its own number, receives each result, and
drops results for an older number. Landscapes, proofs and descents belong to the run
that they look at; comparisons and races have nothing to do with it and go on.
"""

from dataclasses import dataclass
from typing import Final

from core.protocol.side_jobs.compare import CompareRequest, Comparison
from core.protocol.side_jobs.descents import (
    AngleRequest,
    DescentProgress,
    DescentRequest,
    DescentResult,
    GradientAngle,
)
from core.protocol.side_jobs.landscape import Landscape, LandscapeRequest
from core.protocol.side_jobs.proofs import (
    OneProof,
    ProofProgress,
    ProofReport,
    ProofTask,
)
from core.protocol.side_jobs.race import RaceRequest, RaceResult

JobRequest = (
    LandscapeRequest
    | CompareRequest
    | RaceRequest
    | ProofTask
    | AngleRequest
    | DescentRequest
)
JobResult = (
    Landscape
    | Comparison
    | RaceResult
    | OneProof
    | ProofProgress
    | ProofReport
    | GradientAngle
    | DescentProgress
    | DescentResult
)

PROOF_OF_ALL: Final = -1
PROOF_OF_ONE: Final = -2
"""First of the job numbers that panels do not use."""


@dataclass(frozen=True, slots=True)
class BeginJob:
    """Do this job between the chunks of training."""

    job_id: int
    request: JobRequest


@dataclass(frozen=True, slots=True)
class EndJob:
    """Cancel a job; it sends no more results."""

    job_id: int


@dataclass(frozen=True, slots=True, eq=False)
class JobAdvanced:
    """A result of a job, which may be followed by better ones.

    Attributes:
        run_id: the run that the job belongs to and ends with; 0 for none.
    """

    run_id: int
    job_id: int
    result: JobResult


@dataclass(frozen=True, slots=True)
class JobEnded:
    """The job is done, or has failed for this reason.

    Attributes:
        run_id: the run that the job belonged to; 0 for none.
        reason: a sentence for the user, empty when it is done.
        details: a traceback for a bug report, empty for a user's error.
    """

    run_id: int
    job_id: int
    reason: str = ""
    details: str = ""
