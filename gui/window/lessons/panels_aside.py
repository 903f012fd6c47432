"""What panels do otherwise while a lesson is open: the own drawing waits."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.panels.compare.compare_panel import ComparePanel
    from gui.panels.curves.curves_panel import CurvesPanel
    from gui.panels.drawing.draw_panel import Drawing, DrawPanel
    from gui.panels.network_picture.network_panel import NetworkPanel
    from gui.panels.network_picture.scene.quantity import Quantity
    from gui.window.main_window import MainWindow


def _panel(window: "MainWindow") -> "DrawPanel | None":
    """The pad, if somebody has looked at it."""
    # Asking the table itself would make it.
    found: DrawPanel | None = dict(window.panels).get("draw")  # type: ignore[assignment]
    return found


def own_drawing(window: "MainWindow") -> "Drawing | None":
    """Take the drawing from the pad."""
    panel = _panel(window)
    return None if panel is None else panel.put_aside()


def bring_back(window: "MainWindow", drawing: "Drawing | None") -> None:
    """Put it back, in place of what was drawn in the lesson."""
    panel = _panel(window)
    if panel is None:
        return
    if drawing is None:
        panel.put_aside()
    else:
        panel.bring_back(drawing)


def own_choices(window: "MainWindow") -> "Mapping[str, Quantity] | None":
    """What the picture of the network shows in each workspace."""
    panel: NetworkPanel | None = dict(window.panels).get("network")  # type: ignore[assignment]
    return None if panel is None else panel.chosen


def bring_choices_back(
    window: "MainWindow", chosen: "Mapping[str, Quantity] | None"
) -> None:
    """As it was before the lesson."""
    panel: NetworkPanel | None = dict(window.panels).get("network")  # type: ignore[assignment]
    if panel is not None and chosen is not None:
        panel.chosen = chosen


def forget_previous_run(window: "MainWindow") -> None:
    """The run that comes back does not follow those of the lesson."""
    panel: CurvesPanel | None = dict(window.panels).get("curves")  # type: ignore[assignment]
    if panel is not None:
        panel.forget_previous()


def let_compare_wait(window: "MainWindow", *, on: bool) -> None:
    """Comparisons of a lesson train when the reader asks, after the prediction."""
    if not on and "compare" not in dict(window.panels):
        return
    panel: ComparePanel = window.panels["compare"]  # type: ignore[assignment]
    panel.waits_to_be_asked = on
