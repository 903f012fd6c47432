"""The error boundary of a command: user errors become one line and an exit code."""

import logging
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TextIO

from core.cli.interruption import exit_code_of
from core.cli.output import flush_results, write_error
from core.cli.patience import aside
from core.values.errors import GlassboxError
from core.values.words import tr

if TYPE_CHECKING:
    _StreamHandler = logging.StreamHandler[TextIO]
else:
    _StreamHandler = logging.StreamHandler

_PACKAGES: Final = ("core.", "gui.")
OK: Final = 0
FAILED: Final = 1
WRONG_USAGE: Final = 2


class UsageError(GlassboxError):
    """The command line is invalid."""


def error_boundary(job: Callable[[], int], *, debug: bool = False) -> int:
    """Run a command and return its exit code.

    Args:
        job: the command; returns its exit code.
        debug: do not catch errors, so that Python shows a traceback.
    """
    _set_up_logging(debug=debug)
    try:
        code = job()
        flush_results()
    except BrokenPipeError:
        _forget_standard_output()
        return FAILED
    except KeyboardInterrupt as interrupt:
        write_error(tr("interrupted"))
        return exit_code_of(interrupt)
    except (GlassboxError, OSError, MemoryError, RuntimeError) as error:
        reason = _reason(error)
        if debug or reason is None:
            raise
        write_error(reason)
        return WRONG_USAGE if isinstance(error, UsageError) else FAILED
    return code


def _reason(error: Exception) -> str | None:
    """The message for the user; None for a bug, which Python shows as a traceback."""
    if isinstance(error, GlassboxError):
        return str(error)
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename is not None else ""
        return f"{place}{error.strerror or error}"
    # JAX reports an allocation that failed as a RuntimeError.
    if isinstance(error, MemoryError) or "RESOURCE_EXHAUSTED" in str(error):
        return tr("not enough memory; use a smaller network, batch or data set")
    return None


def _set_up_logging(*, debug: bool) -> None:
    logging.basicConfig(
        handlers=[_Notes(sys.stderr)],
        level=logging.WARNING,
        format="glassbox: %(message)s",
    )
    if debug:
        for name in _PACKAGES:
            logging.getLogger(name.rstrip(".")).setLevel(logging.DEBUG)


class _Notes(_StreamHandler):
    """What is logged has a line of its own."""

    def emit(self, record: logging.LogRecord) -> None:
        with aside():
            super().emit(record)


def _forget_standard_output() -> None:
    """Close it quietly: its reader is gone, and Python would complain at exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = sys.__stdout__
