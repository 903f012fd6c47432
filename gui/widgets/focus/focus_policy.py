"""Keys that a control keeps although the window has a shortcut for them.

A control that was reached with Tab is operated by keyboard: Space presses a button,
the arrows move a slider. A click with the mouse leaves the focus where it was, so that
Space goes on to play and Right to step after it.
"""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QTabBar, QWidget

_KEY = Qt.Key
_SHARED: Final = ("toggle_playing", "step_epoch", "reset", "slower", "faster")
"""Not the single step: its key goes to the next unit in a unit's window."""
_PRESSES: Final = (_KEY.Key_Space, _KEY.Key_Select)
_MOVES: Final = (
    _KEY.Key_Left,
    _KEY.Key_Right,
    _KEY.Key_Up,
    _KEY.Key_Down,
    _KEY.Key_Home,
    _KEY.Key_End,
)


def keep_focus_on_click(window: QWidget) -> None:
    """Only Tab, not a click, gives the focus to buttons and sliders."""
    buttons: list[QWidget] = [*window.findChildren(QAbstractButton)]
    for control in buttons + window.findChildren(QAbstractSlider):
        if control.focusPolicy() == Qt.FocusPolicy.StrongFocus:
            control.setFocusPolicy(Qt.FocusPolicy.TabFocus)


def share_transport(owner: QWidget, actions: Mapping[str, QAction]) -> None:
    """Let the transport keys work also in the windows that `owner` opens."""
    for child in owner.findChildren(QWidget):
        if child.windowType() == Qt.WindowType.Dialog:
            child.addActions([actions[key] for key in _SHARED])


def keeps_key(control: QWidget | None, event: QKeyEvent) -> bool:
    """Whether a key press belongs to the control that has the focus."""
    if control is None or control.focusPolicy() != Qt.FocusPolicy.TabFocus:
        return False
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    if isinstance(control, QAbstractButton):
        return event.key() in _PRESSES
    return isinstance(control, QAbstractSlider | QTabBar) and event.key() in _MOVES


class FocusPolicy(QObject):
    """Gives keys to the control with the focus before the window takes them.

    A filter and not the window's own `event`, through which all painting goes: with
    Python between them, an error in one widget's painting would still be pending while
    the next one is painted, and crash the program.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and watched is self._window
            and isinstance(event, QKeyEvent)
            and keeps_key(self._window.focusWidget(), event)
        ):
            event.accept()
            return True
        return False
