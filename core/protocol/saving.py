"""A whole run on its way into a file, and the part of one that came out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from core.arrays import FloatArray, HostArray, HostParams
from core.experiment.model import TrainingSettings

NO_CURVE = np.zeros(0, np.float32)


@dataclass(frozen=True, slots=True)
class SaveRun:
    """Take the run as it is at the border of the next step; it goes on after that.

    Attributes:
        number: of whoever asks; the answer has the same.
    """

    number: int


@dataclass(frozen=True, slots=True, eq=False)
class RunTaken:
    """A run as values, for whoever writes the file. Its last steps are told before it.

    Attributes:
        number: of the request.
        step: that the run is at.
        tensors: of the file, without the curves, which the window has.
        metadata: of the file.
        n_branches: branches that the run has left; they are not in the file.
    """

    run_id: int
    number: int
    step: int
    tensors: Mapping[str, HostArray]
    metadata: Mapping[str, str]
    n_branches: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class SoFar:
    """What is known of the steps of a run that was in a file.

    Attributes:
        end: its last step.
        trainings: training settings with the step from which they were in force.
        losses: (steps,) batch loss before each step; NaN, or missing, where unknown.
        accuracies: (steps,) batch accuracy likewise.
        curves: what else the window had drawn, by names of its own.
        initial: weights that were not drawn from the seed.
    """

    end: int
    trainings: tuple[tuple[int, TrainingSettings], ...]
    losses: FloatArray = field(default_factory=lambda: NO_CURVE)
    accuracies: FloatArray = field(default_factory=lambda: NO_CURVE)
    curves: Mapping[str, HostArray] = field(default_factory=dict)
    initial: HostParams | None = None
