"""Where the focus goes when a dialog closes, or when the control that had it is gone.

Back to the window, whose keys steer the training, or to the control that had it before
the dialog. Qt would choose whichever control comes next: the Enter meant for a dialog
would press it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


def give_to_window(window: QWidget) -> None:
    """No control has the focus: the keys are the window's."""
    window.setFocus()


def settle(window: QWidget) -> None:
    """To be called when a window becomes active, before Qt looks for a control."""
    if not _can_have_focus(window.focusWidget()):
        give_to_window(window)


def settle_if_gone(window: QWidget) -> bool:
    """Whether the control with the focus was hidden or disabled, and it is settled.

    Qt then asks for the next control as if Tab had been pressed.
    """
    had: QWidget | None = window.focusWidget()
    if had is None or _can_have_focus(had):
        return False
    give_to_window(window)
    return True


def leave_gone(window: QWidget, gone: QObject | None) -> None:
    """To be called when a part of a window is out of sight, hidden or covered.

    Qt leaves the focus in a panel that goes behind the tab of another one.
    """
    had: QWidget | None = window.focusWidget()
    is_in_sight = _can_have_focus(had)
    if is_in_sight and had is not None and isinstance(gone, QWidget):
        is_in_sight = not gone.isAncestorOf(had)
    if not is_in_sight:
        give_to_window(window)


@contextmanager
def focus_kept(window: QWidget) -> Iterator[None]:
    """Wraps what takes panels away for a moment: who had the focus has it again."""
    had: QWidget | None = window.focusWidget()
    yield
    if had is not None and isValid(had) and _can_have_focus(had):
        had.setFocus(Qt.FocusReason.OtherFocusReason)


def hand_back(closed: QWidget) -> None:
    """To be called when a window of the program was closed by its user.

    Without a window manager no window would get the keys.
    """
    parent = closed.parentWidget()
    if parent is not None and parent.isVisible():
        parent.window().activateWindow()


@contextmanager
def dialog_over(parent: QWidget) -> Iterator[None]:
    """Wraps a question that waits for its answer."""
    yield
    parent.window().activateWindow()


def _can_have_focus(widget: QWidget | None) -> bool:
    return widget is not None and widget.isVisible() and widget.isEnabled()
