"""Side jobs of the runner thread: what they can be asked for and what they give.

A panel begins a job with a number of its own, is given each result that comes in, and
drops what comes for an older number. Landscapes, proofs and descents belong to the run
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
"""Numbers of jobs that no panel counts up to."""


@dataclass(frozen=True, slots=True)
class BeginJob:
    """Work at this between the chunks of training."""

    job_id: int
    request: JobRequest


@dataclass(frozen=True, slots=True)
class EndJob:
    """Give up a job; nothing more comes of it."""

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
    """The job is done, or could not be done for that reason.

    Attributes:
        run_id: the run that the job belonged to; 0 for none.
        reason: a sentence for the user, empty when it is done.
        details: a traceback for a bug report, empty for a user's error.
    """

    run_id: int
    job_id: int
    reason: str = ""
    details: str = ""
