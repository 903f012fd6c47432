"""Ctrl+C in the terminal, and the system's requests to end, close the window.

As its close button does: whatever is to be saved is saved.
"""

import contextlib
import signal
import socket
from collections.abc import Iterator
from types import FrameType
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

_DEFAULTS: Final = (signal.default_int_handler, signal.SIG_DFL)


@contextlib.contextmanager
def closing_on_interrupt() -> Iterator[None]:
    """Python's default would raise an error in the middle of painting, or just end."""
    names = ("SIGINT", "SIGTERM", "SIGHUP")  # the last one is not known to Windows
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    # One that is ignored stays so, e.g. for a background process.
    taken = [number for number in numbers if before[number] in _DEFAULTS]
    for number in taken:
        signal.signal(number, _close_windows)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, before[number])


class SignalBell(QObject):
    """Wakes Qt's loop for a signal, which Python hears of only when it runs itself.

    Args:
        parent: it listens as long as this lives.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ear, self._bell = socket.socketpair()
        for end in (self._ear, self._bell):
            end.setblocking(False)
        self._notifier = QSocketNotifier(
            self._ear.fileno(), QSocketNotifier.Type.Read, self
        )
        self._notifier.activated.connect(self._on_notifier_activated)
        self._before = signal.set_wakeup_fd(self._bell.fileno())

    def stop(self) -> None:
        signal.set_wakeup_fd(self._before)
        self._notifier.setEnabled(False)
        self._ear.close()
        self._bell.close()

    def _on_notifier_activated(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._ear.recv(64)


def _close_windows(_number: int, _frame: FrameType | None) -> None:
    if QApplication.instance() is None:
        raise KeyboardInterrupt  # nothing is shown or painted yet
    QTimer.singleShot(0, _close_all)


def _close_all() -> None:
    QApplication.closeAllWindows()
    if not any(window.isVisible() for window in QApplication.topLevelWidgets()):
        # The last one may have been closed before the loop ran, which then knows
        # nothing of it.
        QApplication.exit(0)
