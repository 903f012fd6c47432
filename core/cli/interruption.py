"""A system that ends a program asks it first: as orderly an end as by Ctrl+C."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from types import FrameType
from typing import Final

INTERRUPTED: Final = 130
"""The exit code of a shell for a program that was ended by Ctrl+C."""

ONE_END_SECONDS: Final = 2.0
"""Signals that come within it ask for one end."""

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
    """Which signal has asked for the end, None as long as none has.

    What asks twice within a moment asks once: a second press of the keys, or a program
    around this one that passes on what it is sent. Who asks again later insists.
    """

    def __init__(self) -> None:
        self.signal: int | None = None
        self._since = 0.0
        self._is_held = False

    @property
    def is_asked(self) -> bool:
        """Whether the end has been asked for."""
        return self.signal is not None

    @property
    def exit_code(self) -> int:
        """As a shell reports a program that the signal has ended."""
        return 128 + (self.signal or signal.SIGINT)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if self.signal is None:
            self.signal, self._since = number, now
            if self._is_held:
                return
        elif now - self._since < ONE_END_SECONDS:
            return
        raise KeyboardInterrupt

    @contextlib.contextmanager
    def heard(self) -> Iterator[None]:
        """While this lasts, each of them interrupts the work as Ctrl+C does."""
        asking = [*_ASKING]
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            asking.append(signal.SIGINT)
        before = {kind: signal.signal(kind, self._on_signal) for kind in asking}
        try:
            yield
        finally:
            for kind, handler in before.items():
                signal.signal(kind, handler)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """While this lasts, the first only asks: see `is_asked`.

        For work that must not end in the middle of a step, or of a file.
        """
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
