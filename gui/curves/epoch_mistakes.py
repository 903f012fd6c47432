"""How many training examples were read wrong in each epoch, as its steps saw them."""

from collections import deque
from typing import Final

import numpy as np

from core.messages import Metrics

KEPT: Final = 400
"""Epochs that are remembered: the newest ones."""


class EpochMistakes:
    """Sums up the accuracies of the batches between two ends of epochs.

    With batches of one size each count is exact; a short last batch weighs as much as
    the others, so that the share is not.
    """

    def __init__(self) -> None:
        self._done: deque[tuple[int, float]] = deque(maxlen=KEPT)
        self._wrong = 0.0
        self._steps = 0
        self._is_whole = True

    def add(self, metrics: Metrics) -> None:
        """Take in the accuracies of the next steps."""
        self._wrong += float(np.sum(1 - metrics.accuracies, dtype=np.float64))
        self._steps += len(metrics.accuracies)
        if metrics.epoch_ended:
            last = metrics.first_step + len(metrics.accuracies) - 1
            if self._is_whole:
                self._done.append((last, self._wrong / self._steps))
            self._wrong, self._steps, self._is_whole = 0.0, 0, True

    def forget_after(self, step: int) -> None:
        """Another future begins: the epoch that was under way there is not whole."""
        last = self._done[-1][0] if self._done else 0
        kept = [entry for entry in self._done if entry[0] <= step]
        self._done = deque(kept, maxlen=KEPT)
        self._wrong, self._steps = 0.0, 0
        self._is_whole = step in (0, last, kept[-1][0] if kept else 0)

    def counts(self, n_examples: int, most: int) -> list[int]:
        """Mistakes of the last epochs, at most that many, the newest last."""
        newest = list(self._done)[-most:]
        return [round(share * n_examples) for _, share in newest]
