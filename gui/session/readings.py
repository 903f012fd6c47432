"""Evaluations on a whole split, at their steps, in bounded memory."""

import itertools
from typing import Final

import numpy as np

from core.arrays import DoubleArray
from gui.session.decimation import extremes

TEST_CAPACITY: Final = 1 << 17
"""Most test evaluations that are kept; at two per second those of 18 hours."""
_REVISIONS: Final = itertools.count()
_THINNED: Final = 8
"""Block of evaluations of which at most four are kept when there are too many."""


class TestReadings:
    """Loss and accuracy on the whole test set, at the steps of its evaluations.

    When there are too many, those that are neither smallest nor largest of their
    neighbours, in loss or accuracy, are given up.

    Attributes:
        revision: another number after each change, and in each copy: a reading that
            replaces one of its step is seen by that alone.
    """

    __test__ = False  # pytest takes classes of this name for its own

    def __init__(self, capacity: int = TEST_CAPACITY) -> None:
        self._rows: DoubleArray = np.empty((3, capacity))
        self._length = 0
        self.revision = next(_REVISIONS)

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
        """Add an evaluation at its place; a second one of a step replaces the first.

        The run may have gone back to a step that was not evaluated when it was taken.
        """
        place = int(np.searchsorted(self.steps, step))
        if place == self._length or self._rows[0, place] != step:
            if self._length == self._rows.shape[1]:
                self._thin()
                place = int(np.searchsorted(self.steps, step))
            later = self._rows[:, place : self._length].copy()
            self._length += 1
            self._rows[:, place + 1 : self._length] = later
        self._rows[:, place] = step, loss, accuracy
        self.revision = next(_REVISIONS)

    def until(self, step: int) -> "TestReadings":
        """A copy with the evaluations up to a step."""
        part = TestReadings(self._rows.shape[1])
        part._length = int(np.searchsorted(self.steps, step, side="right"))
        part._rows[:, : part._length] = self._rows[:, : part._length]
        return part

    @property
    def rows(self) -> DoubleArray:
        """(3, readings) steps, losses and accuracies."""
        return self._rows[:, : self._length].copy()

    @classmethod
    def restored(cls, rows: DoubleArray) -> "TestReadings":
        """The readings again of those rows."""
        part = cls()
        part._length = min(rows.shape[1], part._rows.shape[1])
        part._rows[:, : part._length] = rows[:, -part._length or len(rows[0]) :]
        return part

    def _thin(self) -> None:
        kept = np.union1d(
            extremes(self.losses, _THINNED), extremes(self.accuracies, _THINNED)
        )
        self._rows[:, : len(kept)] = self._rows[:, kept]
        self._length = len(kept)
