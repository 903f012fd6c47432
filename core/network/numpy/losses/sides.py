"""Losses that ask on which side of 0 an output's z is: hinge and perceptron.

Each looks at t z with t = 1 for the true class and -1 for the others. A target above 0
marks a true class.
"""

from typing import Final

import numpy as np

from core.network.numpy.array_functions import Array
from core.network.numpy.kinks import Kink, pieces_between
from core.network.numpy.losses.record import CostText, Loss, LossForm, Outputs
from core.values.words import tr

MINUS: Final = "\N{MINUS SIGN}"
_MARGIN: Final = tr("margin of an output, t z")
_MARGINS: Final = (-2.0, 3.0)
_TICKS: Final = (-2.0, 0.0, 1.0, 3.0)
_HINGE: Final = (Kink(1.0, 0.0),)
_PERCEPTRON: Final = (Kink(0.0, -1.0),)


def _margins(o: Outputs) -> Array:
    return o.xp.where(o.target > 0, o.z, -o.z)


def _sign(o: Outputs) -> Array:
    return o.xp.where(o.target > 0, 1, -1).astype(o.z.dtype)


def _hinge_terms(o: Outputs) -> Array:
    """Max(0, 1 - t z) (Cortes and Vapnik 1995), with slope 0 at the kink."""
    margins = _margins(o)
    # Asked this way round, what is no number stays none.
    return o.xp.where(margins >= 1, 0, 1 - margins)


def _hinge_gradient(o: Outputs) -> Array:
    return o.xp.where(_margins(o) >= 1, 0, -_sign(o))


def _perceptron_terms(o: Outputs) -> Array:
    """Max(0, -t z), with the slope of a wrong output at the kink.

    So steps of gradient descent at rate 1 on one example are Rosenblatt's rule (1958):
    w + t x for each output that is not right.
    """
    margins = _margins(o)
    return o.xp.where(margins > 0, 0, -margins)


def _perceptron_gradient(o: Outputs) -> Array:
    return o.xp.where(_margins(o) > 0, 0, -_sign(o))


HINGE: Final = Loss(
    name="hinge",
    title=tr("hinge"),
    formula=tr("Σ max(0, 1 − t z) over the outputs, t = 1 for the true class, else −1"),
    note=tr(
        "Punishes outputs on the wrong side, and right ones that are nearer than 1 to "
        "the boundary. What lies farther is left alone: only some examples count."
    ),
    latex=r"C = \sum_{i} \max(0, 1 - t_i z_i)",
    axis=_MARGIN,
    axis_symbol="t z",
    drawn_over=_MARGINS,
    ticks=_TICKS,
    curve=lambda m, _rho: np.maximum(0, 1 - m),
    forms={
        "identity": LossForm(
            _hinge_terms,
            _hinge_gradient,
            CostText(
                f"max(0, 1 {MINUS} t z)",
                tr(
                    "An output counts until it is 1 beyond 0 on its side: above for "
                    "the true class, where t = 1, below for the others, where t = "
                    "{minus}1.",
                    minus=MINUS,
                ),
                gradient=(
                    tr("{minus}t if t z < 1, else 0", minus=MINUS),
                    tr("t = 1 for the true class, else {minus}1", minus=MINUS),
                ),
            ),
            pieces=lambda o: pieces_between(_HINGE, _margins(o)),
            t=_sign,
        )
    },
    kinks=lambda _rho: _HINGE,
    curve_titles=(tr("hinge loss (sum over outputs)"), tr("hinge loss")),
)
PERCEPTRON: Final = Loss(
    name="perceptron",
    title=tr("perceptron"),
    formula=tr("Σ max(0, −t z) over the outputs, t = 1 for the true class, else −1"),
    note=tr(
        "Punishes only what is on the wrong side. With batches of 1 and η = 1 each "
        "step is the perceptron's rule: w ← w + t x for an output that is wrong, "
        "nothing for one that is right. z = 0 is not right: an example counts as "
        "wrong when the rule would correct any output. It stops on data that a line "
        "can part, and never on others."
    ),
    latex=r"C = \sum_{i} \max(0, -t_i z_i)",
    axis=_MARGIN,
    axis_symbol="t z",
    drawn_over=_MARGINS,
    ticks=_TICKS,
    curve=lambda m, _rho: np.maximum(0, -m),
    forms={
        "step": LossForm(
            _perceptron_terms,
            _perceptron_gradient,
            CostText(
                f"max(0, {MINUS}t z)",
                tr(
                    "An output counts when it is on the wrong side of 0: z should be "
                    "above for the true class, where t = 1, and below for the others, "
                    "where t = {minus}1.",
                    minus=MINUS,
                ),
                gradient=(
                    tr("{minus}t if t z ≤ 0, else 0", minus=MINUS),
                    tr("past the step, whose slope is 0"),
                ),
                gradient_sentence=tr(
                    "A step has no slope to go back through, so what is shown is ∂C/∂z."
                ),
                delta=tr(
                    "The cost looks at z itself, past the step: delta is {minus}t "
                    "where the output is wrong, so that a step adds t · x, and 0 "
                    "where it is right.",
                    minus=MINUS,
                ),
            ),
            delta=_perceptron_gradient,
            pieces=lambda o: pieces_between(_PERCEPTRON, _margins(o)),
            t=_sign,
        )
    },
    kinks=lambda _rho: _PERCEPTRON,
    curve_titles=(tr("perceptron loss (sum over outputs)"), tr("perceptron loss")),
    counts_mistakes=True,
)
