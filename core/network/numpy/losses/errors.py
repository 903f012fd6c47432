"""Losses of the errors a - t of the outputs: squares and sizes."""

from typing import Final

import numpy as np

from core.network.numpy.array_functions import Array
from core.network.numpy.kinks import Kink, pieces_between
from core.network.numpy.losses.record import CostText, Loss, LossForm, Outputs
from core.values.words import tr

MINUS: Final = "\N{MINUS SIGN}"
ERROR: Final = tr("error of an output, a − t")
ERRORS: Final = (-2.0, 2.0)
ERROR_TICKS: Final = (-2.0, 0.0, 2.0)
_SQUARE: Final = f"(a {MINUS} t)²"
_AT_ZERO: Final = (Kink(0.0, 0.0),)


def _squares(o: Outputs) -> Array:
    return (o.a - o.target) ** 2


def _pieces(o: Outputs) -> Array:
    return pieces_between(_AT_ZERO, o.a - o.target)


SQUARED_ERROR: Final = Loss(
    name="squared-error",
    title=tr("squared error"),
    formula=tr("Σ (a − t)² over the outputs"),
    note=tr(
        "Punishes twice the error four times as hard: a few large errors decide, and "
        "small ones hardly count. Through a saturated sigmoid little of it comes back."
    ),
    latex=r"C = \sum_{i} (a_i - t_i)^2",
    axis=ERROR,
    axis_symbol="a − t",
    drawn_over=ERRORS,
    ticks=ERROR_TICKS,
    curve=lambda e, _rho: e**2,
    form=LossForm(
        _squares,
        lambda o: 2 * (o.a - o.target),
        CostText(
            _SQUARE,
            "Each output differs from what it should be; the squares add up to C.",
            factor=2,
        ),
    ),
    targets="any",
    curve_titles=(tr("squared error (sum over outputs)"), tr("squared error")),
)
HALF_SQUARED_ERROR: Final = Loss(
    name="half-squared-error",
    title=tr("half the squared error"),
    formula=tr("½ Σ (a − t)² over the outputs"),
    note=tr("The squared error with a gradient of just a − t: the ½ cancels the 2."),
    latex=r"C = \frac{1}{2} \sum_{i} (a_i - t_i)^2",
    axis=ERROR,
    axis_symbol="a − t",
    drawn_over=ERRORS,
    ticks=ERROR_TICKS,
    curve=lambda e, _rho: e**2 / 2,
    form=LossForm(
        _squares,
        lambda o: o.a - o.target,
        CostText(
            f"½ {_SQUARE}",
            "Each output differs from what it should be; half the squares add up to C.",
            factor=1,
        ),
        scale=0.5,
    ),
    targets="any",
    curve_titles=(tr("half the squared error (sum over outputs)"), tr("½ sq. error")),
)
ABSOLUTE_ERROR: Final = Loss(
    name="absolute-error",
    title=tr("absolute error"),
    formula=tr("Σ |a − t| over the outputs"),
    note=tr(
        "Punishes twice the error twice as hard, so single outliers decide less. Its "
        "gradient has one size everywhere: steps do not shrink near the goal unless "
        "the learning rate does."
    ),
    latex=r"C = \sum_{i} |a_i - t_i|",
    axis=ERROR,
    axis_symbol="a − t",
    drawn_over=ERRORS,
    ticks=ERROR_TICKS,
    curve=lambda e, _rho: np.abs(e),
    form=LossForm(
        lambda o: o.xp.absolute(o.a - o.target),
        lambda o: o.xp.sign(o.a - o.target),
        CostText(
            f"|a {MINUS} t|",
            "Each output differs from what it should be; the differences add up to C.",
            gradient=(f"sign( a {MINUS} t )", f"1 above the target, {MINUS}1 below it"),
        ),
        pieces=_pieces,
    ),
    targets="any",
    kinks=lambda _rho: _AT_ZERO,
    curve_titles=(tr("absolute error (sum over outputs)"), tr("absolute error")),
)
