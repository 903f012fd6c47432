"""The two S-shaped activations."""

from typing import Final

from core.network.numpy.activations.record import Activation
from core.network.numpy.saturated import sigmoid_slope, tanh_slope
from core.values.words import tr

SIGMOID: Final = Activation(
    name="sigmoid",
    title="sigmoid",
    formula="f(z) = 1 / (1 + exp(−z))",
    note=tr(
        "Presses every z between 0 and 1: an output can be read as a probability. Far "
        "from 0 it is flat, so units there hardly learn."
    ),
    latex=r"f(z) = \frac{1}{1 + e^{-z}}",
    slope_formula="f'(z) = a (1 − a)",
    slope_latex=r"f'(z) = a (1 - a)",
    function=lambda xp, z: xp.sigmoid(z),
    slope=lambda xp, z: sigmoid_slope(xp, z),
    range=(0.0, 1.0),
    initializer="glorot",
    is_output=True,
    is_probability=True,
    saturates=True,
    steepest=0.25,
    drawn_over=(-6.0, 6.0),
)
TANH: Final = Activation(
    name="tanh",
    title="tanh",
    formula=tr("f(z) = tanh(z), from −1 to 1"),
    note=tr(
        "Presses every z between −1 and 1, with 0 at 0. Far from 0 it is flat, so "
        "units there hardly learn."
    ),
    latex=r"f(z) = \tanh(z)",
    slope_formula="f'(z) = 1 − a²",
    slope_latex=r"f'(z) = 1 - a^2",
    function=lambda xp, z: xp.tanh(z),
    slope=lambda xp, z: tanh_slope(xp, z),
    range=(-1.0, 1.0),
    initializer="glorot",
    is_output=True,
    saturates=True,
    other_target=-1.0,
)
