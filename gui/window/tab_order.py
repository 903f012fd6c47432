"""Where Tab leads: to the panels in the order of the View menu, however late made."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def set_tab_order(panels: Sequence[QWidget]) -> None:
    """Let Tab go from panel to panel, and from the last on to what followed the first.

    Qt puts what is made late at the end, behind the tool bar.
    """
    controls = [control for found in controls_of(panels) for control in found]
    for before, after in pairwise(controls):
        QWidget.setTabOrder(before, after)


def controls_of(panels: Sequence[QWidget]) -> list[list[QWidget]]:
    """The controls in each panel that Tab leads to, shown or not, in that order."""
    # The window has a thousand widgets, so its ring is walked once for all panels.
    panel_of = {
        widget: panel for panel in panels for widget in panel.findChildren(QWidget)
    }
    after: dict[QWidget, list[QWidget]] = {panel: [] for panel in panels}
    before: dict[QWidget, list[QWidget]] = {panel: [] for panel in panels}
    passed: set[QWidget] = set()
    for widget in _ring(panels[0]) if panels else ():
        if widget in after:
            passed.add(widget)
        panel = panel_of.get(widget)
        if panel is not None and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            (after if panel in passed else before)[panel].append(widget)
    return [after[panel] + before[panel] for panel in panels]


def _ring(first: QWidget) -> Iterator[QWidget]:
    """All widgets of the window in the order of Tab, once."""
    widget: QWidget | None = first
    while widget is not None:
        yield widget
        widget = widget.nextInFocusChain()
        if widget is first:
            return
