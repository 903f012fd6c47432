"""The lines below the nudge table: what is listed, and what is not."""

from core.values.parameter import Parameter
from core.values.words import tr
from gui.panels.nudges.row_filter import RowFilter, filter_of_selection, listed_ids
from gui.session.parameter_names import name_of
from gui.session.selection import Selection
from gui.session.view_state import Run
from gui.style.number_format import count, counted

NO_RUN = tr("No network yet. Start a run to see its nudges.")
WAITING = tr("The nudges of this step's batch are being computed.")


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
    of = counted(total, "parameter")
    text = tr("{listed} of {of}", listed=count(listed), of=of)
    if wanted.impossible:
        text += tr(" (none passes all filters)")
    if sorted_at is not None and sorted_at != step:
        text += tr(", order as of step {sorted_at}", sorted_at=count(sorted_at))
    if not_understood:
        opened, closed = (
            "\N{LEFT DOUBLE QUOTATION MARK}",
            "\N{RIGHT DOUBLE QUOTATION MARK}",
        )
        text = tr(
            "Not understood: {opened}{not_understood}{closed}. {text}",
            opened=opened,
            not_understood=not_understood,
            closed=closed,
            text=text,
        )
    return text


def notice(run: Run, chosen: Selection) -> tuple[str, str]:
    """Why no row is marked for what is selected, and what a button offers."""
    name = name_of(run, chosen)
    if isinstance(chosen, Parameter):
        return tr("Filtered out: {name}", name=name), tr("Show it")
    number = len(listed_ids(run, filter_of_selection(chosen)))
    return f"{name}: {counted(number, 'parameter')}", tr("Show only these")
