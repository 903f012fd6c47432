"""The visible range of a plot's axes: pure functions of numbers."""

import math
from typing import Final

Range = tuple[float, float]

MIN_FOLLOWED: Final = 16
_GRAIN: Final = 8
_HEADROOM: Final = 0.06
_SLACK: Final = 0.55


def followed_range(n_steps: int, window: int | None) -> Range:
    """The steps to show while following the newest of `n_steps`.

    The end grows in steps of an eighth, so that the axis is fixed most of the time and
    the curve grows into free space.

    Args:
        n_steps: steps taken so far.
        window: how many steps to show, None for all.
    """
    if window is None:
        return 0.0, _rounded_end(n_steps)
    if n_steps <= window:
        return 0.0, float(window)
    grain = max(1, window // _GRAIN)
    end = math.ceil(n_steps / grain) * grain
    return float(end - window), float(end)


def _rounded_end(n_steps: int) -> float:
    if n_steps <= MIN_FOLLOWED:
        return float(MIN_FOLLOWED)
    grain = max(1, 2 ** math.floor(math.log2(n_steps)) // _GRAIN)
    return float(math.ceil(n_steps / grain) * grain)


def fitted_range(
    low: float, high: float, current: Range | None, *, from_zero: bool
) -> Range:
    """A range around low and high that changes as seldom as possible.

    Args:
        low: the smallest value shown, finite.
        high: the largest value shown, finite.
        current: the range in force, kept while it fits.
        from_zero: start at 0 unless that wastes more than half of the height.
    """
    if from_zero and 0 <= low < 0.5 * high:
        low = 0.0
    span = high - low
    if span <= 0:
        span = abs(high) * 0.1 or 1.0
    pad = _HEADROOM * span
    # A little below 0, so that the axis labels 0.
    padded = (low - pad / 2 if from_zero and low == 0 else low - pad, high + pad)
    if current is not None and _still_fits((low, high), padded, current):
        return current
    return padded


def _still_fits(shown: Range, padded: Range, current: Range) -> bool:
    inside = current[0] <= shown[0] and shown[1] <= current[1]
    same_floor = (padded[0] < 0) == (current[0] < 0)
    filled = (padded[1] - padded[0]) >= _SLACK * (current[1] - current[0])
    return inside and filled and same_floor


def one_two_five(at_least: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50, … that is at least `at_least`."""
    decade = 1
    while True:
        for digit in (1, 2, 5):
            if digit * decade >= at_least:
                return digit * decade
        decade *= 10
