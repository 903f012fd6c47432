"""Undo of what was done to the running network: weights, freezing, held activations."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from core.network.numpy.forward import HeldActivations
from gui.session.document import commands
from gui.session.document.commands import Command
from gui.session.intervention_log import Intervention


class InterventionCommand(Command):
    """Weights given other values, or frozen; a drag of the mouse is one.

    To undo it after more steps, the run goes back to where it was done: the state
    before it is the only one without it. The steps after it are left as a branch.
    """

    goes_back = True

    def __init__(
        self,
        text: str,
        place: tuple[int, int],
        change: Intervention,
        do: "Do",
    ) -> None:
        super().__init__(text, *place)
        self._change = change
        self._do = do

    def redo(self) -> None:
        self._do(self._change, self, "after")

    def undo(self) -> None:
        self._do(self._change.reversed, self, "before")

    def id(self) -> int:
        return 2

    def mergeWith(self, later: QUndoCommand) -> bool:  # noqa: N802
        if not isinstance(later, InterventionCommand) or not self._goes_on_with(later):
            return False
        old, new = self._change, later._change
        frozen = (old.frozen_before, new.frozen_after)
        self._change = Intervention(old.before, new.after, *frozen)
        self.at = later.at
        return True

    def _goes_on_with(self, later: "InterventionCommand") -> bool:
        old, new = self._change, later._change
        return (
            is_same_drag(self, later)
            and self.step == later.step
            and old.frozen_before == new.frozen_before == new.frozen_after
            and [edit.parameter for edit in old.after]
            == [edit.parameter for edit in new.after]
        )


Do = Callable[[Intervention, InterventionCommand, str], None]
"""Makes a change for a command; where it goes back, to the state "before" it."""


class HoldCommand(Command):
    """Activations of the shown example held at other values, at whatever step."""

    def __init__(
        self,
        text: str,
        run_id: int,
        held: tuple[HeldActivations, HeldActivations],
        hold: Callable[[HeldActivations], None],
    ) -> None:
        super().__init__(text, run_id, None)
        self._before, self._after = held
        self._hold = hold

    def redo(self) -> None:
        self._hold(self._after)

    def undo(self) -> None:
        self._hold(self._before)

    def id(self) -> int:
        return 3

    def mergeWith(self, later: QUndoCommand) -> bool:  # noqa: N802
        if not isinstance(later, HoldCommand) or not is_same_drag(self, later):
            return False
        self._after, self.at = later._after, later.at
        return True


def is_same_drag(old: Command, new: Command) -> bool:
    """Whether one does the same as the other, a moment later."""
    return (old.text(), old.run_id) == (
        new.text(),
        new.run_id,
    ) and new.at - old.at < commands.SAME_EDIT_SECONDS
