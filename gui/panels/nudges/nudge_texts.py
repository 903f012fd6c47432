"""The lines below the nudge table: what is listed, and what is not."""

from core.values.parameter import Parameter
from gui.panels.nudges.row_filter import RowFilter, filter_of_selection, listed_ids
from gui.session.parameter_names import name_of
from gui.session.selection import Selection
from gui.session.view_state import Run
from gui.style.number_format import count

NO_RUN = "No network yet. Start a run to see its nudges."
WAITING = "Nudges are shown after the next step."


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
