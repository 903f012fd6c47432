"""Limits how often a picture is redrawn; the newest one is never lost."""

import time
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

THROTTLED_SECONDS: Final = 0.2
"""Minimum time between two drawings of a panel that yields to training."""


class Throttle(QObject):
    """Tells whether something may be drawn now, or when.

    Signals:
        time_came: a postponed drawing is due now.
    """

    time_came = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._drawn_at = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)

    def may_draw(self, pause: float) -> bool:
        """Whether to draw now, at the earliest `pause` seconds after the last time.

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
        """Record a drawing for another reason: the pause starts again."""
        self._timer.stop()
        self._drawn_at = time.perf_counter()

    def _on_timer_timeout(self) -> None:
        self._drawn_at = time.perf_counter()
        self.time_came.emit()
