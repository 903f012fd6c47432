"""Cross-entropy, in nats (Bishop 2006, 5.2).

Its dC/dz is simply output minus target: the output's slope cancels.
"""

from typing import Final

import numpy as np

from core.network.numpy.array_functions import Array
from core.network.numpy.losses.record import CostText, Loss, LossForm, Outputs
from core.values.words import tr

MINUS: Final = "\N{MINUS SIGN}"


def _softmax_terms(o: Outputs) -> Array:
    log_p = o.xp.log_softmax(o.z)
    return o.xp.where(o.target == 0, 0, -o.target * log_p)


def _softmax_gradient(o: Outputs) -> Array:
    return o.xp.where(o.target == 0, 0, -o.target / o.a)


def _sigmoid_terms(o: Outputs) -> Array:
    # log a = -log(1 + exp(-z)), which neither overflows nor rounds a to 1.
    softplus = o.xp.softplus
    return o.target * softplus(-o.z) + (1 - o.target) * softplus(o.z)


def _sigmoid_gradient(o: Outputs) -> Array:
    """-t / a + (1 - t) / (1 - a), from z: 1 - a of a saturated a has no digits."""
    where, exp, t = o.xp.where, o.xp.exp, o.target
    of_true = where(t == 0, 0, -t * (1 + exp(-o.z)))
    return of_true + where(t == 1, 0, (1 - t) * (1 + exp(o.z)))


def _softmax_delta(o: Outputs) -> Array:
    return o.a - o.target


def _sigmoid_delta(o: Outputs) -> Array:
    """Output minus target; 1 - a of a saturated a is the sigmoid of -z."""
    return o.xp.where(o.target == 1, -o.xp.sigmoid(-o.z), o.a - o.target)


def _delta_text(output: str) -> str:
    return tr(
        "With {output} and cross-entropy the slope cancels: delta is the output minus "
        "its target.",
        output=output,
    )


CROSS_ENTROPY: Final = Loss(
    name="cross-entropy",
    title=tr("cross-entropy"),
    formula=tr(
        "-ln p of the true class, in nats; with sigmoid outputs summed over all of them"
    ),
    note=tr(
        "Punishes confidence in what is wrong without bound: p = 1 % costs 4.6, p = "
        "99 % costs 0.01. Its gradient with respect to z is output minus target, so a "
        "wrong output learns fast however flat the activation is there."
    ),
    latex=r"C = -\sum_{i} t_i \ln p_i",
    axis=tr("probability p given to the truth"),
    axis_symbol="p",
    drawn_over=(0.0, 1.0),
    ticks=(0.0, 0.5, 1.0),
    curve=lambda p, _rho: -np.log(np.clip(p, 0, 1)),
    forms={
        "softmax": LossForm(
            _softmax_terms,
            _softmax_gradient,
            CostText(
                tr("{minus}t log p", minus=MINUS),
                tr("C is minus the logarithm of the true class's output, in nats."),
                factor=1,
                delta=_delta_text("softmax"),
            ),
            delta=_softmax_delta,
        ),
        "sigmoid": LossForm(
            _sigmoid_terms,
            _sigmoid_gradient,
            CostText(
                tr("{minus}log a or {minus}log(1 {minus} a)", minus=MINUS),
                tr(
                    "C adds up {minus}log a for the true class and {minus}log(1 "
                    "{minus} a) for the others.",
                    minus=MINUS,
                ),
                factor=1,
                delta=_delta_text("sigmoid"),
            ),
            delta=_sigmoid_delta,
        ),
    },
    targets="probabilities",
    curve_titles=(tr("loss (nats, mean over the batch)"), tr("loss (nats)")),
    unit="nats",
)
