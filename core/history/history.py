"""The history of one run: where it was, and what the user changed on the way.

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
    """Train on although early stopping has ended the run: it waits anew."""


Change = EditParams | SetFrozen | ChangeTraining | TrainOn


@dataclass(frozen=True, slots=True)
class DatedChange:
    """What the user changed when `step` steps had been taken."""

    step: int
    change: Change


class History(Generic[P]):
    """Mutable: grows with the run, and loses what lies ahead of a branch.

    Args:
        begin: makes the run before its first step, the same each time.
        size_of: bytes that keeping a place takes.
        frame_bytes: room for key frames.
    """

    def __init__(
        self, begin: Callable[[], P], size_of: Callable[[P], int], frame_bytes: int
    ) -> None:
        self.frames: KeyFrames[P] = KeyFrames(begin, size_of, frame_bytes)
        self._changes: list[DatedChange] = []
        self._end = 0

    @property
    def end(self) -> int:
        """The last step of the run, which may lie ahead of the one that is shown."""
        return self._end

    @property
    def changes(self) -> tuple[DatedChange, ...]:
        """All changes in the order in which they were made."""
        return tuple(self._changes)

    def note(self, place: P) -> None:
        """The run has come to this place, a step further than ever."""
        self._end = place.step
        self.frames.offer(place, len(self._changes))

    def note_change(self, step: int, change: Change) -> None:
        """The user changed something at the last step."""
        self._changes.append(DatedChange(step, change))

    def take_back_edits(self) -> tuple[Edit, ...]:
        """Forget the last change, which must be one of parameters; returns what."""
        last = self._changes.pop().change
        assert isinstance(last, EditParams)
        return last.edits

    def changes_between(self, n_known: int, step: int) -> Iterator[DatedChange]:
        """What was changed after the first `n_known` changes, up to a step."""
        for dated in self._changes[n_known:]:
            if dated.step > step:
                return
            yield dated

    def branch_at(self, step: int) -> None:
        """Give up everything after a step: another future begins there."""
        self._end = step
        self._changes = [dated for dated in self._changes if dated.step <= step]
        self.frames.forget_after(step)
