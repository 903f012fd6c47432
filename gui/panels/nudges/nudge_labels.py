"""The request of a nudge, in words."""

import math
from typing import Final

from core.values.words import tr

A_LOT: Final = 3.0
PLAIN: Final = 1.0
A_LITTLE: Final = 0.1

BORDERS: Final = tr(
    '"a lot" from 3 times the RMS, no qualifier from 1, "a little" from 0.1, otherwise '
    '"leave"'
)
EXPLANATION: Final = tr(
    "The change that the current batch asks for, relative to the root mean square "
    "(RMS) of all nudges of the network: {borders}. Two nudges that are nearly equal "
    "can lie on two sides of a border: the tip of a row has the numbers. The bar is "
    "relative to the largest nudge.",
    borders=BORDERS,
)


def size_in_rms(nudge: float, rms: float) -> float:
    """How many times the root mean square a nudge is."""
    return abs(nudge) / rms if rms > 0 else 0.0


def asked_text(nudge: float, rms: float) -> str:
    """For example "raise a lot".

    Args:
        nudge: minus the gradient of one parameter.
        rms: root mean square of all nudges of the network.
    """
    if not math.isfinite(nudge):
        return tr("not a number")
    size = abs(nudge)
    if size == 0 or size < A_LITTLE * rms:
        return tr("leave")
    verb = tr("raise") if nudge > 0 else tr("lower")
    if not math.isfinite(rms):
        return verb
    if size >= A_LOT * rms:
        return tr("{verb} a lot", verb=verb)
    return verb if size >= PLAIN * rms else tr("{verb} a little", verb=verb)
