"""What the panel of requests says above and below its table."""

from typing import Final

from core.descriptions.optimizers import OPTIMIZERS
from gui.panels.requests.request_table import RequestTable
from gui.panels.requests.row_choice import Choice, ListedRows
from gui.session.parameter_names import name_of
from gui.session.view_state import View
from gui.style.number_format import count, short

NO_RUN: Final = "Nothing is loaded yet."
WAITING: Final = "What the batch asks for comes with the next step."

RESIDUAL: Final = (
    "The step's own gradient differs from these requests: something acts in training "
    "that is not of one example alone, such as dropout."
)


def batch_line(table: RequestTable) -> str:
    """Which batch it is and how far it is."""
    step, size = count(table.batch.step), len(table.batch.labels)
    examples = f"each of its {count(size)} examples asks for"
    if size == 1:
        examples = "its example asks for"
    if table.change is None:
        return f"Next batch, for step {step}: what {examples}"
    return f"Batch of step {step}: what {examples}"


def rule_line(table: RequestTable) -> str:
    """What the optimiser makes of the requests."""
    rate = f"learning rate {short(table.learning_rate)}"
    if not table.is_plain:
        return f"{OPTIMIZERS[table.record.optimizer].formula}; {rate}"
    asked = "mean" if table.penalty is None else "(mean + penalty)"
    return f"change = learning rate \N{MULTIPLICATION SIGN} {asked}; {rate}"


def rows_line(view: View, choice: Choice, rows: ListedRows, *, chosen: bool) -> str:
    """Which rows are listed, and what is left out."""
    listed = f"{count(len(rows))} of {count(rows.of)}"
    if choice == "largest":
        return f"The largest {listed} parameters by the size of their mean request"
    if choice == "sample":
        return (
            f"{listed} parameters at random, equally many of each layer, among those "
            "that some example asks to change"
        )
    where = name_of(view.run, rows.parameter(0).owner)
    whole = "All " if len(rows) == rows.of else ""
    line = f"{whole}{listed} parameters into {where}, weights by mean |activation "
    line += "\N{MULTIPLICATION SIGN} delta|"
    return line if chosen else f"{line}. No unit is selected: this one asks for most"


def scale_line(limit: float) -> str:
    """What the colours mean."""
    return (
        f"blue: raise, orange: lower; full colour is {short(limit)}, the largest "
        "request listed, rounded up"
    )
