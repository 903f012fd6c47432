"""What a nudge asks for, in words."""

import math
from typing import Final

A_LOT: Final = 3.0
PLAIN: Final = 1.0
A_LITTLE: Final = 0.1

EXPLANATION: Final = (
    "How much the current batch asks to change a parameter, beside the root mean "
    "square (RMS) of all nudges of the network: a lot from 3 times the RMS, "
    "plainly from 1, a little from a tenth, below that leave. "
    "The bar is the share of the largest nudge."
)


def asked_text(nudge: float, rms: float) -> str:
    """Such as "raise a lot".

    Args:
        nudge: minus the gradient of one parameter.
        rms: root mean square of all nudges of the network.
    """
    if not math.isfinite(nudge):
        return "not a number"
    size = abs(nudge)
    if size == 0 or size < A_LITTLE * rms:
        return "leave"
    verb = "raise" if nudge > 0 else "lower"
    if not math.isfinite(rms):
        return verb
    if size >= A_LOT * rms:
        return f"{verb} a lot"
    return verb if size >= PLAIN * rms else f"{verb} a little"
