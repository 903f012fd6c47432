"""Lets the panels of a workspace that comes into sight appear one after the other."""

from collections import deque
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from gui.panels.base import Panel

TURN_MILLISECONDS: Final = 12
"""Between two panels, so that the painting of one and the user's input come between.

Qt begins to paint 5 ms after it was asked to.
"""


class StaggeredReveal(QObject):
    """Draws and paints held panels, each in a turn of the event loop of its own.

    All of them together keep the main thread for several frames.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._held: deque[Panel] = deque()
        self._timer = QTimer(self, singleShot=True, interval=TURN_MILLISECONDS)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def is_over(self) -> bool:
        """Whether no panel waits for its turn."""
        return not self._held

    def hold(self, panels: Iterable[Panel]) -> None:
        """Keep those that are drawn less often in a hurry from drawing for now."""
        for panel in panels:
            if panel.yields_to_training and panel not in self._held:
                panel.suspend_drawing()
                self._held.append(panel)

    def begin(self) -> None:
        """Those that cannot be seen are let go now, the others one at a time."""
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
