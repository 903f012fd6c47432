"""Returns freed memory to the system while the window is open.

glibc keeps freed memory for later, in an arena for each of some twenty threads, and
gives back only the end of an arena that is not used. After compiling, opening panels
and drawing, that is a fifth of what the program holds. Elsewhere this does nothing.
"""

import ctypes
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer

from gui.runtime.worker import Worker

LOOK_MILLISECONDS: Final = 2000
SLACK: Final = 24_000_000
"""Bytes to collect first: returning this many blocks an arena for some 10 ms."""
LONGEST_PAUSE: Final = 15
"""After this many looks memory is returned even if it is little."""
_STATM: Final = Path("/proc/self/statm")


@cache
def _malloc_trim() -> Callable[[int], int] | None:
    if sys.platform != "linux":
        return None
    try:
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):  # not glibc
        return None
    return trim


def can_give_back() -> bool:
    """Whether this system has the function for it."""
    return _malloc_trim() is not None and _STATM.exists()


def give_back() -> None:
    """Return every completely free page; other threads keep running."""
    trim = _malloc_trim()
    if trim is not None:
        trim(0)


def resident_bytes() -> int:
    """Resident memory of this process."""
    pages = int(_STATM.read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


class FreedMemory(QObject):
    """Returns memory when the program has grown, and regularly, until `stop`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._least: int | None = None
        self._looks = 0
        self._worker = Worker(self)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        if can_give_back():
            self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        """Begin to give back if it is worth it; what is left is the new measure."""
        if not self._worker.is_idle:
            return
        now = resident_bytes()
        self._looks += 1
        if self._least is None or now < self._least:
            self._least = now
        elif now > self._least + SLACK or self._looks > LONGEST_PAUSE:
            # Elsewhere: the call takes long and does not hold Python's lock.
            self._looks = 0
            self._worker.submit(_measured, self._on_given_back)

    def _on_given_back(self, left: int) -> None:
        self._least = left


def _measured() -> int:
    give_back()
    return resident_bytes()
