"""How the cost of each loss is written: its terms, and dC/da of an output."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.network.numpy.backprop import FUSED_LOSS
from gui.session.view_state import View
from gui.style.number_format import MINUS


@dataclass(frozen=True, slots=True)
class CostTexts:
    """The texts for one loss with one output activation.

    Attributes:
        term: what an output adds to C, as the header of a column.
        sentence: what C is.
        factor: k in dC/da = k (a - t); None where dC/da is no such product.
        gradient: dC/da in symbols and the text below them, where factor is None.
        delta: how dC/dz is computed, where it is not a product with a slope.
    """

    term: str
    sentence: str
    factor: int | None = None
    gradient: tuple[str, str] = ("", "")
    delta: str = ""


_SQUARE: Final = f"(a {MINUS} t)²"
_TEXTS: Final[Mapping[tuple[str, str], CostTexts]] = {
    ("squared-error", ""): CostTexts(
        _SQUARE,
        "C is the sum of the squared differences between outputs and targets.",
        factor=2,
    ),
    ("half-squared-error", ""): CostTexts(
        f"½ {_SQUARE}",
        "C is half the sum of the squared differences between outputs and targets.",
        factor=1,
    ),
    ("absolute-error", ""): CostTexts(
        f"|a {MINUS} t|",
        "C is the sum of the absolute differences between outputs and targets.",
        gradient=(f"sign( a {MINUS} t )", "1 above the target, -1 below it"),
    ),
    ("hinge", ""): CostTexts(
        f"max(0, 1 {MINUS} t z)",
        "An output contributes unless z is on its side of 0 by at least 1: above for "
        f"the true class, where t = 1, below for the others, where t = {MINUS}1.",
        gradient=(f"{MINUS}t if t z < 1, else 0", "t = 1 for the true class, else -1"),
    ),
    ("margin", ""): CostTexts(
        "margin loss",
        f"The margin m is p of the true class minus the largest other p. C is 1 for m "
        f"≤ 0, 1 {MINUS} m/ρ up to ρ and 0 beyond.",
        gradient=("∓1/ρ if 0 < m < ρ, else 0", "for the true class and its rival"),
    ),
    ("perceptron", ""): CostTexts(
        f"max(0, {MINUS}t z)",
        "An output contributes when z is on the wrong side of 0: it should be above "
        f"for the true class, where t = 1, below for the others, where t = {MINUS}1.",
        gradient=(f"{MINUS}t if t z ≤ 0, else 0", "past the step, whose slope is 0"),
        delta=f"The cost depends on z itself, not on the step: delta is {MINUS}t where "
        "the output is wrong, so that a step adds t · x, and 0 where it is right.",
    ),
    (FUSED_LOSS, "softmax"): CostTexts(
        f"{MINUS}t log p",
        "C is minus the logarithm of the true class's output, in nats.",
    ),
    (FUSED_LOSS, "sigmoid"): CostTexts(
        f"{MINUS}t log a {MINUS} (1 {MINUS} t) log(1 {MINUS} a)",
        f"C is the sum of {MINUS}log a for the true class and {MINUS}log(1 {MINUS} a) "
        "for the others.",
    ),
}


def cost_texts(view: View) -> CostTexts:
    """The texts for the run's loss."""
    loss = view.run.experiment.training.loss
    output = view.spec.activations[-1]
    return _TEXTS[loss, output if loss == FUSED_LOSS else ""]
