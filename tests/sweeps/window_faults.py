"""What a person sees is wrong with a window: cut text, overlaps, too little room."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMainWindow,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)

from gui.widgets.eliding_label import ElidingLabel
from gui.window.find_button import FindButton
from tests.sweeps.unreadable_texts import unreadable_texts

LEAST_PLOT: Final = 90
"""Height of a plot, in points of the normal size of type."""
LEAST_GAP: Final = 4
"""Points beside the text of a button."""
GRIP: Final = "qt_qmainwindow_extended_splitter"
"""What Qt puts over the line between two docks, for the mouse alone: it draws nothing,
and reaches beyond the line on both sides."""
SLACK: Final = 1
"""Points by which a text may be wider than its room: bearings of letters."""


def find_faults(window: QMainWindow, screen: tuple[int, int]) -> list[str]:
    """A sentence for each fault; none where all can be read.

    Args:
        window: shown, with all that it has to do for this look done.
        screen: width and height that there are for it, in points.
    """
    faults = [*_too_large(window, screen), *_dock_overlaps(window)]
    for widget in _shown(window):
        faults += _cut_text(widget)
        faults += _squeezed(widget)
        faults += _outside(widget)
        faults += _overlaps(widget)
        faults += _low_plots(widget)
    faults += unreadable_texts(window)
    return faults


def _too_large(window: QMainWindow, screen: tuple[int, int]) -> Iterator[str]:
    if window.width() > screen[0] or window.height() > screen[1]:
        yield f"the window has {window.width()}x{window.height()}"


def _shown(window: QWidget) -> list[QWidget]:
    """Each widget of which something, or something of what is in it, can be seen."""
    seen: dict[QWidget, None] = {}
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        part: QWidget | None = widget
        while part is not None and part is not window and part not in seen:
            seen[part] = None
            # What is in a window of its own, such as a floating panel, does not count.
            part = None if part.isWindow() else part.parentWidget()
    return [widget for widget in seen if widget.window() is window]


def _cut_text(widget: QWidget) -> Iterator[str]:
    shown = _text_and_room(widget)
    if shown is None:
        return
    text, needed, room = shown
    if needed > room + SLACK:
        yield f"{_name(widget)}: {text!r} needs {needed} and has {room}"


def _text_and_room(widget: QWidget) -> tuple[str, int, int] | None:
    """A text, and the width (or height, where it wraps) that it needs and has."""
    metrics = QFontMetrics(widget.font())
    if isinstance(widget, ElidingLabel):
        text = widget.text()
        needed = metrics.horizontalAdvance(text)
        return text, needed, widget.contentsRect().width()
    if isinstance(widget, QLabel):
        return _label(widget)
    if isinstance(widget, QTabBar):
        return _tabs(widget)
    if isinstance(widget, QComboBox):
        text = widget.currentText()
        needed = metrics.horizontalAdvance(text)
        return text, needed, widget.contentsRect().width() - metrics.height()
    if isinstance(widget, QLineEdit) and not isinstance(widget.parent(), QComboBox):
        text = widget.text()
        margins = widget.textMargins()
        room = widget.contentsRect().width() - margins.left() - margins.right()
        return text, metrics.horizontalAdvance(text), room
    if isinstance(widget, FindButton) and not widget.has_words:
        return None
    if isinstance(widget, QAbstractButton) and widget.text():
        if isinstance(widget, QToolButton) and _is_icon_only(widget):
            return None
        return _button(widget, metrics)
    return None


def _button(button: QAbstractButton, metrics: QFontMetrics) -> tuple[str, int, int]:
    text = button.text().replace("&", "")
    drawn = 0
    if not button.icon().isNull() and not _has_text_under_icon(button):
        drawn = button.iconSize().width() + LEAST_GAP
    return text, metrics.horizontalAdvance(text) + drawn, button.width() - LEAST_GAP


def _has_text_under_icon(button: QAbstractButton) -> bool:
    under = Qt.ToolButtonStyle.ToolButtonTextUnderIcon
    return isinstance(button, QToolButton) and button.toolButtonStyle() == under


def _label(label: QLabel) -> tuple[str, int, int] | None:
    if not label.text() or not label.pixmap().isNull():
        return None
    room = label.contentsRect()
    if label.wordWrap():
        return label.text(), label.heightForWidth(label.width()), label.height()
    return label.text(), label.sizeHint().width(), label.width() + _margins(label, room)


def _margins(label: QLabel, room: QRect) -> int:
    """Points that a label may lose at its side without losing a letter."""
    return min(2 * label.margin(), label.width() - room.width())


def _tabs(bar: QTabBar) -> tuple[str, int, int] | None:
    if not bar.count() or bar.usesScrollButtons():
        return None
    last = bar.tabRect(bar.count() - 1).right()
    return bar.tabText(bar.count() - 1), last, bar.width()


def _is_icon_only(button: QToolButton) -> bool:
    style = button.toolButtonStyle()
    return style == Qt.ToolButtonStyle.ToolButtonIconOnly and not button.icon().isNull()


def _squeezed(widget: QWidget) -> Iterator[str]:
    """A panel has less room than the least that it asks for."""
    if not isinstance(widget, QDockWidget):
        return
    least = widget.minimumSizeHint()
    if widget.width() < least.width() or widget.height() < least.height():
        yield (
            f"{_name(widget)}: {widget.width()}x{widget.height()} is less than "
            f"{least.width()}x{least.height()}"
        )


def _outside(widget: QWidget) -> Iterator[str]:
    """A part of it lies beyond its parent and cannot be scrolled to."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow():
        return
    if widget.objectName() == GRIP:
        return
    beyond = widget.geometry().right() - parent.rect().right()
    area = parent.parentWidget()
    if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
        if isinstance(area, QScrollArea) and beyond > SLACK:
            bar = area.horizontalScrollBar()
            if not bar.isVisible():
                yield f"{_name(widget)}: {beyond} points are cut at the right"
        return
    below = widget.geometry().bottom() - parent.rect().bottom()
    if beyond > SLACK and widget.geometry().left() < parent.rect().right():
        yield f"{_name(widget)}: {beyond} points lie right of {_name(parent)}"
    if below > SLACK and widget.geometry().top() < parent.rect().bottom():
        yield f"{_name(widget)}: {below} points lie below {_name(parent)}"


