"""Undo and redo of experiments."""

from typing import Final

from core.experiment.model import Experiment

_LONGEST: Final = 200


class EditHistory:
    """The experiments that were in force, and the position among them."""

    def __init__(self, first: Experiment) -> None:
        self._states = [first]
        self._at = 0

    @property
    def current(self) -> Experiment:
        return self._states[self._at]

    @property
    def can_undo(self) -> bool:
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        return self._at + 1 < len(self._states)

    def push(self, experiment: Experiment) -> None:
        """Add the newest state; states that could be redone are dropped."""
        if experiment == self.current:
            return
        self._states = [*self._states[: self._at + 1], experiment][-_LONGEST:]
        self._at = len(self._states) - 1

    def undo(self) -> Experiment | None:
        """Go back one state; None if there is none."""
        if not self.can_undo:
            return None
        self._at -= 1
        return self.current

    def redo(self) -> Experiment | None:
        """Go forward one state; None if there is none."""
        if not self.can_redo:
            return None
        self._at += 1
        return self.current
