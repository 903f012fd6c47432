"""What an error that nobody expected is called in a message to the user."""

import re


def reason_of(error: BaseException) -> str:
    """The first line of an error, or what it is where it says nothing."""
    lines = str(error).strip().splitlines()
    if isinstance(error, MemoryError):
        return lines[0] if lines else "there is not enough memory"
    # JAX reports what failed on the device as a RuntimeError with its own words.
    if lines and isinstance(error, RuntimeError):
        return lines[0]
    kind = re.sub(r"(?<!^)(?=[A-Z])", " ", type(error).__name__).lower()
    return f"{kind}: {lines[0]}" if lines else kind


def failure_text(error: BaseException) -> str:
    """A sentence for the user."""
    return f"The computation failed: {reason_of(error)}"
