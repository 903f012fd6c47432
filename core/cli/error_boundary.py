"""The border of a command: what a user can cause becomes one line and an exit code."""

import logging
import os
import sys
from collections.abc import Callable
from typing import Final

from core.cli.output import write_error
from core.values.errors import GlassboxError

OK: Final = 0
FAILED: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130
"""As a shell reports a program that Ctrl+C has ended."""


class UsageError(GlassboxError):
    """The command line asks for something that does not exist."""


def error_boundary(job: Callable[[], int], *, debug: bool = False) -> int:
    """Run a command and return its exit code.

    Args:
        job: the command; returns its exit code.
        debug: let errors through, so that Python shows where they come from.
    """
    _set_up_logging(debug=debug)
    try:
        code = job()
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_standard_output()
        return FAILED
    except KeyboardInterrupt:
        write_error("interrupted")
        return INTERRUPTED
    except (GlassboxError, OSError, MemoryError, RuntimeError) as error:
        reason = _reason(error)
        if debug or reason is None:
            raise
        write_error(reason)
        return WRONG_USAGE if isinstance(error, UsageError) else FAILED
    return code


def _reason(error: Exception) -> str | None:
    """What to tell the user; None for a fault of the program, which Python shows."""
    if isinstance(error, GlassboxError):
        return str(error)
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename is not None else ""
        return f"{place}{error.strerror or error}"
    # JAX reports an allocation that failed as a RuntimeError.
    if isinstance(error, MemoryError) or "RESOURCE_EXHAUSTED" in str(error):
        return "not enough memory; take a smaller network, batch or data set"
    return None


def _set_up_logging(*, debug: bool) -> None:
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="glassbox: %(message)s"
    )
    if debug:
        for name in ("core", "gui"):
            logging.getLogger(name).setLevel(logging.DEBUG)


def _forget_standard_output() -> None:
    """Nobody reads it any more: keep Python from complaining about that at its end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = sys.__stdout__
