"""The visible range of a plot's axes: pure functions of numbers."""

import math
from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

Range = tuple[float, float]

MIN_FOLLOWED: Final = 16
_GRAIN: Final = 8
_HEADROOM: Final = 0.06
_SLACK: Final = 0.55
_FACTOR: Final = math.log10(2.0)
"""Between the ends of an axis of logarithms, at least."""
_WHOLE: Final = 100.0
_PERCENTS: Final = (2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
"""How far below 100 % an axis of shares may begin."""
_EARLY: Final = 0.8
"""Of such a stretch: what fills no more of it may be shown closer up."""
STEP_BOUND: Final = 2.0**53
"""Beyond, neighbouring steps are the same float."""
VALUE_BOUND: Final = 1e300
PLOT_BOUND: Final = 1e40
"""Of curves, which are of float32 values: what pyqtgraph squares stays finite."""
LOG_BOUND: Final = 330.0
"""log10 of what no float reaches."""
_NARROWEST: Final = 1e-9
"""Of the larger end: a range that is still wider than what floats can tell apart."""


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
    low: float, high: float, current: Range | None, *, is_log: bool
) -> Range:
    """A range around low and high that changes as seldom as possible.

    It begins at 0 where no value is below it: a loss that has hardly moved shall look
    so. Logarithms have no 0, and are shown over a factor of two at least.

    Args:
        low: the smallest value shown, finite.
        high: the largest value shown, finite.
        current: the range in force, kept while it fits.
        is_log: whether these are logarithms to the base of ten.
    """
    low, high = max(low, -VALUE_BOUND), min(high, VALUE_BOUND)
    if is_log:
        missing = max(0.0, _FACTOR - (high - low))
        low, high = low - missing / 2, high + missing / 2
    elif low >= 0:
        low = 0.0
    span = high - low
    if span <= 0:
        span = abs(high) * 0.1 or 1.0
    pad = _HEADROOM * span
    # A little below 0, so that the axis labels 0.
    padded = (low - pad / 2 if low == 0 and not is_log else low - pad, high + pad)
    if current is not None and _still_fits((low, high), padded, current):
        return current
    return padded


def percent_range(low: float, current: Range | None) -> Range:
    """A range of shares in per cent, always up to 100 and never of a few hundredths.

    It begins at 0, or closer to 100 where all that is shown lies there.

    Args:
        low: the smallest value shown, finite.
        current: the range in force, kept while it fits.
    """
    needed = _WHOLE - max(low, 0.0)
    around = [(_around(stretch), stretch) for stretch in _PERCENTS]
    for shown, stretch in around:
        # A value that goes to and fro over a limit does not move the axis each time.
        if needed <= stretch and (current == shown or needed <= _EARLY * stretch):
            return shown
    return around[-1][0]


def _around(stretch: float) -> Range:
    """The last so many per cent, with room for a dot at either end."""
    beyond = _HEADROOM / 2 * stretch
    return _WHOLE - stretch - beyond, _WHOLE + beyond


def _still_fits(shown: Range, padded: Range, current: Range) -> bool:
    inside = current[0] <= shown[0] and shown[1] <= current[1]
    same_floor = (padded[0] < 0) == (current[0] < 0)
    filled = (padded[1] - padded[0]) >= _SLACK * (current[1] - current[0])
    return inside and filled and same_floor


def finite_range(values: Iterable[npt.NDArray[np.floating]]) -> Range:
    """Smallest and largest of the finite values, within what can be drawn.

    0 twice where there are none.
    """
    found = [array[np.isfinite(array)] for array in values]
    ends = [float(e) for a in found if a.size for e in (a.min(), a.max())] or [0.0]
    return max(min(ends), -VALUE_BOUND), min(max(ends), VALUE_BOUND)


def bounded_range(low: float, high: float, bound: float) -> Range | None:
    """A range that can be drawn: within the bound and not too narrow for floats.

    Returns:
        None where an end is NaN.
    """
    if math.isnan(low) or math.isnan(high):
        return None
    farthest = 4 * bound
    low, high = (max(-farthest, min(end, farthest)) for end in sorted((low, high)))
    narrowest = max(_NARROWEST * min(max(abs(low), abs(high)), bound), 1.0 / bound)
    if high - low < narrowest:
        middle = low / 2 + high / 2
        low, high = middle - narrowest / 2, middle + narrowest / 2
    # Moved rather than cut: who zooms at an end keeps the width.
    span = min(high - low, 2 * bound)
    low = max(-bound, min(low, bound - span))
    return low, min(low + span, bound)
