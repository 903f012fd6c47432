"""Nothing is silent on a terminal for long: what takes a while says that it works.

A command that knows how far it is shows a bar (`core.cli.progress`). Whatever else may
take long, be it an import, a large file or a device, is covered by a line that a thread
writes as soon as nothing has been shown for a moment. It goes before anything else is
written.
"""

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Final, Protocol, TextIO

from core.values.plain_text import plain
from core.values.words import tr

SILENT_SECONDS: Final = 0.4
"""After so long without a sign the line appears."""
RENEWED_SECONDS: Final = 0.5


class ShownBar(Protocol):
    """What a bar of progress can do."""

    def clear(self) -> None: ...

    def refresh(self) -> object: ...


class Patience:
    """Mutable: one line at the end of a terminal, which comes and goes.

    Safe for several threads: what writes elsewhere does it `aside`.

    Args:
        stream: a terminal.
        what: is at work, for the user.
        clock: seconds.
    """

    def __init__(
        self, stream: TextIO, what: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream
        self._what = what
        self._clock = clock
        self._lock = threading.RLock()
        self._begun = self._last_sign = clock()
        self._shown = 0
        self._bars: list[ShownBar] = []
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """Leave the terminal as if nothing had been written."""
        self._ends.set()
        self._thread.join()
        with self._lock:
            self._clear()

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """While this lasts something else is written; the line is gone before."""
        with self._lock:
            self._clear()
            for bar in self._bars:
                bar.clear()
            try:
                yield
            finally:
                self._last_sign = self._clock()

    def bar_begins(self, bar: ShownBar) -> None:
        """A bar is shown from now on, which says more."""
        with self._lock:
            self._bars.append(bar)

    def bar_ends(self, bar: ShownBar) -> None:
        """It is gone; whoever says so twice does no harm."""
        with self._lock:
            self._bars = [other for other in self._bars if other is not bar]
            self._last_sign = self._clock()

    def look(self) -> None:
        """Show the line, or renew it; where there is a bar, its time goes on."""
        with self._lock:
            now = self._clock()
            if now - self._last_sign < SILENT_SECONDS:
                return
            if self._bars:
                self._bars[-1].refresh()
                self._last_sign = now
                return
            text = tr(
                "{what}: at work for {seconds:.1f} s",
                what=self._what,
                seconds=now - self._begun,
            )
            rest = " " * max(0, self._shown - len(text))
            if self._write(f"\r{text}{rest}"):
                self._shown = len(text)

    def _watch(self) -> None:
        wait = SILENT_SECONDS / 4
        while not self._ends.wait(wait):
            self.look()
            wait = RENEWED_SECONDS if self._shown else SILENT_SECONDS / 4

    def _clear(self) -> None:
        if self._shown:
            self._write(f"\r{' ' * self._shown}\r")
            self._shown = 0

    def _write(self, text: str) -> bool:
        """Whether it could be shown; a terminal that is gone is no matter here."""
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            self._ends.set()
            return False
        return True


_PRESENT: list[Patience] = []
"""The one of the command that runs, if standard error is a terminal."""


@contextlib.contextmanager
def patience(what: str) -> Iterator[None]:
    """While this lasts, whoever looks at the terminal sees that something is done.

    Args:
        what: the command, in the words of who typed it.
    """
    if _PRESENT or not sys.stderr.isatty():
        yield
        return
    present = Patience(sys.stderr, plain(what))
    _PRESENT.append(present)
    present.begin()
    try:
        yield
    finally:
        _PRESENT.remove(present)
        present.end()


@contextlib.contextmanager
def aside() -> Iterator[None]:
    """While this lasts something is written to the terminal."""
    if not _PRESENT:
        yield
        return
    with _PRESENT[-1].aside():
        yield


def bar_begins(bar: ShownBar) -> None:
    """A bar is shown from now on."""
    for present in _PRESENT:
        present.bar_begins(bar)


def bar_ends(bar: ShownBar) -> None:
    """It is gone."""
    for present in _PRESENT:
        present.bar_ends(bar)
