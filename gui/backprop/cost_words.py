"""How the cost of each loss is written: its terms, and dC/da of an output."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.backprop import FUSED_LOSS
from gui.number_format import MINUS
from gui.view_state import View


@dataclass(frozen=True, slots=True)
class CostWords:
    """The words of one loss with one output activation.

    Attributes:
        term: what an output adds to C, as the head of a column.
        sentence: what C is.
        factor: k in dC/da = k (a - t); None where dC/da is no such product.
    """

    term: str
    sentence: str
    factor: int | None = None


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
    (FUSED_LOSS, "softmax"): CostWords(
        f"{MINUS}log p",
        "C is minus the logarithm of the true class's output, in nats.",
    ),
    (FUSED_LOSS, "sigmoid"): CostWords(
        f"{MINUS}log",
        f"C adds up {MINUS}log a for the true class and {MINUS}log(1 {MINUS} a) "
        "for the others.",
    ),
}


def cost_words(view: View) -> CostWords:
    """The words of the run's loss."""
    loss = view.run.experiment.training.loss
    output = view.spec.activations[-1]
    return _WORDS[loss, output if loss == FUSED_LOSS else ""]
