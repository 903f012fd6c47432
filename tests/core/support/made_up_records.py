"""An activation and a loss that no table has: what a new entry has to bring."""

import math
from typing import Final

import numpy as np
import pytest

from core.network.numpy.activations.record import Activation
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.losses.record import CostText, Loss, LossForm
from core.network.numpy.losses.table import LOSSES

SOFTSIGN: Final = Activation(
    name="softsign",
    title="soft sign",
    formula="f(z) = z / (1 + |z|)",
    note="Bends towards -1 and 1.",
    latex=r"f(z) = \frac{z}{1 + |z|}",
    slope_formula="f'(z) = 1 / (1 + |z|)²",
    slope_latex=r"f'(z) = \frac{1}{(1 + |z|)^2}",
    function=lambda xp, z: z / (1 + xp.absolute(z)),
    slope=lambda xp, z: 1 / (1 + xp.absolute(z)) ** 2,
    range=(-1.0, 1.0),
    saturates=True,
    is_output=True,
)
LOG_COSH: Final = Loss(
    name="log-cosh",
    title="log cosh",
    formula="Σ ln cosh(a - t) over the outputs",
    note="A smooth absolute error.",
    latex=r"C = \sum_{i} \ln \cosh(a_i - t_i)",
    axis="error",
    axis_symbol="a - t",
    drawn_over=(-2.0, 2.0),
    ticks=(-2.0, 0.0, 2.0),
    curve=lambda e, _rho: np.log(np.cosh(e)),
    form=LossForm(
        lambda o: o.a - o.target + o.xp.softplus(2 * (o.target - o.a)) - math.log(2),
        lambda o: o.xp.tanh(o.a - o.target),
        CostText(
            "ln cosh", "The errors add up.", gradient=("tanh( a )", "of the error")
        ),
    ),
    targets="any",
    curve_titles=("log cosh (sum over outputs)", "log cosh"),
)


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The two stand in the tables, as they would for good."""
    monkeypatch.setitem(ACTIVATIONS, SOFTSIGN.name, SOFTSIGN)
    monkeypatch.setitem(LOSSES, LOG_COSH.name, LOG_COSH)
