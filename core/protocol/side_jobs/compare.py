"""Request and result of a comparison of runs: plain frozen values."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from core.experiment.model import Experiment

Readings = npt.NDArray[np.float64]

MOST_MEMBERS: Final = 12
MOST_STEPS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Member:
    """One of the experiments, with its name in the comparison."""

    name: str
    experiment: Experiment


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """Train all members for this many steps, where the run trains and with its data."""

    members: tuple[Member, ...]
    steps: int


@dataclass(frozen=True, slots=True, eq=False)
class MemberCurves:
    """The curves of a member.

    Attributes:
        steps: (k,) at which it was read, rising, from 0.
        train_loss: (k,) mean over training examples, without penalties.
        test_loss: (k,) mean over the test set.
        train_accuracy: (k,) 0 to 1; nan where the data have no classes.
        test_accuracy: (k,) 0 to 1.
        largest_error: (k,) largest |output - target| over the test set; nan where
            there are classes.
        diverged_at: the step after which its loss was not finite, else None.
    """

    name: str
    steps: npt.NDArray[np.int64]
    train_loss: Readings
    test_loss: Readings
    train_accuracy: Readings
    test_accuracy: Readings
    largest_error: Readings
    diverged_at: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """All members, at the same step.

    Attributes:
        step: steps taken so far.
        steps: requested steps.
        n_train: training examples in each evaluation, the first ones.
        n_test: the same of the test set.
        all_train: training examples that there are.
        all_test: the same of the test set.
    """

    members: tuple[MemberCurves, ...]
    step: int
    steps: int
    n_train: int
    n_test: int
    all_train: int
    all_test: int
