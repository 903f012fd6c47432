"""The history of one run: its states, the user's changes, the branches it has left.

A change is kept as the command that made it. Between two changes a run follows from
its state alone, so a state, the changes after it and the count of steps give every
later state again, bit for bit.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic

from core.history.changes import Change, DatedChange
from core.history.key_frames import KeyFrame, KeyFrames, P
from core.history.left_branches import LeftBranches, Line, is_beginning, shared_end
from core.protocol.branch import Branch, Turn


class History(Generic[P]):
    """Mutable: grows with the run; what a branch leaves behind is set aside.

    Args:
        begin: makes the initial state of the run, the same each time.
        size_of: bytes of a stored state.
        frame_bytes: memory for key frames.
    """

    def __init__(
        self, begin: Callable[[], P], size_of: Callable[[P], int], frame_bytes: int
    ) -> None:
        self.begin = begin
        self.frames: KeyFrames[P] = KeyFrames(begin, size_of, frame_bytes)
        self._changes: tuple[DatedChange, ...] = ()
        self._end = 0
        self._left = LeftBranches()

    @property
    def end(self) -> int:
        """The last step of the run, which may be later than the shown one."""
        return self._end

    @property
    def changes(self) -> tuple[DatedChange, ...]:
        """All changes in chronological order."""
        return self._changes

    @property
    def branches(self) -> tuple[Branch, ...]:
        """Branches that were left and can be gone to, oldest first."""
        told = self._left.beside(self._line)
        self.frames.keep_aside({branch.number for branch in told})
        return told

    @property
    def _line(self) -> Line:
        return Line(self._changes, self._end)

    def note(self, place: P) -> None:
        """Record a state that training has come to: the newest, or one of before."""
        self._end = max(self._end, place.step)
        before = sum(dated.step < place.step for dated in self._changes)
        self.frames.offer(place, before)

    def restore(
        self,
        changes: tuple[DatedChange, ...],
        end: int,
        known: Sequence[KeyFrame[P]],
    ) -> None:
        """Be the history of a run that went on elsewhere.

        Args:
            changes: all of the run.
            end: its last step.
            known: some of its states, in the order of their steps.
        """
        self._changes, self._end = changes, end
        for frame in known:
            self.frames.offer(frame.place, frame.n_changes)

    def changes_at(self, step: int) -> tuple[Change, ...]:
        """The changes by the user at this step, in their order."""
        return tuple(dated.change for dated in self._changes if dated.step == step)

    def replace_changes_at(self, step: int, changes: Iterable[Change]) -> None:
        """The changes by the user at the last step are these."""
        earlier = (dated for dated in self._changes if dated.step != step)
        self._changes = (*earlier, *(DatedChange(step, each) for each in changes))

    def next_change(self, step: int) -> int | None:
        """The step of the first change after a step; None where there is none."""
        later = (dated.step for dated in self._changes if dated.step > step)
        return next(later, None)

    def changes_between(self, n_known: int, step: int) -> Iterator[DatedChange]:
        """The changes after the first `n_known` ones, up to a step."""
        for dated in self._changes[n_known:]:
            if dated.step > step:
                return
            yield dated

    def branch_at(self, step: int) -> Turn:
        """A branch begins at a step: what was after it can be gone to."""
        end = self._end
        number = self._left.keep(self._line)
        self._end = step
        self._changes = tuple(dated for dated in self._changes if dated.step <= step)
        self.frames.set_aside(step, number)
        return Turn(step, end, number)

    def go_to_branch(self, number: int) -> Turn | None:
        """A branch that was left is the present line; the present one is left.

        Returns:
            None where there is no such branch any more.
        """
        taken = self._left.take(number)
        if taken is None:
            return None
        present = self._line
        step = shared_end(present, taken)
        left = 0 if is_beginning(present, taken) else self._left.keep(present)
        self._changes, self._end = taken.changes, taken.end
        self.frames.set_aside(step, left)
        self.frames.bring_back(number, step)
        return Turn(step, present.end, left, number)

    def rejoin(self) -> Turn | None:
        """After a change was taken back: the steps that it had cut off are ahead again.

        Returns:
            None where no branch goes on from the present state.
        """
        number = self._left.going_on_from(self._line)
        return self.go_to_branch(number) if number else None
