"""How strongly one edge is drawn: weak ones sink, strong ones stand out.

An edge of value v is drawn with opacity and width by t = |v| / limit of its gap, as
the table [edges] of the tokens says. Lines that lie over each other leave the product
of what each lets through, so their optical depths, -ln(1 - opacity), add up. The depth
of an edge, times its width as a share of the width of all lines, is therefore its ink.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from core.arrays import FloatArray
from gui.panels.network_picture.edges.layer_edges import LINE_WIDTH
from gui.panels.network_picture.scene.quantity import Quantity
from gui.style import tokens

MANY_EDGES: Final = 6000
"""Edges of a gap that make a haze, in which only the strongest are to be seen."""
HIGHEST_DEGREE: Final = 5
POWER: Final = 3
"""A polynomial of this power alone takes half the time of others."""
UNSEEN: Final = 0.017
"""Difference of opacity that nobody sees."""
_SIGN_BIT: Final = np.uint32(1 << 31)
_FAINTEST: Final = 0.02
"""What the strongest edge lets through, so that its depth is finite."""


@dataclass(frozen=True, slots=True)
class Tone:
    """Opacity and width of an edge as functions of t, from 0 to 1."""

    alpha_min: float
    alpha_gain: float
    gamma: float
    width_min: float
    width_gain: float

    def opacity(self, t: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Opacity of an edge; one of value 0 is not drawn."""
        shown: npt.NDArray[np.float64] = np.where(
            t > 0, self.alpha_min + self.alpha_gain * t**self.gamma, 0.0
        )
        return shown

    def ink(self, t: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Optical depth of an edge, spread over the width that all lines have."""
        depth = -np.log(np.maximum(1 - self.opacity(t), _FAINTEST))
        width = self.width_min + self.width_gain * t
        spread: npt.NDArray[np.float64] = depth * width / LINE_WIDTH
        return spread


@cache
def tone(name: str) -> Tone:
    """A row of the table [edges]."""
    row = tokens.values()["edges"][name]
    gain = row.get("alpha_gain", row.get("alpha"))
    low = row.get("alpha_min", 0.0)
    return Tone(low, gain, row["gamma"], row["width_min"], row["width_gain"])


def tone_name(quantity: Quantity, edges: int) -> str:
    """Which row of the table is for a gap of so many edges."""
    if edges < MANY_EDGES:
        return "other_layers"
    return "first_layer_signal" if quantity == "signal" else "first_layer"


@cache
def coefficients(name: str) -> tuple[float, ...]:
    """Of t, t^2, … in a polynomial that is the ink of an edge.

    It takes a quarter of the time of a table for millions of edges. It is fitted where
    the eye sees a difference: by opacity, not by depth.
    """
    t = np.linspace(0, 1, 401)
    ink = tone(name).ink(t)
    for powers in (range(POWER, POWER + 1), *_RISING):
        terms = t[:, None] ** np.array(powers)
        seen = np.exp(-ink)[:, None]
        found = np.linalg.lstsq(terms * seen, ink * seen[:, 0], rcond=None)[0]
        drawn = terms @ found
        rises = bool((np.diff(drawn) > 0).all())
        if rises and np.abs(np.exp(-drawn) - np.exp(-ink)).max() < UNSEEN:
            break
    missing = (0.0,) * (powers[0] - 1)
    return *missing, *(float(one) for one in found)


_RISING: Final = tuple(range(1, top + 1) for top in range(2, HIGHEST_DEGREE + 1))


@dataclass(frozen=True, slots=True)
class Shade:
    """From values of edges to their ink.

    Attributes:
        name: the row of the table [edges].
        limit: |value| of the strongest edge.
    """

    name: str
    limit: float

    def ink(self, values: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The ink of each edge with the sign of its value, and its size."""
        *lower, highest = coefficients(self.name)
        t = np.abs(values)
        if not any(lower):
            t *= np.float32(highest ** (1 / POWER) / self.limit)
            size = t * t
            size *= t
            return _with_sign(size, values), size
        t *= np.float32(1 / self.limit)
        size = t * np.float32(highest)
        for one in reversed(lower):
            size += np.float32(one)
            size *= t
        return _with_sign(size, values), size


def _with_sign(sizes: FloatArray, values: FloatArray) -> FloatArray:
    """As np.copysign for sizes that are not negative, in a quarter of its time."""
    bits = values.view(np.uint32) & _SIGN_BIT
    bits |= sizes.view(np.uint32)
    return bits.view(np.float32)
