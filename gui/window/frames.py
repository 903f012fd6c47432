"""One view for all that is in sight: no two places name another step at a time."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QObject, Signal

from gui.panels.base import Panel, only_trained
from gui.runtime.throttle import Throttle
from gui.session.view_state import View

BUSY_SECONDS: Final = 0.1
"""Least time between two frames of a dear panel while training wants all cores."""


class Frames(QObject):
    """Hands each view on once, to everybody in the same turn of the event loop.

    While only training changes it, that turn comes when the panel that paints last has
    it on its picture. What the user does is handed on at once, as is a reading of the
    test data.

    Attributes:
        shown: the view that everybody has.
        least_seconds: between two frames while it trains, as the user has set it.

    Signals:
        view_shown: a View, or None, that everybody is to show from now on.
    """

    view_shown = Signal(object)

    def __init__(self, panels: Callable[[], Iterable[Panel]], parent: QObject) -> None:
        """Make it.

        Args:
            panels: gives those that exist by now.
            parent: of the object.
        """
        super().__init__(parent)
        self._panels = panels
        self._newest: View | None = None
        self._awaited: View | None = None
        self.shown: View | None = None
        self.least_seconds = 0.0
        self._throttle = Throttle(self)
        self._throttle.time_came.connect(self._begin)

    def take(self, view: View | None) -> None:
        """A newer view has come."""
        is_urgent = _has_reading(self._newest, view)
        if is_urgent or not only_trained(self._newest, view):
            pause = 0.0
        else:
            pause = self._pause(view)
        self._newest = view
        if self._throttle.may_draw(pause):
            self._begin()

    def follow(self, panel: Panel) -> None:
        """Hear of what it has painted, if it leads."""
        panel.view_painted.connect(self._on_view_painted)

    def _pause(self, view: View | None) -> float:
        is_busy = view is not None and view.snapshot.cores_busy
        if is_busy and any(p.is_dear for p in self._panels() if p.may_be_seen):
            return max(self.least_seconds, BUSY_SECONDS)
        return self.least_seconds

    def _begin(self) -> None:
        view = self._newest
        leader = next((p for p in self._panels() if p.leads and p.may_be_seen), None)
        if leader is None or not only_trained(self.shown, view):
            self._show(view)
        else:
            self._awaited = view
            leader.set_view(view)
            if _has_reading(self.shown, view):
                leader.paint_at_once()

    def _on_view_painted(self, view: View | None) -> None:
        if view is not None and view is self._awaited:
            self._show(view)

    def _show(self, view: View | None) -> None:
        self.shown, self._awaited = view, None
        self.view_shown.emit(view)


def _has_reading(old: View | None, new: View | None) -> bool:
    """Whether the test data were read: the log of the run tells it already."""
    return old is not None and new is not None and old.evaluation is not new.evaluation
