"""Messages about where the run stands, which go when it stands elsewhere."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject

from core.protocol.messages import Failed
from gui.session.session import Session
from gui.session.view_state import View
from gui.window.messages.message_bar import MessageBar

PLACE: Final = "place"
Holds = Callable[[View], bool]


def at_step(step: int) -> Holds:
    """Whether the run is shown at this step."""
    return lambda view: view.snapshot.step == step


def at_broken_loss(view: View) -> bool:
    """Whether the weights gave a loss that is not finite, or come after such."""
    broken = view.run.metrics.first_broken_step
    return broken is not None and view.snapshot.step >= broken - 1


class PlaceMessages(QObject):
    """Mutable: when the message that is told holds.

    A message may come before the step that it speaks of is shown: it is looked at from
    when it has held once.
    """

    def __init__(self, bar: MessageBar, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._holds: Holds | None = None
        self._has_held = False
        session.view_changed.connect(self._see)
        session.stopped_early.connect(self._tell_notice)
        session.interventions.went_back.connect(self._tell_notice)
        session.interventions.changed.connect(self.forget)

    def tell_of_failure(self, failure: Failed) -> None:
        """Say what ended the training, until the run is where it was before."""
        self._begin(at_broken_loss)
        self._bar.show_failed_start(
            failure.reason, details=failure.details, about=PLACE
        )

    def tell_of_travel(self, text: str, step: int) -> None:
        """Say how to come back from a step that was gone to."""
        self._begin(at_step(step))
        self._bar.show_news(text, about=PLACE)

    def _tell_notice(self, text: str, step: int) -> None:
        self._begin(at_step(step))
        self._bar.show_notice(text, about=PLACE)

    def _begin(self, holds: Holds) -> None:
        self.forget()
        self._holds, self._has_held = holds, False

    def forget(self) -> None:
        """What was told is no longer so."""
        if self._holds is not None:
            self._holds = None
            self._bar.forget(PLACE)

    def _see(self, view: View | None) -> None:
        if view is None or self._holds is None:
            return
        if self._holds(view):
            self._has_held = True
        elif self._has_held:
            self.forget()
