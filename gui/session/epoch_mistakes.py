"""Misclassified training examples of each epoch, as counted by its steps."""

from collections import deque
from typing import Final

import numpy as np
import numpy.typing as npt

from core.arrays import DoubleArray
from core.protocol.messages import Metrics

Steps = npt.NDArray[np.int64]

KEPT: Final = 400
"""How many of the newest epochs are kept."""


class EpochMistakes:
    """Sums the accuracies of the batches of each epoch.

    With batches of one size each count is exact; a short last batch weighs as much as
    the others, so that the share is not.
    """

    def __init__(self) -> None:
        self._done: deque[tuple[int, float]] = deque(maxlen=KEPT)
        self._wrong = 0.0
        self._steps = 0
        self._is_whole = True

    def add(self, metrics: Metrics) -> None:
        """Add the accuracies of the next steps, of any number of epochs."""
        wrong = 1 - metrics.accuracies.astype(np.float64)
        begun = 0
        if metrics.epoch_ends:
            ends = np.asarray(metrics.epoch_ends)
            begun = int(ends[-1]) - metrics.first_step + 1
            self._close(ends, ends - metrics.first_step + 1, wrong)
        self._wrong += float(np.sum(wrong[begun:]))
        self._steps += len(wrong) - begun

    def _close(self, ends: Steps, counts: Steps, wrong: DoubleArray) -> None:
        """Epochs end with these steps, each after so many of the `wrong`."""
        starts = np.append(0, counts[:-1])
        sums = np.add.reduceat(wrong[: counts[-1]], starts)
        lengths = counts - starts
        sums[0] += self._wrong
        lengths[0] += self._steps
        epochs = zip(ends.tolist(), (sums / lengths).tolist(), strict=True)
        self._done.extend(list(epochs)[0 if self._is_whole else 1 :])
        self._wrong, self._steps, self._is_whole = 0.0, 0, True

    def until(self, step: int) -> "EpochMistakes":
        """A copy up to a step: the epoch that was under way there is incomplete."""
        last = self._done[-1][0] if self._done else 0
        kept = [entry for entry in self._done if entry[0] <= step]
        part = EpochMistakes()
        part._done = deque(kept, maxlen=KEPT)
        part._is_whole = step in (0, last, kept[-1][0] if kept else 0)
        return part

    @property
    def rows(self) -> DoubleArray:
        """(epochs + 1, 2) each epoch's last step and share; then the one under way."""
        under_way = (self._steps if self._is_whole else -1.0, self._wrong)
        return np.asarray([*self._done, under_way], np.float64)

    @classmethod
    def restored(cls, rows: DoubleArray) -> "EpochMistakes":
        """The mistakes again of those rows."""
        part = cls()
        part._done.extend((int(step), float(share)) for step, share in rows[:-1])
        steps, wrong = rows[-1]
        part._is_whole = steps >= 0
        part._steps, part._wrong = max(0, int(steps)), float(wrong)
        return part

    def counts(self, n_examples: int, most: int) -> list[int]:
        """Mistakes of the last epochs, at most that many, the newest last."""
        newest = list(self._done)[-most:]
        return [round(share * n_examples) for _, share in newest]
