"""Title, formula and explanation of each loss, and its curve in NumPy."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import DoubleArray


@dataclass(frozen=True, slots=True)
class LossWords:
    """The description of a loss.

    Attributes:
        title: in the window.
        formula: of one example.
        note: what it penalises, and how strongly.
        axis: the argument of its curve.
        range: of that axis.
    """

    title: str
    formula: str
    note: str
    axis: str
    range: tuple[float, float]


_ERROR: Final = "error of an output, a - t"
_ERRORS: Final = (-2.0, 2.0)
_MARGIN: Final = "margin of an output, t z"
_MARGINS: Final = (-2.0, 3.0)

LOSSES: Final[Mapping[str, LossWords]] = {
    "cross-entropy": LossWords(
        "cross-entropy",
        "-ln p of the true class, in nats; with sigmoid outputs summed over all of "
        "them",
        "Penalises confidence in a wrong class without bound: p = 1 % costs 4.6, p = "
        "99 % costs 0.01. Its gradient with respect to z is output minus target, so "
        "a wrong output learns fast even where the activation is flat.",
        "probability p of the true class",
        (0.0, 1.0),
    ),
    "squared-error": LossWords(
        "squared error",
        "Σ (a - t)² over the outputs",
        "Twice the error costs four times as much: a few large errors dominate, and "
        "small ones hardly count. Through a saturated sigmoid the gradient is small.",
        _ERROR,
        _ERRORS,
    ),
    "half-squared-error": LossWords(
        "half the squared error",
        "½ Σ (a - t)² over the outputs",
        "The squared error with a gradient of just a - t: the ½ cancels the 2.",
        _ERROR,
        _ERRORS,
    ),
    "absolute-error": LossWords(
        "absolute error",
        "Σ |a - t| over the outputs",
        "Twice the error costs twice as much, so single outliers have less "
        "influence. Its gradient has the same size everywhere: steps do not shrink "
        "near the minimum unless the learning rate does.",
        _ERROR,
        _ERRORS,
    ),
    "hinge": LossWords(
        "hinge",
        "Σ max(0, 1 - t z) over the outputs, t = 1 for the true class, else -1",
        "Penalises outputs on the wrong side, and correct ones closer than 1 to the "
        "boundary. Others have no gradient: only some examples count.",
        _MARGIN,
        _MARGINS,
    ),
    "margin": LossWords(
        "softmax margin",
        "1 for m ≤ 0, 1 - m/ρ up to ρ, 0 beyond; m = p_c - the largest other p",
        "Counts a mistake as 1, however large, and a correct answer with a margin "
        "below ρ in part. For m ≤ 0 it is flat: mistakes have no gradient, so start "
        "from a network that classifies most examples correctly.",
        "margin m = p of the true class - the largest other p",
        (-1.0, 1.0),
    ),
    "perceptron": LossWords(
        "perceptron",
        "Σ max(0, -t z) over the outputs, t = 1 for the true class, else -1",
        "Penalises only outputs on the wrong side. With batches of 1 and η = 1 each "
        "step is the perceptron's rule: w ← w + t x for a wrong output, no change "
        "for a correct one. It converges on linearly separable data, and never on "
        "others.",
        _MARGIN,
        _MARGINS,
    ),
}


def curve(loss: str, x: DoubleArray, rho: float) -> DoubleArray:
    """The loss of one output (or one example) over its axis; see LossWords.axis."""
    with np.errstate(divide="ignore"):
        values: DoubleArray = {
            "cross-entropy": -np.log(np.clip(x, 0, 1)),
            "squared-error": x**2,
            "half-squared-error": x**2 / 2,
            "absolute-error": np.abs(x),
            "hinge": np.maximum(0, 1 - x),
            "margin": np.where(x <= 0, 1, np.maximum(0, 1 - x / rho)),
            "perceptron": np.maximum(0, -x),
        }[loss]
    return values