def _overlaps(widget: QWidget) -> Iterator[str]:
    """Two of the things in it lie on each other."""
    if isinstance(widget, (QMainWindow, QAbstractScrollArea, QTabBar)):
        return
    inner = [
        child
        for child in widget.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow()
    ]
    for first, second in combinations(inner, 2):
        common = _filled(first) & _filled(second)
        if common.width() > SLACK and common.height() > SLACK:
            yield f"{_name(first)} lies on {_name(second)} by {_size(common)}"


def _filled(widget: QWidget) -> QRect:
    """Where something of it is drawn; a label has room beside its text."""
    place = widget.geometry()
    left = Qt.AlignmentFlag.AlignLeft
    if isinstance(widget, QLabel) and widget.alignment() & left:
        width = min(place.width(), widget.sizeHint().width())
        if widget.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.setLeft(place.right() - width + 1)
        else:
            place.setWidth(width)
    return place


def _dock_overlaps(window: QMainWindow) -> Iterator[str]:
    docks = [dock for dock in _shown(window) if isinstance(dock, QDockWidget)]
    for first, second in combinations(docks, 2):
        common = first.geometry() & second.geometry()
        if common.width() > SLACK and common.height() > SLACK:
            yield f"{_name(first)} lies on {_name(second)} by {_size(common)}"


def _low_plots(widget: QWidget) -> Iterator[str]:
    if not isinstance(widget, pg.GraphicsView):
        return
    for item in widget.scene().items():
        if isinstance(item, pg.PlotItem) and item.isVisible():
            height = round(item.vb.sceneBoundingRect().height())
            if height < LEAST_PLOT:
                yield f"{_name(widget)}: a plot has a height of {height}"


def _name(widget: QWidget) -> str:
    """Which one it is, for a person who looks for it."""
    dock: QWidget | None = widget
    while dock is not None and not isinstance(dock, QDockWidget):
        dock = dock.parentWidget()
    place = dock.windowTitle() if dock is not None else "window"
    return f"{place}: {widget.accessibleName() or type(widget).__name__}"


def _size(rect: QRect) -> str:
    return f"{rect.width()}x{rect.height()}"
