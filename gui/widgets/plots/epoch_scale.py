"""The first step of each epoch, also after changes of the batch size."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Stretch:
    first_step: float
    first_epoch: float
    steps_per_epoch: int


class EpochScale:
    """A piecewise linear map between steps and epochs; the last piece has no end."""

    def __init__(self) -> None:
        self._stretches: list[_Stretch] = []

    @property
    def pieces(self) -> tuple[object, ...]:
        """What is equal as long as the map is the same."""
        return tuple(self._stretches)

    def note(self, step: int, epoch: float, steps_per_epoch: int) -> bool:
        """Update the map from a snapshot.

        Returns:
            Whether the map has changed.
        """
        steps_per_epoch = max(1, steps_per_epoch)
        new = _Stretch(step, epoch, steps_per_epoch)
        if not self._stretches:
            self._stretches.append(_from_start(new))
            return True
        last = self._stretches[-1]
        is_same = last.steps_per_epoch == steps_per_epoch
        if step < last.first_step or (
            is_same and math.isclose(self.epoch_of(step), epoch, abs_tol=1e-6)
        ):
            return False
        if step == last.first_step:
            # What was changed here has been changed again.
            self._stretches.pop()
            self.note(step, epoch, steps_per_epoch)
        else:
            self._stretches.append(_beginning(last, new))
        return True

    def until(self, step: int) -> "EpochScale":
        """A copy that knows the batch sizes up to a step."""
        part = EpochScale()
        part._stretches = [s for s in self._stretches if s.first_step <= step]
        return part

    @property
    def rows(self) -> list[tuple[float, float, int]]:
        """First step, first epoch and steps per epoch of each piece."""
        return [
            (s.first_step, s.first_epoch, s.steps_per_epoch) for s in self._stretches
        ]

    @classmethod
    def restored(cls, rows: Iterable[Sequence[float]]) -> "EpochScale":
        """The map again of those rows."""
        part = cls()
        part._stretches = [_Stretch(a, b, max(1, int(n))) for a, b, n in rows]
        return part

    def epoch_of(self, step: float) -> float:
        """Epochs completed after that step, with the fraction of the current one."""
        piece = self._piece([s.first_step for s in self._stretches], step)
        if piece is None:
            return 0.0
        return piece.first_epoch + (step - piece.first_step) / piece.steps_per_epoch

    def step_of(self, epoch: float) -> float:
        """The step after which that epoch is complete."""
        piece = self._piece([s.first_epoch for s in self._stretches], epoch)
        if piece is None:
            return 0.0
        return piece.first_step + (epoch - piece.first_epoch) * piece.steps_per_epoch

    def _piece(self, starts: list[float], at: float) -> _Stretch | None:
        if not starts:
            return None
        return self._stretches[max(0, bisect_right(starts, at) - 1)]


def _from_start(stretch: _Stretch) -> _Stretch:
    """Begin where the line meets epoch 0 or step 0: the batch size held from there."""
    if stretch.first_epoch == 0:
        return _Stretch(0.0, 0.0, stretch.steps_per_epoch)
    return stretch


def _beginning(last: _Stretch, new: _Stretch) -> _Stretch:
    """The new stretch from its first step.

    Other batches begin with the first whole epoch that the old ones had not begun.
    """
    for epoch in range(math.floor(new.first_epoch + 1e-9), -1, -1):
        done = round((new.first_epoch - epoch) * new.steps_per_epoch)
        step = new.first_step - done
        if step < last.first_step:
            break
        before = last.first_epoch + (step - last.first_step) / last.steps_per_epoch
        if epoch == math.ceil(before - 1e-9):
            return _Stretch(step, float(epoch), new.steps_per_epoch)
    return new
