"""The strip above the table of requests, and the texts below it."""

from typing import Final

from core.descriptions.optimizers import OPTIMIZERS
from core.values.words import tr
from gui.panels.requests.request_table import RequestTable
from gui.panels.requests.row_choice import Choice, ListedRows
from gui.panels.requests.sum_columns import numbers_text
from gui.session.parameter_names import name_of
from gui.session.view_state import View
from gui.style import theme
from gui.style.number_format import count, counted, short
from gui.widgets.strips.figures import Figure, figure

NO_RUN: Final = tr("No network yet. Start a run to see the requests of its batches.")
WAITING: Final = tr("The requests of this step's batch are being computed.")

RESIDUAL: Final = tr("dropout or another random effect adds to it")


def batch_figures(table: RequestTable) -> tuple[Figure, ...]:
    """The question of the batch, and how its answer becomes a change."""
    step, size = count(table.batch.step), len(table.batch.labels)
    asked = tr("what each of {size} examples asks for", size=count(size))
    if size == 1:
        asked = tr("what its example asks for")
    name = tr("Batch of step {step}", step=step)
    if table.change is None:
        name = tr("Next batch, for step {step}", step=step)
    return figure(name, asked), _rule(table)


def _rule(table: RequestTable) -> Figure:
    """How the optimiser computes the change from the requests."""
    rate = short(table.learning_rate)
    residual = f"; {RESIDUAL}" if table.has_residual else ""
    if not table.is_plain:
        formula = OPTIMIZERS[table.record.optimizer].formula
        asked = tr("mean") if table.penalty is None else tr("together")
        name = tr(
            "each row, g = −{asked}, {numbers}{residual}",
            asked=asked,
            numbers=numbers_text(table),
            residual=residual,
        )
        return figure(name, formula, at_end=True)
    asked = tr("mean") if table.penalty is None else tr("(mean + penalty)")
    rule = tr("{asked} \N{MULTIPLICATION SIGN} {rate} = change", asked=asked, rate=rate)
    return figure(tr("each row{residual}", residual=residual), rule, at_end=True)


def rows_line(view: View, choice: Choice, rows: ListedRows, *, chosen: bool) -> str:
    """The listed rows, and how many are left out."""
    of = counted(rows.of, "parameter")
    listed = tr("{rows} of {of}", rows=count(len(rows)), of=of)
    if choice == "largest":
        return tr(
            "The largest {listed} by the size of their mean request",
            listed=listed,
        )
    if choice == "sample":
        return tr(
            "{listed} at random, equally many of each layer, among those "
            "that some example asks to change",
            listed=listed,
        )
    where = name_of(view.run, rows.parameter(0).owner)
    whole = tr("All ") if len(rows) == rows.of else ""
    line = tr(
        "{whole}{listed} into {where}, weights by mean |activation ",
        whole=whole,
        listed=listed,
        where=where,
    )
    line += tr("\N{MULTIPLICATION SIGN} delta|")
    return (
        line
        if chosen
        else tr(
            "{line}. No unit selected; showing the one with the largest request",
            line=line,
        )
    )


def scale_line(limit: float) -> str:
    """The meaning of the colours."""
    positive, negative = theme.sign_words()
    return tr(
        "{positive}: raise, {negative}: lower; full colour is {limit}",
        positive=positive,
        negative=negative,
        limit=short(limit),
    )
