"""What panels do otherwise while a lesson is open: the own drawing waits."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.panels.compare.compare_panel import ComparePanel
    from gui.panels.drawing.draw_panel import Drawing, DrawPanel
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


def let_compare_wait(window: "MainWindow", *, on: bool) -> None:
    """Comparisons of a lesson train when the reader asks, after the prediction."""
    if not on and "compare" not in dict(window.panels):
        return
    panel: ComparePanel = window.panels["compare"]  # type: ignore[assignment]
    panel.waits_to_be_asked = on
