"""Python's search for cyclic garbage, on the main thread alone.

Python looks for it in whichever thread has just made an object. A widget that is found
and deleted by the runner thread crashes the program, and JAX makes enough objects while
it traces for that to happen.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

LOOK_MILLISECONDS: Final = 200


class GarbageCollection(QObject):
    """Takes over from Python until `stop`, with the same thresholds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._was_on = gc.isenabled()
        self._is_settled = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)

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

    def look(self) -> None:
        """Collect the oldest generation that is due."""
        if not self._is_settled:
            return
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return
