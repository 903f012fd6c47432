"""When a tip comes: once the pointer has rested on something that has one.

Qt's own tips are neither wrapped nor placed, and come late; they stay where a popup of
Qt has the mouse.
"""

from collections.abc import Callable
from functools import cache
from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QPoint,
    QPointF,
    QRect,
    Qt,
    QTimer,
)
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QHeaderView,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from gui.style import tokens
from gui.style.lengths import grown
from gui.widgets.plain_text import tip as plain_tip
from gui.widgets.tips.tip_window import hide_tip, show_tip, tip_shown

REST: Final = 400
"""Milliseconds until a tip comes."""
_NEXT: Final = 20
"""Milliseconds until the tip that is shown says what is pointed at by then."""
_RENEWED: Final = 100
"""Milliseconds after which a tip that is shown is told anew: its numbers may change."""
_KIND: Final = QEvent.Type
_ENDS: Final = frozenset(
    {
        _KIND.MouseButtonPress,
        _KIND.MouseButtonDblClick,
        _KIND.MouseButtonRelease,
        _KIND.Wheel,
        _KIND.KeyPress,
        _KIND.Leave,
        _KIND.FocusOut,
        _KIND.Hide,
    }
)
_LARGE: Final = tokens.length("tip.large")
_TIP: Final = Qt.ItemDataRole.ToolTipRole


@cache
def _watch() -> "TipWatch":
    return TipWatch()


def watch_tips() -> None:
    """See to it that tips come, from now on, in all windows."""
    _watch()


def tell_again() -> None:
    """Let the tip that is shown say what is pointed at as it is now."""
    _watch().tell()


class TipWatch(QObject):
    """Follows the pointer in the window that has the focus, which alone it filters.

    A filter of all widgets would put Python between all painting.
    """

    def __init__(self) -> None:
        super().__init__()
        self._window: QWindow | None = None
        self._at = QPoint()
        # An event that Qt takes for the end of resting: its own tip is not to come.
        self._sleeper = QObject(self)
        self._rest = QTimer(self, singleShot=True, timerType=Qt.TimerType.CoarseTimer)
        self._rest.timeout.connect(self.tell)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusWindowChanged.connect(self._on_window_changed)
        self._on_window_changed(app.focusWindow())

    def _on_window_changed(self, window: QWindow | None) -> None:
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._stop()
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def _stop(self) -> None:
        self._rest.stop()
        hide_tip()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == _KIND.MouseMove and isinstance(event, QMouseEvent):
            self._at = event.globalPosition().toPoint()
            if event.buttons():
                self._stop()
            else:
                self._rest.start(REST if tip_shown() is None else _NEXT)
        elif kind in _ENDS:
            self._stop()
        return False

    def tell(self) -> None:
        """Show the tip of what is pointed at, if it has one."""
        QCoreApplication.sendEvent(self._sleeper, QEvent(_KIND.Leave))
        widget = self._pointed()
        while widget is not None:
            if self._tell_of(widget):
                return
            widget = None if widget.isWindow() else widget.parentWidget()
        hide_tip()

    def _pointed(self) -> QWidget | None:
        """The innermost widget below the pointer."""
        if QApplication.activePopupWidget() is not None:
            return None
        for top in QApplication.topLevelWidgets():
            if isValid(top) and top.windowHandle() is self._window:
                return top.childAt(top.mapFromGlobal(self._at)) or top
        return None

    def _tell_of(self, widget: QWidget) -> bool:
        """Show the tip of a widget, or of the place in it; False if it has none."""
        area = widget.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is widget:
            told = _told_in(area, widget.mapFromGlobal(self._at))
        else:
            told = _told_in(widget, widget.mapFromGlobal(self._at))
        if told is None:
            return False
        text, pointed, strong = told
        show_tip(text, widget, self._at, pointed, strong=strong)
        if text:
            self._rest.start(_RENEWED)
        return bool(text)


def _told_in(owner: QWidget, at: QPoint) -> tuple[str, QRect | None, bool] | None:
    """The tip of a place, what it explains, and whether it begins with a value."""
    rect: Callable[[QPointF], QRect] | None = getattr(owner, "tip_rect", None)
    spot = None if rect is None else rect(QPointF(at))
    own: Callable[[QPointF], str] | None = getattr(owner, "tip_at", None)
    if own is not None:
        text = own(QPointF(at))
        if text:
            return plain_tip(text), spot, True
    for text, pointed in _of_qt(owner, at):
        if text:
            return text, pointed, False
    text = owner.toolTip()
    if spot is None and owner.height() <= grown(owner, _LARGE):
        spot = owner.rect()
    return (text, spot, False) if text else None


def _of_qt(owner: QWidget, at: QPoint) -> list[tuple[str, QRect]]:
    """The tip of an item, a heading or a tab."""
    if isinstance(owner, QHeaderView):
        k = owner.logicalIndexAt(at)
        text = owner.model().headerData(k, owner.orientation(), _TIP) if k >= 0 else ""
        return [(str(text or ""), owner.rect())]
    if isinstance(owner, QAbstractItemView):
        index = owner.indexAt(at)
        return [(str(index.data(_TIP) or ""), owner.visualRect(index))]
    if isinstance(owner, QTabBar):
        k = owner.tabAt(at)
        return [(owner.tabToolTip(k), owner.tabRect(k))] if k >= 0 else []
    return []
