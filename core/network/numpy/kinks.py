"""Where a function has no derivative, and the slope that stands in for it there."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.arrays import RealArray


@dataclass(frozen=True, slots=True)
class Kink:
    """One place.

    Attributes:
        at: where it is.
        slope: what training, the backward pass and the texts take as derivative there.
    """

    at: float
    slope: float


def pieces_between(kinks: tuple[Kink, ...], x: RealArray) -> npt.NDArray[np.int64]:
    """How many kinks lie below each value: the number of its smooth piece."""
    pieces = np.zeros(np.shape(x), np.int64)
    for kink in kinks:
        pieces += x > kink.at
    return pieces


def kink_between(
    kinks: tuple[Kink, ...], first: RealArray, second: RealArray
) -> npt.NDArray[np.bool_]:
    """Whether a kink lies between two values, each."""
    found = np.zeros(first.shape, bool)
    for kink in kinks:
        found |= (first > kink.at) != (second > kink.at)
    return found


def kinks_text(kinks: tuple[Kink, ...], over: str) -> str:
    """What is done at the kinks, as a sentence; empty where there are none."""
    if not kinks:
        return ""
    places = " and ".join(f"{over} = {kink.at:g}" for kink in kinks)
    slopes = " and ".join(dict.fromkeys(f"{kink.slope:g}" for kink in kinks))
    return f"At {places}, where it has no derivative, its slope counts as {slopes}."
