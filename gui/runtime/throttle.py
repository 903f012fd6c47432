"""Renews a picture at most so often; the newest one is never lost."""

import time
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

THROTTLED_SECONDS: Final = 0.2
"""Between two pictures of a panel that gives way to training."""


class Throttle(QObject):
    """Says whether something may be drawn now, or when it is time for it.

    Signals:
        time_came: what was put off is to be drawn now.
    """

    time_came = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._drawn_at = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)

    def may_draw(self, pause: float) -> bool:
        """Whether to draw now, `pause` seconds after the last time at the earliest.

        If not, `time_came` follows.
        """
        now = time.perf_counter()
        left = self._drawn_at + pause - now
        if left > 0:
            if not self._timer.isActive():
                self._timer.start(max(1, round(1000 * left)))
            return False
        self.note_drawing()
        return True

    def note_drawing(self) -> None:
        """It is drawn now for some other reason: the pause begins anew."""
        self._timer.stop()
        self._drawn_at = time.perf_counter()

    def _on_timer_timeout(self) -> None:
        self._drawn_at = time.perf_counter()
        self.time_came.emit()
