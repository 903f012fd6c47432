"""The curves of one run: what panels may read of them at any time.

However long a run lasts, its log takes no more than some 30 MB.
"""

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from core.messages import Evaluated, Metrics
from gui.curves.decimation import Values, extremes
from gui.curves.step_series import StepSeries

TEST_CAPACITY: Final = 1 << 17
"""Readings of the test set that are kept; at two a second, those of 18 hours."""
_THINNED: Final = 8
"""Readings of which at most four are kept where there are too many."""


class TestReadings:
    """Loss and accuracy of the whole test set, at the steps where it was read.

    When there are too many, those that are neither the smallest nor the largest of
    their neighbours, in loss or accuracy, are given up.
    """

    __test__ = False  # pytest takes classes of this name for its own

    def __init__(self, capacity: int = TEST_CAPACITY) -> None:
        self._rows: Values = np.empty((3, capacity))
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def steps(self) -> Values:
        return self._rows[0, : self._length]

    @property
    def losses(self) -> Values:
        return self._rows[1, : self._length]

    @property
    def accuracies(self) -> Values:
        return self._rows[2, : self._length]

    def add(self, step: int, loss: float, accuracy: float) -> None:
        if self._length == self._rows.shape[1]:
            self._thin()
        self._rows[:, self._length] = step, loss, accuracy
        self._length += 1

    def _thin(self) -> None:
        kept = np.union1d(
            extremes(self.losses, _THINNED), extremes(self.accuracies, _THINNED)
        )
        self._rows[:, : len(kept)] = self._rows[:, kept]
        self._length = len(kept)


@dataclass(slots=True, eq=False)
class MetricsLog:
    """Losses and accuracies of one run.

    Attributes:
        batch_losses: of the batch of each step, before the step.
        batch_accuracies: likewise.
        tests: readings of the whole test set.
        first_broken_step: the first whose batch loss is no finite number.
    """

    batch_losses: StepSeries = field(default_factory=StepSeries)
    batch_accuracies: StepSeries = field(default_factory=StepSeries)
    tests: TestReadings = field(default_factory=TestReadings)
    first_broken_step: int | None = None

    def add_batches(self, metrics: Metrics) -> None:
        if self.first_broken_step is None:
            broken = np.flatnonzero(~np.isfinite(metrics.losses))
            if len(broken):
                self.first_broken_step = len(self.batch_losses) + int(broken[0]) + 1
        self.batch_losses.extend(metrics.losses)
        self.batch_accuracies.extend(metrics.accuracies)

    def add_evaluation(self, evaluated: Evaluated) -> None:
        accuracy = evaluated.test_accuracy
        share = math.nan if accuracy is None else accuracy
        self.tests.add(evaluated.step, evaluated.test_loss, share)
