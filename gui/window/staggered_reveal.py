"""Lets the panels of a workspace appear one after the other when it is opened."""

from collections import deque
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from gui.panels.base import Panel

TURN_MILLISECONDS: Final = 12
"""Pause between two panels, for the painting of one and for the user's input.

Qt begins to paint 5 ms after a request.
"""


class StaggeredReveal(QObject):
    """Draws and paints held panels, each in its own turn of the event loop.

    Together they would block the main thread for several frames.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._held: deque[Panel] = deque()
        self._timer = QTimer(self, singleShot=True, interval=TURN_MILLISECONDS)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def is_over(self) -> bool:
        """Whether no panel is waiting."""
        return not self._held

    def hold(self, panels: Iterable[Panel]) -> None:
        """Suspend the drawing of panels that yield to training."""
        for panel in panels:
            if panel.yields_to_training and panel not in self._held:
                panel.suspend_drawing()
                self._held.append(panel)

    def begin(self) -> None:
        """Resume invisible panels at once, the others one at a time."""
        for panel in [panel for panel in self._held if not panel.isVisible()]:
            self._held.remove(panel)
            panel.release()
        if self._held:
            self._timer.start()
        else:
            self._timer.stop()

    def _on_timer_timeout(self) -> None:
        self._held.popleft().release()
        self.begin()
