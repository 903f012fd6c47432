"""A system that ends a program asks it first: as orderly an end as by Ctrl+C."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType
from typing import Final

_ASKING: Final = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
)


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
