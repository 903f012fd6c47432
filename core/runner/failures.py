"""What the window is told of an error that a command has met."""

import traceback

from core.protocol.messages import Failed
from core.values.errors import CancelledError, GlassboxError, MissingDataError


def failure_of(run_id: int, error: Exception, data: str = "") -> Failed:
    """The event for an error of the user's, or of a computation that failed.

    Args:
        run_id: of the run that it concerns.
        error: the one that is being handled.
        data: name of the data set that was to be loaded.
    """
    if isinstance(error, CancelledError):
        return Failed(run_id, "Cancelled.")
    if isinstance(error, MissingDataError):
        return Failed(run_id, str(error), missing_data=data)
    if isinstance(error, GlassboxError):
        return Failed(run_id, str(error))
    # JAX reports an allocation that failed as a RuntimeError.
    reason = f"The computation failed: {str(error).splitlines()[0]}"
    return Failed(run_id, reason, traceback.format_exc())
