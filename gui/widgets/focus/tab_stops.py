"""The order of Tab: from control to control in reading order, row by row.

Qt's own order is that of creation. To read or change it from Python has
a price: PySide takes the widget that `nextInFocusChain` returns for a child of the one
that was asked, and when that one is deleted it declares what Qt has made below the
other to be deleted, too, such as the menu that `addMenu` returns.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from gui.widgets.focus.fields import last_left
from gui.widgets.focus.focus_return import settle_if_gone


def tab_stops(container: QWidget) -> list[QWidget]:
    """The enabled and visible controls in a container, in reading order."""
    stops: list[QWidget] = []
    for child in in_reading_order(_children(container)):
        inner = tab_stops(child) if _is_looked_into(child) else []
        if _takes_focus(child) and not inner:
            stops.append(child)
        stops += inner
    return stops


def step_focus(
    window: QWidget,
    stops: Sequence[QWidget],
    *,
    forward: bool,
    wraps: bool,
    begin: int = 0,
) -> bool:
    """Move the focus to the next or previous stop.

    Args:
        window: whose stops they are.
        stops: controls in their order.
        forward: to the next one, else to the one before.
        wraps: from the last on to the first, and to one where none of them has it.
        begin: index of that one; backwards it is the one before it.

    Returns:
        Whether the focus is where it belongs now.
    """
    if settle_if_gone(window):
        return True
    at = _place(stops)
    if at is None:
        at = begin - 1 if forward else begin + len(stops)
        if not wraps:
            return False
    at += 1 if forward else -1
    if not stops or not (wraps or 0 <= at < len(stops)):
        return False
    reason = Qt.FocusReason
    chosen = stops[at % len(stops)]
    chosen.setFocus(reason.TabFocusReason if forward else reason.BacktabFocusReason)
    return True


def in_reading_order(widgets: Iterable[QWidget]) -> list[QWidget]:
    """Row by row, each from where its language begins; beside a tall one, columns."""
    rows: list[list[QWidget]] = []
    for widget in sorted(widgets, key=lambda w: (w.y(), w.x())):
        if rows and widget.geometry().center().y() < rows[-1][0].geometry().bottom():
            rows[-1].append(widget)
        else:
            rows.append([widget])
    return [w for row in rows for w in sorted(row, key=_place_in_row)]


def place_of_corner(widget: QWidget) -> tuple[int, int]:
    """To sort by: from the top down, and from where its language begins."""
    return (widget.y(), _place_in_row(widget)[0])


def _place_in_row(widget: QWidget) -> tuple[int, int]:
    is_mirrored = widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return (-widget.geometry().right() if is_mirrored else widget.x(), widget.y())


def _children(container: QWidget) -> list[QWidget]:
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    found = container.findChildren(QWidget, options=direct)
    able = [w for w in found if w.isVisible() and w.isEnabled() and not w.isWindow()]
    # What has no room is folded away; what an area scrolls is inside its content.
    return [w for w in able if w.geometry().intersects(container.rect())]


def _takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _is_looked_into(widget: QWidget) -> bool:
    """Whether to look for stops inside a widget, and not inside a control."""
    return isinstance(widget, QScrollArea) or not _takes_focus(widget)


def _place(stops: Sequence[QWidget]) -> int | None:
    """Index of the stop that has the focus, or contains it."""
    widget = QApplication.focusWidget()
    if widget is None or widget.isWindow():
        widget = last_left()
    while widget is not None:
        if widget in stops:
            return stops.index(widget)
        widget = widget.parentWidget()
    return None
