"""The colour scale of activations, and the text of its range."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

from core.arrays import FloatArray
from gui.style import number_format, theme
from gui.style.signed_scale import SteadyScale, largest_size, moment
from gui.style.theme import ByteTable

UNBOUNDED: Final = (-math.inf, math.inf)


@dataclass(frozen=True, slots=True)
class ActivationScale:
    """A linear scale from `low` to `high` over a table of 256 colours."""

    low: float
    high: float
    table: ByteTable

    def codes(self, values: FloatArray) -> npt.NDArray[np.intp]:
        factor = 255 / (self.high - self.low)
        # Each term by itself: the difference of the largest numbers is no float32.
        # What overflows all the same is beyond the end of the scale.
        with np.errstate(over="ignore"):
            place = np.nan_to_num(values) * factor - self.low * factor
        codes: npt.NDArray[np.intp] = np.clip(np.rint(place), 0, 255).astype(np.intp)
        return codes

    def colours(self, values: FloatArray) -> list[QColor]:
        return [QColor(*rgb) for rgb in self.table[self.codes(values)].tolist()]

    @property
    def text(self) -> str:
        if self.low == -self.high:
            return f"\N{PLUS-MINUS SIGN}{number_format.short(self.high)}"
        low, high = number_format.short(self.low), number_format.short(self.high)
        return f"{low}\N{EN DASH}{high}"


def image_scale(*, dark: bool) -> ActivationScale:
    """Of the pixels of an image."""
    return ActivationScale(0.0, 1.0, theme.image_table(dark=dark))


class ActivationScales:
    """One scale a layer; those without bounds follow the values in 1-2-5 steps."""

    def __init__(self) -> None:
        self._steady: dict[int, SteadyScale] = {}

    def reset(self) -> None:
        self._steady.clear()

    def of(
        self,
        layer: int,
        bounds: tuple[float, float],
        values: FloatArray,
        *,
        dark: bool,
        playing: bool,
    ) -> ActivationScale:
        """The scale of a layer whose activations stay within `bounds`."""
        low, high = bounds
        if math.isfinite(low) and math.isfinite(high):
            limit = max(abs(low), abs(high))
        else:
            steady = self._steady.setdefault(layer, SteadyScale())
            limit = steady.update(largest_size(values), moment(playing=playing))
        if low >= 0:
            return ActivationScale(0.0, limit, theme.activation_table(dark=dark))
        return ActivationScale(-limit, limit, theme.diverging_table(dark=dark))
