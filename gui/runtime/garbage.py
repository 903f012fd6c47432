"""Python's search for cyclic garbage, on the main thread alone.

Python looks for it in whichever thread has just made an object. A widget that is found
and deleted by the runner thread crashes the program, and JAX makes enough objects while
it traces for that to happen.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

LOOK_MILLISECONDS: Final = 200
LONGEST_MILLISECONDS: Final = 3200
"""Between two looks while next to nothing is made."""
FEW_OBJECTS: Final = 100
"""What a look makes itself, and a timer here and there."""


class GarbageCollection(QObject):
    """Takes over from Python until `stop`, with the same thresholds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._was_on = gc.isenabled()
        self._is_settled = False
        self._made = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def start(self) -> None:
        """Disable Python's automatic collection."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Enable it again, if it was enabled before."""
        self._timer.stop()
        if self._was_on:
            gc.enable()

    def settle(self) -> None:
        """The program has started: objects of before the first call are never searched.

        Until then nothing is collected either. JAX and the window make some hundred
        thousand objects that stay, and each search of them would stop all threads for
        a twentieth of a second while the first step is waited for.
        """
        if not self._is_settled:
            self._is_settled = True
            gc.freeze()

    def wake(self) -> None:
        """Something goes on: look often again."""
        if self._timer.isActive() and self._timer.interval() > LOOK_MILLISECONDS:
            self._timer.setInterval(LOOK_MILLISECONDS)

    def _on_timer_timeout(self) -> None:
        made = gc.get_count()[0]
        is_quiet = abs(made - self._made) < FEW_OBJECTS
        self.look()
        self._made = gc.get_count()[0]
        longer = min(2 * self._timer.interval(), LONGEST_MILLISECONDS)
        interval = longer if is_quiet else LOOK_MILLISECONDS
        if interval != self._timer.interval():
            self._timer.setInterval(interval)

    def look(self) -> None:
        """Collect the oldest generation that is due."""
        if not self._is_settled:
            return
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return
