"""The curves of one run: append-only arrays that panels may read at any time."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from core.messages import Evaluated, Metrics


class GrowingColumn:
    """A float64 vector that doubles its room; `values` is a view without a copy."""

    def __init__(self) -> None:
        self._room: npt.NDArray[np.float64] = np.empty(1024)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def values(self) -> npt.NDArray[np.float64]:
        return self._room[: self._length]

    def extend(self, values: npt.ArrayLike) -> None:
        new = np.atleast_1d(np.asarray(values, dtype=np.float64))
        needed = self._length + len(new)
        if needed > len(self._room):
            room = np.empty(max(needed, 2 * len(self._room)))
            room[: self._length] = self.values
            self._room = room
        self._room[self._length : needed] = new
        self._length = needed


@dataclass(slots=True, eq=False)
class MetricsLog:
    """Losses and accuracies of one run.

    `batch_*` have one entry a training step (the batch before its step), entry i
    belonging to step i + 1; `test_*` have one for each evaluation, at `test_steps`;
    `epoch_steps` holds the steps after which an epoch was complete.
    """

    batch_losses: GrowingColumn = field(default_factory=GrowingColumn)
    batch_accuracies: GrowingColumn = field(default_factory=GrowingColumn)
    test_steps: GrowingColumn = field(default_factory=GrowingColumn)
    test_losses: GrowingColumn = field(default_factory=GrowingColumn)
    test_accuracies: GrowingColumn = field(default_factory=GrowingColumn)
    epoch_steps: GrowingColumn = field(default_factory=GrowingColumn)

    def add_batches(self, metrics: Metrics) -> None:
        self.batch_losses.extend(metrics.losses)
        self.batch_accuracies.extend(metrics.accuracies)
        if metrics.epoch_ended:
            self.epoch_steps.extend(len(self.batch_losses))

    def add_evaluation(self, evaluated: Evaluated) -> None:
        self.test_steps.extend(evaluated.step)
        self.test_losses.extend(evaluated.test_loss)
        self.test_accuracies.extend(evaluated.test_accuracy)
