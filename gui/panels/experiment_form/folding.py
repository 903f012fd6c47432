"""Which rows of the form are shown where not all of them fit: pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MEMORY_ROW: Final = "memory"
ORDER: Final = (
    "data.features",
    "training.seed",
    "training.schedule",
    "data.validation_fraction",
    "data.noise",
    "training.l1",
    "training.l2",
    "training.dropout",
    "data.outputs",
    "data.n_points",
    "data.seed",
    "network.initializer",
    "network.bias",
    "data.train_fraction",
    "training.early_stopping",
    "training.warmup_steps",
    "data.shuffled_labels",
    "data.path",
    "data.scaling",
    "training.beta1",
    "training.beta2",
    "training.rms_decay",
    "training.epsilon",
    MEMORY_ROW,
)
"""Rows that may be folded away; the first of them is shown first.

All others are always shown: learning rate, optimiser, batch size, loss, data set and
layers, and what these need.
"""


@dataclass(frozen=True, slots=True)
class FoldableRow:
    """A row that may be folded away.

    Attributes:
        key: of the experiment.
        section: the number of its section.
        height: with the space below it.
        is_held: shown in any case: its section is open, its value is not the usual
            one or refused, or it has the focus.
    """

    key: str
    section: int
    height: int
    is_held: bool


def folded_rows(
    rows: Sequence[FoldableRow], room: int, line_height: int
) -> tuple[str, ...]:
    """The keys of the rows that do not fit.

    Args:
        rows: in any order.
        room: height for the rows and the lines that name what is folded.
        line_height: of such a line, one for each section with folded rows.
    """
    by_rank = sorted(rows, key=lambda row: ORDER.index(row.key))
    shown = [row for row in by_rank if row.is_held]
    waiting = [row for row in by_rank if not row.is_held]
    while waiting:
        wanted = [*shown, waiting[0]]
        lines = {row.section for row in waiting[1:]}
        # The last row of a section is as high as the line that would name it alone.
        needed = sum(row.height for row in wanted) + line_height * len(lines)
        if needed > room:
            break
        shown = wanted
        waiting = waiting[1:]
    return tuple(row.key for row in waiting)
