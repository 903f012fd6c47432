"""The lines around the nudge table: the batch, the rule, what is listed."""

from core.descriptions.optimizers import OPTIMIZERS
from core.values.parameter import Parameter
from gui.panels.nudges.nudge_rows import NudgeValues
from gui.panels.nudges.row_filter import RowFilter, filter_of_selection, listed_ids
from gui.session.parameter_names import name_of
from gui.session.selection import Selection
from gui.session.view_state import Run, View
from gui.style.number_format import MINUS, count, fixed, full, short

NO_RUN = "No network yet. Start a run to see its nudges."
WAITING = "Nudges are shown after the next step."
BLANK = "\N{FIGURE SPACE}"


def batch_line(view: View) -> str:
    """The batch, and its loss before and after the step."""
    batch = view.snapshot.batch
    if batch is None:
        return f"Step {count(view.snapshot.step)}"
    name = f"Batch of step {count(batch.step)}"
    before = _plain(batch.loss_before)
    if batch.loss_after is None:
        return f"{name}, not taken yet: loss {before}"
    after = _plain(batch.loss_after)
    return f"{name}: loss {before} \N{RIGHTWARDS ARROW} {after}"


def rule_line(view: View, values: NudgeValues) -> str:
    """The norm of the gradient, and how a nudge becomes a change."""
    rate = short(view.snapshot.learning_rate)
    training = view.run.experiment.training
    if training.optimizer == "sgd":
        times = "\N{MULTIPLICATION SIGN}"
        rule = f"change = {MINUS}learning rate {times} gradient = {rate} {times} nudge"
    else:
        name = OPTIMIZERS[training.optimizer].title
        rule = f"learning rate {rate}; the change is computed by {name}"
    if training.l1 or training.l2:
        rule += "; includes penalties on the weights"
    return f"|gradient| = {_plain(values.norm)}, {rule}"


def status_line(
    listed: int,
    total: int,
    wanted: RowFilter,
    *,
    not_understood: str,
    sorted_at: int | None,
    step: int,
) -> str:
    """The number of rows, and the step of their order."""
    text = f"{count(listed)} of {count(total)} parameters"
    if wanted.impossible:
        text += " (none passes all filters)"
    if sorted_at is not None and sorted_at != step:
        text += f", order as of step {count(sorted_at)}"
    if not_understood:
        opened, closed = (
            "\N{LEFT DOUBLE QUOTATION MARK}",
            "\N{RIGHT DOUBLE QUOTATION MARK}",
        )
        text = f"Not understood: {opened}{not_understood}{closed}. {text}"
    return text


def notice(run: Run, chosen: Selection) -> tuple[str, str]:
    """Why no row is marked for what is selected, and what a button offers."""
    name = name_of(run, chosen)
    if isinstance(chosen, Parameter):
        return f"Filtered out: {name}", "Show it"
    number = len(listed_ids(run, filter_of_selection(chosen)))
    return f"{name}: {count(number)} parameters", "Show only these"


def _plain(value: float) -> str:
    if value != 0 and abs(value) < 5e-5:
        return full(float(f"{value:.2e}"))
    return fixed(value).strip(BLANK)
