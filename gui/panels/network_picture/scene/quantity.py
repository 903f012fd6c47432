"""What the edges show: the weights, the nudges, or the signal."""

from typing import Final, Literal, cast

import numpy as np
import numpy.typing as npt

from core.arrays import FloatArray
from core.values.parameter import Parameter
from core.values.words import tr
from gui.session.view_state import View

Places = npt.NDArray[np.intp]
Quantity = Literal["weights", "nudges", "signal"]

QUANTITIES: Final[tuple[Quantity, ...]] = ("weights", "nudges", "signal")
TITLES: Final[dict[Quantity, str]] = {
    "weights": tr("Weights"),
    "nudges": tr("Nudges"),
    "signal": tr("Signal"),
}
FIRST_VIEWS: Final[dict[str, Quantity]] = {
    "step": "nudges",
    "batch": "nudges",
    "backprop": "signal",
    "digits": "signal",
}
"""What the edges show in a workspace at first, where it is not the weights."""
EXPLANATIONS: Final[dict[Quantity, str]] = {
    "weights": tr("Each edge shows its weight w"),
    "nudges": tr("Each edge shows its nudge, minus ∂C/∂w of the current batch"),
    "signal": tr("Each edge shows its signal, w times the activation a of its source"),
}
SIGN_WORDS: Final[dict[Quantity, tuple[str, str]]] = {
    "weights": (tr("positive"), tr("negative")),
    "nudges": (tr("raise"), tr("lower")),
    "signal": (tr("adds"), tr("takes away")),
}
"""What a positive and a negative edge is, for the key of the colours."""
SYMBOLS: Final[dict[Quantity, str]] = {
    "weights": "w",
    "nudges": "\N{MINUS SIGN}∂C/∂w",
    "signal": "w\N{MIDDLE DOT}a",
}


def edge_values(view: View, quantity: Quantity, layer: int) -> FloatArray | None:
    """(n_out, n_in) values of the edges into computed layer `layer`, if known."""
    weights = view.params[layer - 1][0]
    if quantity == "weights":
        return weights
    if quantity == "signal":
        return _products(weights, view.trace.layer(layer - 1))
    if view.snapshot.gradient is None:
        return None
    return cast("FloatArray", np.negative(view.snapshot.gradient[layer - 1][0]))


def bias_values(view: View, quantity: Quantity, layer: int) -> FloatArray | None:
    """(n_out,) what the marks of the biases show beside these edges, if known.

    Beside nudges it is the biases' own nudges. Beside signals it is the biases
    themselves: a bias is what it adds to z.
    """
    if quantity != "nudges":
        return view.params[layer - 1][1]
    if view.snapshot.gradient is None:
        return None
    return cast("FloatArray", np.negative(view.snapshot.gradient[layer - 1][1]))


def _products(weights: FloatArray, activations: FloatArray) -> FloatArray:
    """The terms w·a; of a network that has diverged they may be infinite."""
    with np.errstate(over="ignore", invalid="ignore"):
        return weights * activations


def values_at(
    view: View, quantity: Quantity, layer: int, units: Places, sources: Places
) -> FloatArray | None:
    """Values of some edges, without computing the others."""
    weights = view.params[layer - 1][0][units, sources]
    if quantity == "weights":
        return weights
    if quantity == "signal":
        return _products(weights, view.trace.layer(layer - 1)[sources])
    if view.snapshot.gradient is None:
        return None
    return cast(
        "FloatArray", np.negative(view.snapshot.gradient[layer - 1][0][units, sources])
    )


def edge_value(view: View, quantity: Quantity, weight: Parameter) -> float | None:
    """The value of one edge."""
    places = np.array([weight.unit]), np.array([weight.source])
    values = values_at(view, quantity, weight.layer, *places)
    return None if values is None else float(values[0])
