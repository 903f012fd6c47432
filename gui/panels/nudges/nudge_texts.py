"""The lines around the nudge table: the batch, the rule, what is listed."""

from core.values.parameter import Parameter
from gui.panels.nudges.nudge_rows import NudgeValues
from gui.panels.nudges.row_filter import RowFilter, filter_of_selection, listed_ids
from gui.session.parameter_names import name_of
from gui.session.selection import Selection
from gui.session.view_state import Run, View
from gui.style.number_format import MINUS, count, fixed, full, short

NO_RUN = "No network yet: the nudges of its parameters appear here."
WAITING = "The nudges come with the next step."
BLANK = "\N{FIGURE SPACE}"


def batch_line(view: View) -> str:
    """Which batch asks, and its loss before and after."""
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
    """How long the gradient is, and how a nudge becomes a change."""
    rate = short(view.snapshot.learning_rate)
    training = view.run.experiment.training
    if training.optimizer == "sgd":
        times = "\N{MULTIPLICATION SIGN}"
        rule = f"change = {MINUS}learning rate {times} gradient = {rate} {times} nudge"
    else:
        rule = f"learning rate {rate}; {training.optimizer} has shaped the change"
    if training.l1 or training.l2:
        rule += "; penalties on the weights included"
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
    """How many rows there are, and of which step their order is."""
    text = f"{count(listed)} of {count(total)} parameters"
    if wanted.impossible:
        text += " (nothing fits all filters)"
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
