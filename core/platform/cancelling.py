"""Cancelling what writes files: asked for by one thread, done by another between parts.

What is under way looks now and then whether it is to end. Nothing is half written then:
an old file stays as it was (`core.platform.atomic`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from core.values.errors import GlassboxError
from core.values.words import tr


class CancelledError(GlassboxError):
    """The user has cancelled it."""


def _never() -> bool:
    return False


_asked: ContextVar[Callable[[], bool]] = ContextVar("asked", default=_never)


@contextmanager
def cancellable(asked: Callable[[], bool]) -> Iterator[None]:
    """What is done in here ends early once `asked` says so."""
    token = _asked.set(asked)
    try:
        yield
    finally:
        _asked.reset(token)


def keep_going() -> None:
    """A first file is written: what belongs to it is written, too."""
    _asked.set(_never)


def check_cancelled() -> None:
    """To be called between the parts of what takes long.

    Raises:
        CancelledError: it is to end here.
    """
    if _asked.get()():
        raise CancelledError(tr("Cancelled"))
