"""A system that ends a program asks it first: as orderly an end as by Ctrl+C."""

import contextlib
import os
import signal
from collections.abc import Iterator
from types import FrameType
from typing import Final

INTERRUPTED: Final = 130
"""The exit code of a shell for a program that was ended by Ctrl+C."""

_ASKING: Final = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
)


@contextlib.contextmanager
def ending_quietly() -> Iterator[None]:
    """While this lasts, Ctrl+C ends the program without a word; its code is 130.

    For the imports, which take a while: Python would show where it was among them.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield  # ignored, as in the background of a shell, or somebody else's
        return
    signal.signal(signal.SIGINT, lambda _number, _frame: os._exit(INTERRUPTED))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


class Interruption:
    """Which signal has asked for the end, None as long as none has."""

    def __init__(self) -> None:
        self.signal: int | None = None

    @property
    def exit_code(self) -> int:
        """As a shell reports a program that the signal has ended."""
        return 128 + (self.signal or signal.SIGINT)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self.signal = number
        raise KeyboardInterrupt

    @contextlib.contextmanager
    def heard(self) -> Iterator[None]:
        """While this lasts, each of them interrupts the work as Ctrl+C does."""
        before = {kind: signal.signal(kind, self._on_signal) for kind in _ASKING}
        try:
            yield
        finally:
            for kind, handler in before.items():
                signal.signal(kind, handler)
