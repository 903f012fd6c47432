"""What the window is told of an error that a command has met."""

import re
import traceback

from core.protocol.messages import Failed
from core.values.errors import CancelledError, GlassboxError, MissingDataError
from core.values.words import tr


def failure_of(run_id: int, error: Exception, data: str = "") -> Failed:
    """The event for an error of the user's, or of a computation that failed.

    Args:
        run_id: of the run that it concerns.
        error: what was raised.
        data: name of the data set that was to be loaded.
    """
    if isinstance(error, CancelledError):
        return Failed(run_id, "Cancelled.")
    if isinstance(error, MissingDataError):
        return Failed(run_id, str(error), missing_data=data)
    if isinstance(error, GlassboxError):
        return Failed(run_id, str(error))
    details = "".join(traceback.format_exception(error))
    return Failed(run_id, failure_text(error), details)


def reason_of(error: BaseException) -> str:
    """The first line of an error, or what it is where it says nothing."""
    lines = str(error).strip().splitlines()
    if isinstance(error, MemoryError):
        return lines[0] if lines else tr("there is not enough memory")
    # JAX reports what failed on the device as a RuntimeError with its own words.
    if lines and isinstance(error, RuntimeError):
        return lines[0]
    kind = re.sub(r"(?<!^)(?=[A-Z])", " ", type(error).__name__).lower()
    return f"{kind}: {lines[0]}" if lines else kind


def failure_text(error: BaseException) -> str:
    """A sentence for the user."""
    return tr("The computation failed: {reason}", reason=reason_of(error))
