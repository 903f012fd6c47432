"""The curves of one run, which panels may read at any time.

However long a run lasts, its log takes no more than some 30 MB.
"""

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from core.arrays import DoubleArray
from core.protocol.messages import Evaluated, Metrics
from gui.session.decimation import extremes
from gui.session.epoch_mistakes import EpochMistakes
from gui.session.step_series import StepSeries

TEST_CAPACITY: Final = 1 << 17
"""Most test evaluations that are kept; at two per second those of 18 hours."""
MAX_ABANDONED: Final = 3
_THINNED: Final = 8
"""Block of evaluations of which at most four are kept when there are too many."""


class TestReadings:
    """Loss and accuracy on the whole test set, at the steps of its evaluations.

    When there are too many, those that are neither smallest nor largest of their
    neighbours, in loss or accuracy, are given up.
    """

    __test__ = False  # pytest takes classes of this name for its own

    def __init__(self, capacity: int = TEST_CAPACITY) -> None:
        self._rows: DoubleArray = np.empty((3, capacity))
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def steps(self) -> DoubleArray:
        return self._rows[0, : self._length]

    @property
    def losses(self) -> DoubleArray:
        return self._rows[1, : self._length]

    @property
    def accuracies(self) -> DoubleArray:
        return self._rows[2, : self._length]

    def add(self, step: int, loss: float, accuracy: float) -> None:
        """Add an evaluation; a second one of the last step replaces the first.

        One of an earlier step, to which the run went back, is in the curve already.
        """
        last = self._rows[0, self._length - 1] if self._length else -1
        if step < last:
            return
        if step == last:
            self._length -= 1
        if self._length == self._rows.shape[1]:
            self._thin()
        self._rows[:, self._length] = step, loss, accuracy
        self._length += 1

    def until(self, step: int) -> "TestReadings":
        """A copy with the evaluations up to a step."""
        part = TestReadings(self._rows.shape[1])
        part._length = int(np.searchsorted(self.steps, step, side="right"))
        part._rows[:, : part._length] = self._rows[:, : part._length]
        return part

    def _thin(self) -> None:
        kept = np.union1d(
            extremes(self.losses, _THINNED), extremes(self.accuracies, _THINNED)
        )
        self._rows[:, : len(kept)] = self._rows[:, kept]
        self._length = len(kept)


@dataclass(frozen=True, slots=True, eq=False)
class Abandoned:
    """The curves of a branch that the run has left at `start`, up to `end`."""

    start: int
    end: int
    batch_losses: StepSeries
    batch_accuracies: StepSeries
    tests: TestReadings


@dataclass(slots=True, eq=False)
class MetricsLog:
    """Losses and accuracies of one run.

    Attributes:
        batch_losses: of the batch of each step, before the step.
        batch_accuracies: likewise.
        tests: evaluations on the whole test set.
        validations: evaluations on the whole validation data, empty without any.
        mistakes: how many training examples each epoch misclassified.
        best_step: the step that early stopping went back to, None if it did not.
        first_broken_step: the first whose batch loss is not finite.
        abandoned: branches that were left, at most MAX_ABANDONED, oldest first.
    """

    batch_losses: StepSeries = field(default_factory=StepSeries)
    batch_accuracies: StepSeries = field(default_factory=StepSeries)
    tests: TestReadings = field(default_factory=TestReadings)
    validations: TestReadings = field(default_factory=TestReadings)
    best_step: int | None = None
    mistakes: EpochMistakes = field(default_factory=EpochMistakes)
    first_broken_step: int | None = None
    abandoned: tuple[Abandoned, ...] = ()

    def branch_at(self, step: int) -> None:
        """A branch begins at a step: the curve after it is put aside.

        Of too many branches the shortest is dropped.
        """
        end = len(self.batch_losses)
        if step >= end:
            return
        left = Abandoned(
            step, end, self.batch_losses, self.batch_accuracies, self.tests
        )
        kept = [*self.abandoned, left]
        if len(kept) > MAX_ABANDONED:
            kept.remove(min(kept, key=_length))
        self.abandoned = tuple(kept)
        self.batch_losses = self.batch_losses.until(step)
        self.batch_accuracies = self.batch_accuracies.until(step)
        self.tests = self.tests.until(step)
        self.validations = self.validations.until(step)
        self.mistakes.forget_after(step)
        if self.best_step is not None and self.best_step > step:
            self.best_step = None
        if self.first_broken_step is not None and self.first_broken_step > step:
            self.first_broken_step = None

    def add_batches(self, metrics: Metrics) -> None:
        if self.first_broken_step is None:
            broken = np.flatnonzero(~np.isfinite(metrics.losses))
            if len(broken):
                self.first_broken_step = len(self.batch_losses) + int(broken[0]) + 1
        self.mistakes.add(metrics)
        if metrics.validation is not None:
            last = metrics.first_step + len(metrics.losses) - 1
            self._add_validation(last, metrics.validation)
        self.batch_losses.extend(metrics.losses)
        self.batch_accuracies.extend(metrics.accuracies)

    def add_evaluation(self, evaluated: Evaluated) -> None:
        accuracy = evaluated.test_accuracy
        share = math.nan if accuracy is None else accuracy
        self.tests.add(evaluated.step, evaluated.test_loss, share)
        if evaluated.validation_loss is not None:
            found = evaluated.validation_loss, evaluated.validation_accuracy
            self._add_validation(evaluated.step, found)

    def _add_validation(self, step: int, found: tuple[float, float | None]) -> None:
        """Add loss and accuracy, unless a later evaluation is already known."""
        loss, accuracy = found
        if len(self.validations) == 0 or step > self.validations.steps[-1]:
            share = math.nan if accuracy is None else accuracy
            self.validations.add(step, loss, share)


def _length(branch: Abandoned) -> int:
    return branch.end - branch.start
