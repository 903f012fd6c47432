"""How the cost of each loss is written: its terms, and dC/da of an output."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.network.numpy.backprop import FUSED_LOSS
from gui.session.view_state import View
from gui.style.number_format import MINUS


@dataclass(frozen=True, slots=True)
class CostWords:
    """The words of one loss with one output activation.

    Attributes:
        term: what an output adds to C, as the head of a column.
        sentence: what C is.
        factor: k in dC/da = k (a - t); None where dC/da is no such product.
        gradient: dC/da in symbols and the words below them, where factor is None.
        delta: how dC/dz comes about, where it is no product with a slope.
    """

    term: str
    sentence: str
    factor: int | None = None
    gradient: tuple[str, str] = ("", "")
    delta: str = ""


_SQUARE: Final = f"(a {MINUS} t)²"
_WORDS: Final[Mapping[tuple[str, str], CostWords]] = {
    ("squared-error", ""): CostWords(
        _SQUARE,
        "Each output differs from what it should be; the squares add up to C.",
        factor=2,
    ),
    ("half-squared-error", ""): CostWords(
        f"½ {_SQUARE}",
        "Each output differs from what it should be; half the squares add up to C.",
        factor=1,
    ),
    ("absolute-error", ""): CostWords(
        f"|a {MINUS} t|",
        "Each output differs from what it should be; the differences add up to C.",
        gradient=(f"sign( a {MINUS} t )", "1 above the target, -1 below it"),
    ),
    ("hinge", ""): CostWords(
        f"max(0, 1 {MINUS} t z)",
        "An output counts until it is 1 beyond 0 on its side: above for the true "
        f"class, where t = 1, below for the others, where t = {MINUS}1.",
        gradient=(f"{MINUS}t if t z < 1, else 0", "t = 1 for the true class, else -1"),
    ),
    ("margin", ""): CostWords(
        "margin loss",
        f"The margin m is p of the true class minus the largest other p. C is 1 for m "
        f"≤ 0, 1 {MINUS} m/ρ up to ρ and 0 beyond.",
        gradient=("∓1/ρ if 0 < m < ρ, else 0", "for the true class and its rival"),
    ),
    ("perceptron", ""): CostWords(
        f"max(0, {MINUS}t z)",
        "An output counts when it is on the wrong side of 0: z should be above for the "
        f"true class, where t = 1, and below for the others, where t = {MINUS}1.",
        gradient=(f"{MINUS}t if t z ≤ 0, else 0", "past the step, whose slope is 0"),
        delta=f"The cost looks at z itself, past the step: delta is {MINUS}t where the "
        "output is wrong, so that a step adds t · x, and 0 where it is right.",
    ),
    (FUSED_LOSS, "softmax"): CostWords(
        f"{MINUS}t log p",
        "C is minus the logarithm of the true class's output, in nats.",
    ),
    (FUSED_LOSS, "sigmoid"): CostWords(
        f"{MINUS}t log a {MINUS} (1 {MINUS} t) log(1 {MINUS} a)",
        f"C adds up {MINUS}log a for the true class and {MINUS}log(1 {MINUS} a) "
        "for the others.",
    ),
}


def cost_words(view: View) -> CostWords:
    """The words of the run's loss."""
    loss = view.run.experiment.training.loss
    output = view.spec.activations[-1]
    return _WORDS[loss, output if loss == FUSED_LOSS else ""]
