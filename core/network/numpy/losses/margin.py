"""The margin loss of a softmax: m = p of the true class - the largest other p.

A target above 0 marks the true class. Of equal rivals the first counts.
"""

from typing import Final

import numpy as np

from core.network.numpy.array_functions import Array
from core.network.numpy.kinks import Kink
from core.network.numpy.losses.record import CostText, Loss, LossForm, Outputs
from core.values.words import tr

MINUS: Final = "\N{MINUS SIGN}"


def margin_and_rival(o: Outputs) -> tuple[Array, Array]:
    """(...,) margin of each example, and the class that comes nearest to the true one.

    A network of a single output has no other one, and its margin is 0.
    """
    xp, p, is_true = o.xp, o.a, o.target > 0
    others = xp.where(is_true, -1, p)
    rival = xp.argmax(others, axis=-1)
    true = xp.sum(xp.where(is_true, p, 0), axis=-1)
    if p.shape[-1] == 1:
        return true - true, rival
    nearest = xp.take_along_axis(others, rival[..., None], axis=-1)[..., 0]
    return true - nearest, rival


def _terms(o: Outputs) -> Array:
    """1 for m <= 0, 1 - m / rho up to rho, 0 beyond; flat at both kinks."""
    m, _ = margin_and_rival(o)
    # Asked this way round, what is no number stays none.
    value = o.xp.where(m >= o.rho, 0, o.xp.where(m <= 0, 1, 1 - m / o.rho))
    return o.xp.where(o.target > 0, value[..., None], 0).astype(o.z.dtype)


def _gradient(o: Outputs) -> Array:
    """-1 / rho for the true class and 1 / rho for its rival where 0 < m < rho."""
    xp = o.xp
    m, rival = margin_and_rival(o)
    is_rival = rival[..., None] == xp.arange(o.z.shape[-1])
    signs = xp.where(o.target > 0, -1, xp.where(is_rival, 1, 0))
    is_slanted = (m > 0) & (m < o.rho)
    return xp.where(is_slanted[..., None], signs / o.rho, 0).astype(o.z.dtype)


def _pieces(o: Outputs) -> Array:
    m, rival = margin_and_rival(o)
    return np.stack([m > 0, m > o.rho, rival], axis=-1)


MARGIN: Final = Loss(
    name="margin",
    title=tr("softmax margin"),
    formula=tr("1 for m ≤ 0, 1 − m/ρ up to ρ, 0 beyond; m = p_c − the largest other p"),
    note=tr(
        "Counts a mistake as 1, however bad it is, and a right answer by a margin "
        "below ρ in part. Where m ≤ 0 it is flat: what is wrong gives no gradient, so "
        "begin from a network that reads most examples right."
    ),
    latex=r"C = \min(1, \max(0, 1 - \frac{m}{\rho}))",
    axis=tr("margin m = p of the true class − the largest other p"),
    axis_symbol="m",
    drawn_over=(-1.0, 1.0),
    ticks=(-1.0, 0.0, 1.0),
    curve=lambda m, rho: np.where(m <= 0, 1, np.maximum(0, 1 - m / rho)),
    forms={
        "softmax": LossForm(
            _terms,
            _gradient,
            CostText(
                tr("margin loss"),
                tr(
                    "The margin m is p of the true class minus the largest other p. C "
                    "is 1 for m ≤ 0, 1 {minus} m/ρ up to ρ and 0 beyond.",
                    minus=MINUS,
                ),
                gradient=(
                    tr("∓1/ρ if 0 < m < ρ, else 0"),
                    tr("for the true class and its rival"),
                ),
            ),
            pieces=_pieces,
        )
    },
    reads_rho=True,
    caution=tr(
        "examples that are classified wrongly give no gradient, so that a fresh "
        "network may stay where guessing is: begin from a trained one"
    ),
    kinks=lambda rho: (Kink(0.0, 0.0), Kink(rho, 0.0)),
    curve_titles=(tr("margin loss (0 to 1)"), tr("margin loss")),
)
