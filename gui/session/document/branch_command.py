"""Undo of going to another branch: the way back to where the run was."""

from collections.abc import Callable, Container

from core.protocol.branch import Turn
from core.values.words import tr
from gui.session.document.commands import Command

Go = Callable[[int, int | None], None]


class BranchCommand(Command):
    """The run has gone to a branch that was left, and can go back.

    A branch gets another number each time that it is left, which the runner tells.
    """

    def __init__(
        self, run_id: int, numbers: tuple[int, int], step: int | None, go: Go
    ) -> None:
        """Remember both lines of steps.

        Args:
            run_id: of the run.
            numbers: of the line that is left, as it is called while it is the present
                one, and of the branch that is gone to.
            step: that was shown; None for the last one of its line.
            go: goes to the line of a number, and there to a step, None for the last.
        """
        super().__init__(tr("going to another branch"), run_id, None)
        self._back, self._there = numbers
        self._step = step
        self._go = go

    def redo(self) -> None:
        self._go(self._there, None)

    def undo(self) -> None:
        self._go(self._back, self._step)

    def rename(self, old: int, new: int) -> None:
        """A line has got another number."""
        self._back = new if self._back == old else self._back
        self._there = new if self._there == old else self._there

    def leads_to(self, number: int) -> bool:
        """Whether it, or its undo, goes to the line of a number."""
        return number in (self._back, self._there)

    def is_lost(self, kept: Container[int]) -> bool:
        """Whether one of its lines is kept no longer."""
        return self._back not in kept or self._there not in kept


class PresentLines:
    """What the present line of each run was called as a branch; 0 for a new one."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}

    def of(self, run_id: int) -> int:
        return self._numbers.get(run_id, 0)

    def take_turn(self, run_id: int, turn: Turn) -> tuple[int, int]:
        """The run has changed lines: what was the number of the one it left, and is."""
        old = self.of(run_id)
        self._numbers[run_id] = turn.taken
        # What is not kept is all in the line that was taken.
        return old, turn.left or turn.taken
