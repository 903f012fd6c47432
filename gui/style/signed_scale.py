"""Symmetric colour scales for signed values: the limit, the codes, the colours.

A scale runs from minus its limit to plus its limit. The limit is never below the
largest magnitude that is shown, so no value is clamped. Code 0 stands for a non-finite
value, codes 1 to 255 for minus the limit to plus the limit, 128 for zero.
"""

import math
import time
from typing import Final

import numpy as np
import numpy.typing as npt

from core.arrays import FloatArray
from core.values.words import tr
from gui.style import theme
from gui.style.tokens import of_colours

Codes = npt.NDArray[np.uint8]
Pixels = npt.NDArray[np.uint32]

RULE: Final = tr(
    "The scale is the largest magnitude of all values shown, rounded up to 1, 1.5, 2, "
    "3, 4, 6 or 8 times a power of ten. While training it grows at once, and shrinks "
    "when a smaller scale was enough for a second. No value is clamped."
)
FINE_RULE: Final = tr(
    "The scale is the largest magnitude of the layer, rounded up to two figures, and "
    "the same in all pictures. While training it grows at once, and shrinks when a "
    "smaller scale was enough for a second. No value is clamped."
)
STEPS: Final = (1, 1.5, 2, 3, 4, 6, 8)
FINE_STEPS: Final = tuple(k / 10 for k in range(10, 100))
"""Two figures, where the largest value is to have nearly the full colour."""
SMALLEST_LIMIT: Final = 1e-30
_HALF_CODES = 127
ZERO_CODE: Final = _HALF_CODES + 1
"""Of the value 0; it has the plane's colour."""


def largest_size(values: FloatArray) -> float:
    """Largest |value| of the finite ones; 0 when there are none."""
    if values.size == 0:
        return 0.0
    largest = max(float(values.max()), -float(values.min()))
    if math.isfinite(largest):
        return largest
    finite = values[np.isfinite(values)]
    return float(np.max(np.abs(finite))) if finite.size else 0.0


def round_up(size: float, steps: tuple[float, ...] = STEPS) -> float:
    """The smallest step times a power of ten that holds `size`; 1 for 0."""
    if size <= 0:
        return 1.0
    exponent = math.floor(math.log10(max(size, SMALLEST_LIMIT)))
    for exponent_tried in (exponent - 1, exponent, exponent + 1):
        for digits in steps:
            limit = float(f"{digits}e{exponent_tried}")
            # float32(0.2) lies above 0.2: less than a tenth of a code is no excess.
            if size <= limit * (1 + 1e-6):
                return limit
    return float(f"1e{exponent + 2}")


def decimals(largest: float) -> int:
    """Decimals that show `largest` with four digits, 2 to 9."""
    if not (math.isfinite(largest) and largest > 0):
        return 4
    return min(9, max(2, 3 - math.floor(math.log10(largest))))


def moment(*, playing: bool) -> float | None:
    """The time for a `SteadyScale`, of which there is none at rest."""
    return time.monotonic() if playing else None


class SteadyScale:
    """A limit that follows live values without flickering between two steps.

    At rest it is that of the values alone: a step looks the same whatever was before.
    """

    HOLD_SECONDS: Final = 1.0

    def __init__(self, steps: tuple[float, ...] = STEPS) -> None:
        self._steps = steps
        self.limit = 1.0
        self._smaller_since: float | None = None
        self._largest_since = 0.0
        self._fresh = True

    def reset(self) -> None:
        """Forget the previous values: the next ones alone determine the limit."""
        self._fresh = True

    def update(self, largest: float, now: float | None) -> float:
        """The limit for values up to `largest`; `now` in seconds, None at rest."""
        wanted = round_up(largest, self._steps)
        if now is None or self._fresh or wanted >= self.limit:
            # Zeros alone give no information about the next values.
            self._fresh = largest <= 0
            self.limit = wanted
            self._smaller_since = None
        elif self._smaller_since is None:
            self._smaller_since = now
            self._largest_since = wanted
        else:
            self._largest_since = max(self._largest_since, wanted)
            if now - self._smaller_since >= self.HOLD_SECONDS:
                self.limit = self._largest_since
                self._smaller_since = None
        return self.limit


def codes_of(values: FloatArray, limit: float) -> Codes:
    """Codes of values on the scale from -limit to limit; a negative limit negates."""
    scaled = values * np.float32(_HALF_CODES / limit)
    finite = np.isfinite(values)
    # No value exceeds the limit; the clip only removes float32's rounding.
    np.clip(scaled, -_HALF_CODES, _HALF_CODES, out=scaled)
    scaled += np.float32(_HALF_CODES + 1.5)
    if not finite.all():
        scaled[~finite] = 0
    return scaled.astype(np.uint8)


@of_colours
def code_colours(*, dark: bool) -> Pixels:
    """(256,) 0xffRRGGBB for each code."""
    colours = theme.colours(dark=dark)
    chosen = theme.ramp(colours.signed_map, 2 * _HALF_CODES + 1).astype(np.uint32)
    bad = np.asarray([colours.not_finite], dtype=np.uint32)
    rgb = np.concatenate([bad, chosen])
    pixels: Pixels = 0xFF000000 | rgb[:, 0] << 16 | rgb[:, 1] << 8 | rgb[:, 2]
    return pixels.astype(np.uint32)
