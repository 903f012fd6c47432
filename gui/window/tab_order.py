"""Where Tab leads: to the panels in the order of the View menu, however late made."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def set_tab_order(panels: Sequence[QWidget]) -> None:
    """Let Tab go from panel to panel, and from the last on to what followed the first.

    Qt puts what is made late at the end, behind the tool bar.
    """
    controls = [control for panel in panels for control in controls_in(panel)]
    for before, after in pairwise(controls):
        QWidget.setTabOrder(before, after)


def controls_in(panel: QWidget) -> list[QWidget]:
    """The controls in a panel that Tab leads to, shown or not, in that order."""
    controls: list[QWidget] = []
    # They mostly follow each other: the rest of the window need not be walked.
    left = len(panel.findChildren(QWidget))
    widget = panel.nextInFocusChain()
    while left and widget is not None and widget is not panel:
        if panel.isAncestorOf(widget):
            left -= 1
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                controls.append(widget)
        widget = widget.nextInFocusChain()
    return controls
