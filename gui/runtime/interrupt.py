"""Ctrl+C in the terminal closes the window as its close button does."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication


@contextlib.contextmanager
def closing_on_interrupt() -> Iterator[None]:
    """Python's default would raise an error in the middle of painting."""
    previous = signal.getsignal(signal.SIGINT)
    if (
        previous is not signal.default_int_handler
    ):  # ignored, e.g. for a background process
        yield
        return
    signal.signal(signal.SIGINT, _close_windows)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)


def _close_windows(_number: int, _frame: FrameType | None) -> None:
    QTimer.singleShot(0, QApplication.closeAllWindows)
