"""Which examples of the test set to show, and in which order: pure functions."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.arrays import FloatArray, IntArray
from core.protocol.messages import Evaluated

Verdict = Literal["all", "wrong", "right"]
Sorting = Literal["index", "least sure", "most sure"]


@dataclass(frozen=True, slots=True)
class ExampleFilter:
    """The filter and order that the user has chosen.

    Attributes:
        verdict: by whether they are classified correctly.
        true_class: only this class, None for all.
        guess: only those predicted as this class, None for all.
        sorting: by position in the split, or by the network's confidence.
    """

    verdict: Verdict = "all"
    true_class: int | None = None
    guess: int | None = None
    sorting: Sorting = "index"

    @property
    def needs_evaluation(self) -> bool:
        """Whether it depends on predictions."""
        return self.verdict != "all" or self.guess is not None

    @property
    def in_index_order(self) -> bool:
        return self.sorting == "index"


def matching(
    chosen: ExampleFilter,
    labels: IntArray,
    evaluation: Evaluated | None,
    errors: FloatArray | None = None,
) -> IntArray:
    """Indices of the examples that pass the filter, in the requested order.

    Without an evaluation no prediction is known, so a filter that asks
    for it lets nothing through, and sorting leaves the order of the split. Where there
    are targets, `errors` (n,) stand for how unsure the network is.
    """
    keep = np.ones(len(labels), np.bool_)
    if chosen.true_class is not None:
        keep &= labels == chosen.true_class
    if evaluation is None:
        if chosen.needs_evaluation:
            keep[:] = False
        return np.flatnonzero(keep).astype(np.int32)
    if chosen.verdict != "all":
        keep &= (evaluation.predicted == labels) == (chosen.verdict == "right")
    if chosen.guess is not None:
        keep &= evaluation.predicted == chosen.guess
    order = np.flatnonzero(keep)
    if not chosen.in_index_order:
        sure = (evaluation.confidence if errors is None else -errors)[order]
        sign = 1 if chosen.sorting == "least sure" else -1
        order = order[np.argsort(sign * sure, kind="stable")]
    return order.astype(np.int32)


def nearest_position(order: IntArray, index: int) -> int:
    """The position of `index` in an ascending order, present or not."""
    return int(np.searchsorted(order, index))
