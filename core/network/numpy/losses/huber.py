"""Huber's loss (1964) with delta 1: a square near 0, a straight line beyond."""

from typing import Final

import numpy as np

from core.network.numpy.array_functions import Array
from core.network.numpy.losses.errors import ERROR, ERROR_TICKS, ERRORS
from core.network.numpy.losses.record import CostText, Loss, LossForm, Outputs
from core.values.words import tr

MINUS: Final = "\N{MINUS SIGN}"


def _clipped(o: Outputs) -> Array:
    return o.xp.clip(o.a - o.target, -1, 1)


def _terms(o: Outputs) -> Array:
    """With c the error e clipped to -1 and 1: c (e - c / 2)."""
    clipped = _clipped(o)
    return clipped * (o.a - o.target - clipped / 2)


HUBER: Final = Loss(
    name="huber",
    title=tr("Huber"),
    formula=tr("Σ h(a − t) over the outputs, h(e) = ½ e² for |e| ≤ 1, else |e| − ½"),
    note=tr(
        "Punishes small errors as squares, so that steps shrink near the goal, and "
        "large ones in proportion, so that single outliers decide less."
    ),
    latex=r"C = \sum_{i} h(a_i - t_i),\ h(e) = \frac{e^2}{2} "
    r"\text{ for } |e| \le 1, \text{ else } |e| - \frac{1}{2}",
    axis=ERROR,
    axis_symbol="a − t",
    drawn_over=ERRORS,
    ticks=ERROR_TICKS,
    curve=lambda e, _rho: np.where(np.abs(e) <= 1, e**2 / 2, np.abs(e) - 0.5),
    form=LossForm(
        _terms,
        _clipped,
        CostText(
            "Huber's h",
            "Each output differs from what it should be: up to 1 half the square "
            "counts, beyond it the size less ½. They add up to C.",
            gradient=(
                f"a {MINUS} t , from {MINUS}1 to 1",
                "the error, but no more than 1 either way",
            ),
        ),
    ),
    targets="any",
    curve_titles=(tr("Huber loss (sum over outputs)"), tr("Huber loss")),
)
