"""The one undo of the program, over runs that come and go and steps gone back."""

from collections.abc import Callable, Collection, Iterable
from itertools import takewhile
from weakref import finalize

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack
from shiboken6 import isValid

from core.protocol.branch import Turn
from core.values.words import tr
from gui.session.document.branch_command import BranchCommand, PresentLines
from gui.session.document.commands import Command
from gui.style.number_format import count

_LONGEST = 200


class UndoStack(QObject):
    """A QUndoStack whose commands may lie ahead of the step that is shown.

    What was done at a later step than the one shown is not part of it yet (the user has
    gone back in time): it waits until the run has come there again, and is forgotten
    when another branch begins before.

    Attributes:
        lines: of each run, what its present line of steps is called.
        when_shown: calls a function once the step is shown that was asked for: only
            then is it known what was done before it.

    Signals:
        undo_changed: what undo would take back and redo do again, each "" for nothing.
    """

    undo_changed = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(_LONGEST)
        self._place = (0, 0)
        self.lines = PresentLines()
        self.when_shown: Callable[[Callable[[], None]], None] = lambda act: act()
        self._texts = ("", "")
        # Else the search for garbage finds commands and stack in any order, and
        # deleting a command twice crashes the program.
        finalize(self, _delete_commands, self._stack)

    @property
    def undo_text(self) -> str:
        """What undo would take back, "" for nothing."""
        command = self._next_to_undo()
        is_floor = command is not None and command.is_floor
        return "" if is_floor else self._text(command)

    @property
    def redo_text(self) -> str:
        """What redo would do again, "" for nothing."""
        return self._text(self._next_to_redo())

    @property
    def done(self) -> list[Command]:
        """What was done, newest first."""
        return self._commands(reversed(range(self._stack.index())))

    @property
    def undone(self) -> list[Command]:
        """What was taken back, the newest first."""
        return self._commands(range(self._stack.index(), self._stack.count()))

    @property
    def newest(self) -> int:
        """The number of what was done last, 0 for nothing."""
        return next((command.number for command in self.done), 0)

    def forget_since(self, newest: int) -> None:
        """Drop all that was done, or taken back, after the command of this number."""
        numbers = [command.number for command in self.done]
        undone = {command.number for command in self.undone}
        self.forget(lambda command: command.number in undone)
        self.forget_newest(numbers.index(newest) if newest in numbers else len(numbers))

    def raise_floor(self) -> None:
        """Undo ends before what was done last."""
        for command in self.done[:1]:
            command.is_floor = True
        self._tell()

    def take_place(self, run_id: int, step: int) -> None:
        """This step of this run is shown now."""
        self._place = (run_id, step)
        self._tell()

    def push(self, command: Command) -> None:
        """Do it now; what had been taken back is gone."""
        self._stack.push(command)
        self._tell()

    def undo(self) -> None:
        """Take back what was done last."""
        self.when_shown(self._undo)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self.when_shown(self._redo)

    def _undo(self) -> None:
        if self.undo_text:
            self._stack.undo()
            self._tell()

    def _redo(self) -> None:
        if self.redo_text:
            self._stack.redo()
            self._tell()

    def forget(self, is_over: Callable[[Command], bool]) -> None:
        """Commands that mean nothing any more, wherever they stand."""
        for command in self._commands(range(self._stack.count())):
            if is_over(command):
                command.setObsolete(True)
        self._tell()

    def take_turn(self, run_id: int, turn: Turn) -> None:
        """The run goes on in another line of steps: it lacks what was done later.

        What was done before it went to a branch that was left waits on the line that
        undo leads back to. Of two lines that were there before, each may lack what was
        done where they part.
        """
        step = turn.step - 1 if turn.taken and turn.left else turn.step
        if not self._has_led_to(turn.taken):
            for command in (*_since_branch(self.done), *self.undone):
                if command.is_ahead_of(run_id, step):
                    command.setObsolete(True)
        old, new = self.lines.take_turn(run_id, turn)
        for command in self._branch_commands(run_id):
            command.rename(old, new)
        self._tell()

    def _has_led_to(self, number: int) -> bool:
        """Whether the line of a number was gone to by a command, or by its undo."""
        beside = (*self.done[:1], *self.undone[:1])
        commands = [c for c in beside if isinstance(c, BranchCommand)]
        return number != 0 and any(c.leads_to(number) for c in commands)

    def take_branches(self, run_id: int, numbers: Collection[int]) -> None:
        """Forget the ways to branches that are no longer kept."""
        kept = {*numbers, self.lines.of(run_id)}
        lost = [c for c in self._branch_commands(run_id) if c.is_lost(kept)]
        for command in lost:
            command.setObsolete(True)
        if lost:
            self._tell()

    def _branch_commands(self, run_id: int) -> list[BranchCommand]:
        commands = self._commands(range(self._stack.count()))
        return [
            command
            for command in commands
            if isinstance(command, BranchCommand) and command.run_id == run_id
        ]

    def forget_newest(self, count: int) -> None:
        """Drop commands that were done last, without taking them back."""
        for command in self.done[:count]:
            command.setObsolete(True)
        self._tell()

    def _commands(self, indices: Iterable[int]) -> list[Command]:
        commands = map(self._command, indices)
        return [command for command in commands if command is not None]

    def _command(self, index: int) -> Command | None:
        command = self._stack.command(index)
        return command if isinstance(command, Command) else None

    def _next_to_undo(self) -> Command | None:
        return self._command(self._stack.index() - 1)

    def _next_to_redo(self) -> Command | None:
        return self._command(self._stack.index())

    def _text(self, command: Command | None) -> str:
        if command is None or command.is_ahead_of(*self._place):
            return ""
        if command.leads_back_from(*self._place) and command.step is not None:
            return tr(
                "{text}, back to step {step}",
                text=command.text(),
                step=count(command.step),
            )
        return command.text()

    def _drop_obsolete(self) -> None:
        # A QUndoStack drops an obsolete command when it comes to it, and does nothing.
        while (top := self._next_to_undo()) is not None and top.isObsolete():
            self._stack.undo()
        while (top := self._next_to_redo()) is not None and top.isObsolete():
            self._stack.redo()

    def _tell(self) -> None:
        self._drop_obsolete()
        texts = (self.undo_text, self.redo_text)
        if texts != self._texts:
            self._texts = texts
            self.undo_changed.emit(*texts)


def _delete_commands(stack: QUndoStack) -> None:
    if isValid(stack):
        stack.clear()


def _since_branch(done: Iterable[Command]) -> list[Command]:
    return list(takewhile(lambda c: not isinstance(c, BranchCommand), done))
