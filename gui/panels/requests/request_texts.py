"""The texts above and below the table of requests."""

from typing import Final

from core.descriptions.optimizers import OPTIMIZERS
from gui.panels.requests.request_table import RequestTable
from gui.panels.requests.row_choice import Choice, ListedRows
from gui.session.parameter_names import name_of
from gui.session.view_state import View
from gui.style.number_format import count, short

NO_RUN: Final = "No network yet. Start a run to see the requests of its batches."
WAITING: Final = "The requests of the batch are shown after the next step."

RESIDUAL: Final = (
    "The training gradient differs from the mean of these: dropout (or another "
    "random effect) is active."
)


def batch_line(table: RequestTable) -> str:
    """The batch, and whether its step has been taken."""
    step, size = count(table.batch.step), len(table.batch.labels)
    examples = f"each of its {count(size)} examples asks for"
    if size == 1:
        examples = "its example asks for"
    if table.change is None:
        return f"Next batch, for step {step}: what {examples}"
    return f"Batch of step {step}: what {examples}"


def rule_line(table: RequestTable) -> str:
    """How the optimiser computes the change from the requests."""
    rate = f"learning rate {short(table.learning_rate)}"
    if not table.is_plain:
        return f"{OPTIMIZERS[table.record.optimizer].formula}; {rate}"
    asked = "mean" if table.penalty is None else "(mean + penalty)"
    return f"change = learning rate \N{MULTIPLICATION SIGN} {asked}; {rate}"


def rows_line(view: View, choice: Choice, rows: ListedRows, *, chosen: bool) -> str:
    """The listed rows, and how many are left out."""
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
    return (
        line
        if chosen
        else f"{line}. No unit selected; showing the one with the largest request"
    )


def scale_line(limit: float) -> str:
    """The meaning of the colours."""
    return (
        f"blue: raise, orange: lower; full colour is {short(limit)}, the largest "
        "request listed, rounded up"
    )
