"""The reader's own run, which waits while a lesson is open, and comes back."""

from dataclasses import dataclass

from gui.session.document.commands import Situation
from gui.session.selection import Selection
from gui.session.session import Session
from gui.session.view_state import ShownExample


@dataclass(frozen=True, slots=True, eq=False)
class OwnRun:
    """What was there before the lesson.

    Attributes:
        newest: number of what had been done last; what is newer belongs to the
            lesson.
        playing: whether it trained.
    """

    situation: Situation
    newest: int
    playing: bool
    example: ShownExample | None
    selection: Selection | None

    @classmethod
    def of(cls, session: Session) -> "OwnRun":
        """As it is now; it pauses."""
        document, view = session.document, session.view
        found = cls(
            document.situation,
            document.undo_stack.newest,
            session.playing,
            None if view is None else view.example,
            None if view is None else view.selection,
        )
        session.pause()
        return found

    def come_back(self, session: Session) -> None:
        """Ask for it again; `restore` gives back the rest once it is there."""
        session.document.come_back(self.situation, self.newest)

    def restore(self, session: Session) -> None:
        """The example, what was selected, and whether it trained."""
        if self.example is not None:
            session.show_example(self.example)
        session.select(self.selection)
        if self.playing:
            session.play()
        else:
            session.pause()
