"""Whether the window shows what the lesson speaks of, and the way back to it."""

from dataclasses import dataclass

from core.experiment.model import Experiment
from gui.session.document.commands import Situation
from gui.session.lessons.window_values import WindowValues
from gui.session.session import Session


@dataclass(frozen=True, slots=True, eq=False)
class _Left:
    """What was shown last that belongs to the lesson."""

    situation: Situation
    newest: int
    values: WindowValues


class Elsewhere:
    """Mutable: what a preset or a file that is opened meanwhile is told by.

    Edits, other seeds and restarts belong to the lesson: they go on from its scene.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._begun_with: Experiment | None = None
        self._left: _Left | None = None

    @property
    def is_elsewhere(self) -> bool:
        """Whether something else was opened or started."""
        begun_with = self._session.document.situation.begun_with
        return self._left is not None and begun_with != self._begun_with

    @property
    def seen(self) -> WindowValues | None:
        """The last values of the lesson's own run."""
        return None if self._left is None else self._left.values

    def begin(self) -> None:
        """What is shown now belongs to the lesson."""
        self._begun_with = self._session.document.situation.begun_with
        self._left = None

    def take(self, values: WindowValues) -> None:
        """Values that were shown, of the lesson's own run."""
        document = self._session.document
        newest = document.undo_stack.newest
        self._left = _Left(document.situation, newest, values)

    def come_back(self) -> None:
        """To what was left, as it was."""
        if self._left is not None and self.is_elsewhere:
            left = self._left
            self._session.pause()
            self._session.document.come_back(left.situation, left.newest)
