"""A system that ends a program asks it first: as orderly an end as by Ctrl+C."""

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING, Final

from core.values.errors import GlassboxError

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

Handler = Callable[[int, FrameType | None], object]
_Before = Handler | int | None

INTERRUPTED: Final = 130
"""The exit code of a shell for a program that was ended by Ctrl+C."""

ONE_END_SECONDS: Final = 2.0
"""Signals that come within it ask for one end."""

AGAIN_SECONDS: Final = 0.02
"""After so long a request that was lost in a callback is made again."""

_ASKING: Final = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP")  # the last one is not known to Windows
    if hasattr(signal, name)
)
_DEFAULTS: Final = (signal.default_int_handler, signal.SIG_DFL)


@contextlib.contextmanager
def ending_quietly() -> Iterator[None]:
    """While this lasts, a signal to end does so without a word; Ctrl+C's code is 130.

    For the imports, which take a while: Python would show where it was among them.
    """
    before = _taken(lambda number, _frame: os._exit(128 + number))
    try:
        yield
    finally:
        _give_back(before)


def _taken(handler: Handler) -> dict[int, _Before]:
    """Handle the signals to end; those that are ignored stay so, as under nohup."""
    if threading.current_thread() is not threading.main_thread():
        return {}  # Python lets no other one handle signals
    before = {number: signal.getsignal(number) for number in _ASKING}
    taken: dict[int, _Before] = {
        number: handled for number, handled in before.items() if handled in _DEFAULTS
    }
    for number in taken:
        signal.signal(number, handler)
    return taken


def _give_back(before: dict[int, _Before]) -> None:
    for number, handled in before.items():
        signal.signal(number, handled)


class Interruption:
    """Which signal has asked for the end, None as long as none has.

    What asks twice within a moment asks once: a second press of the keys, or a program
    around this one that passes on what it is sent. Who asks again later insists.

    A request is kept, and not only raised: where Python happens to be in a callback,
    such as those of the garbage collector, what is raised there is dropped.
    """

    def __init__(self) -> None:
        self.signal: int | None = None
        self._since = 0.0
        self._is_held = False
        self._is_lost = False

    @property
    def is_asked(self) -> bool:
        """Whether the end has been asked for."""
        return self.signal is not None

    @property
    def exit_code(self) -> int:
        """As a shell reports a program that the signal has ended."""
        return 128 + (self.signal or signal.SIGINT)

    def check(self) -> None:
        """Raise KeyboardInterrupt where the end has been asked for."""
        if self.is_asked:
            raise KeyboardInterrupt(self.signal)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        now = time.monotonic()
        if self.signal is None:
            self.signal, self._since = number, now
            if self._is_held:
                return
        elif not self._is_lost and now - self._since < ONE_END_SECONDS:
            return
        self._is_lost = False
        self.check()

    @contextlib.contextmanager
    def heard(self) -> Iterator[None]:
        """While this lasts, each of them interrupts the work as Ctrl+C does."""
        before = _taken(self._on_signal)
        hook = sys.unraisablehook

        def on_dropped(dropped: "UnraisableHookArgs") -> None:
            if self.is_asked and dropped.exc_type is KeyboardInterrupt:
                self._ask_again()
            else:
                hook(dropped)

        sys.unraisablehook = on_dropped
        try:
            yield
        finally:
            sys.unraisablehook = hook
            _give_back(before)

    def _ask_again(self) -> None:
        """A moment later: what is raised now would be dropped too."""
        assert self.signal is not None
        self._is_lost = True
        again = threading.Timer(AGAIN_SECONDS, self._repeat)
        again.daemon = True
        again.start()

    def _repeat(self) -> None:
        # Not where it has ended in the meantime: then others handle the signal.
        if self.signal is not None and signal.getsignal(self.signal) == self._on_signal:
            signal.raise_signal(self.signal)

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


_PRESENT: list[Interruption] = []
"""That of the command that runs."""


@contextlib.contextmanager
def interruptible() -> Iterator[Interruption]:
    """While this lasts, a signal to end raises KeyboardInterrupt at any moment.

    Also where it was dropped on its way, or turned into an error of another kind: a
    library that is interrupted while it is imported may say that it is broken. An error
    that is for the user, such as of a file that cannot be written, stays what it is.
    """
    if _PRESENT:
        yield _PRESENT[-1]
        return
    interruption = Interruption()
    _PRESENT.append(interruption)
    try:
        with interruption.heard():
            yield interruption
    except GlassboxError:
        raise
    except Exception:
        interruption.check()
        raise
    finally:
        _PRESENT.remove(interruption)


def exit_code_of(interrupt: KeyboardInterrupt) -> int:
    """As a shell reports a program that was ended by the signal behind it."""
    number = interrupt.args[0] if interrupt.args else None
    return 128 + number if isinstance(number, int) else INTERRUPTED
