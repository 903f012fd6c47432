"""Frames per second over the last second, for the player."""

import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class FrameMeter(QObject):
    """Counts the paintings of a window that show a new view.

    A view that was overtaken before the window was painted is no frame, and neither is
    a painting that shows nothing new, such as that of a button under the mouse.
    """

    def __init__(
        self, window: QWidget, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        super().__init__(window)
        self._clock = clock
        self._times: deque[float] = deque()
        self._is_new = False
        window.installEventFilter(self)

    def expect(self) -> None:
        """The next painting shows a new view."""
        self._is_new = True

    @property
    def frames_per_second(self) -> int:
        self._forget(self._clock())
        return len(self._times)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        # With it Qt paints whatever in the window is to be renewed, all at once.
        if self._is_new and event.type() == QEvent.Type.UpdateRequest:
            self._is_new = False
            now = self._clock()
            self._times.append(now)
            self._forget(now)
        return False

    def _forget(self, now: float) -> None:
        while self._times and self._times[0] < now - 1.0:
            self._times.popleft()
