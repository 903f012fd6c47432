"""The history of one run: its states, and the user's changes.

A change is kept as the command that made it. Between two changes a run follows from
its state alone, so a state, the changes after it and the count of steps give every
later state again, bit for bit.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic

from core.history.key_frames import KeyFrames, P
from core.protocol.messages import ChangeTraining, EditParams, SetFrozen
from core.values.parameter import Edit


@dataclass(frozen=True, slots=True)
class TrainOn:
    """Continue after early stopping, with the patience counted from 0."""


Change = EditParams | SetFrozen | ChangeTraining | TrainOn


@dataclass(frozen=True, slots=True)
class DatedChange:
    """A change by the user after `step` steps."""

    step: int
    change: Change


class History(Generic[P]):
    """Mutable: grows with the run; a branch drops the later steps.

    Args:
        begin: makes the initial state of the run, the same each time.
        size_of: bytes of a stored state.
        frame_bytes: memory for key frames.
    """

    def __init__(
        self, begin: Callable[[], P], size_of: Callable[[P], int], frame_bytes: int
    ) -> None:
        self.frames: KeyFrames[P] = KeyFrames(begin, size_of, frame_bytes)
        self._changes: list[DatedChange] = []
        self._end = 0

    @property
    def end(self) -> int:
        """The last step of the run, which may be later than the shown one."""
        return self._end

    @property
    def changes(self) -> tuple[DatedChange, ...]:
        """All changes in chronological order."""
        return tuple(self._changes)

    def note(self, place: P) -> None:
        """Record this state, the newest of the run."""
        self._end = place.step
        self.frames.offer(place, len(self._changes))

    def note_change(self, step: int, change: Change) -> None:
        """Record a change by the user at the last step."""
        self._changes.append(DatedChange(step, change))

    def take_back_edits(self) -> tuple[Edit, ...]:
        """Remove and return the last change, which must be one of parameters."""
        last = self._changes.pop().change
        assert isinstance(last, EditParams)
        return last.edits

    def changes_between(self, n_known: int, step: int) -> Iterator[DatedChange]:
        """The changes after the first `n_known` ones, up to a step."""
        for dated in self._changes[n_known:]:
            if dated.step > step:
                return
            yield dated

    def branch_at(self, step: int) -> None:
        """Drop everything after a step: a branch begins there."""
        self._end = step
        self._changes = [dated for dated in self._changes if dated.step <= step]
        self.frames.forget_after(step)
