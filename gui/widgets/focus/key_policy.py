"""Who gets a key, and the wheel: one rule for every control of every panel.

A key belongs to the control with the focus if that does something with it; every other
key is the window's. So a picture keeps its arrows, a button that Tab has reached keeps
Space, a field keeps what can be typed in it; and R resets, whatever has the focus, but
where a text may have an R in it. The wheel scrolls the panel unless the field under it
has the focus: nobody changes a value by scrolling.
"""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QColorDialog,
    QComboBox,
    QDialog,
    QFileDialog,
    QHeaderView,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from gui.style import tokens
from gui.widgets.focus import fields
from gui.widgets.focus.focus_ring import FocusRing, wants_ring

_KEY = Qt.Key
_MODIFIER = Qt.KeyboardModifier
_SHARED: Final = ("toggle_playing", "step_epoch", "reset", "slower", "faster")
"""Not the single step: its key walks on in a window with a picture of a unit."""
_ENTERS: Final = (_KEY.Key_Return, _KEY.Key_Enter)
_PRESSES: Final = (_KEY.Key_Space, _KEY.Key_Select)
_MOVES: Final = (
    _KEY.Key_Left,
    _KEY.Key_Right,
    _KEY.Key_Up,
    _KEY.Key_Down,
    _KEY.Key_Home,
    _KEY.Key_End,
)
_ZOOMS: Final = {_KEY.Key_Plus: 1.0, _KEY.Key_Equal: 1.0, _KEY.Key_Minus: -1.0}
_TURNED: Final = (QAbstractSpinBox, QComboBox, QAbstractSlider, QLineEdit)
_QTS_DIALOGS: Final = (QColorDialog, QFileDialog, QInputDialog, QMessageBox)
_QTS_OWN: Final = (*_TURNED, QTabBar, QHeaderView)


def is_plain(event: QKeyEvent) -> bool:
    """Whether no other key is held down."""
    return not event.modifiers() & ~_MODIFIER.KeypadModifier


def zoom_of(event: QKeyEvent) -> float:
    """Steps of zooming in that a key stands for, as the wheel's; 0 for other keys."""
    if event.modifiers() & ~(_MODIFIER.KeypadModifier | _MODIFIER.ShiftModifier):
        return 0.0
    return _ZOOMS.get(_KEY(event.key()), 0.0)


def settle_controls(container: QWidget) -> None:
    """Have the controls of a container follow the rules for mouse and wheel.

    Pictures forget the mouse when a menu takes it and when they are hidden. Tab alone,
    and no click, gives the focus to buttons and sliders: Space goes on to play and
    Right to step after a click.
    """
    for control in container.findChildren(QWidget):
        is_pressed = isinstance(control, QAbstractButton | QAbstractSlider)
        if is_pressed and control.focusPolicy() == Qt.FocusPolicy.StrongFocus:
            control.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if isinstance(control, _TURNED) and not isinstance(control, QScrollBar):
            guard_wheel(control)
        if control.hasMouseTracking() and not isinstance(control, _QTS_OWN):
            control.installEventFilter(_hover_guard())


def guard_wheel(field: QWidget) -> None:
    """Let the wheel turn a field only while it has the focus, which it never gives."""
    if field.focusPolicy() == Qt.FocusPolicy.WheelFocus:
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_wheel_guard())


def watch_keys() -> None:
    """See to it that keys go where they belong, from now on, in all windows."""
    _policy()


def share_transport(owner: QWidget, actions: Mapping[str, QAction]) -> None:
    """Let the transport keys work in the windows that `owner` opens, too."""
    for child in owner.findChildren(QWidget):
        if child.windowType() == Qt.WindowType.Dialog:
            child.addActions([actions[key] for key in _SHARED])


def keeps_key(control: QWidget, event: QKeyEvent) -> bool | None:
    """Whether a key press belongs to the control that has the focus.

    None: as Qt has it. A control of our own says so by a method of that name.
    """
    own: Callable[[QKeyEvent], bool] | None = getattr(control, "keeps_key", None)
    if own is not None:
        return own(event) or None
    if fields.is_text_field(control):
        return False if fields.lets_go(control, event) else None
    return _qt_control_keeps(control, event) or None


def _qt_control_keeps(control: QWidget, event: QKeyEvent) -> bool:
    """What Qt's own controls do with a key, where Tab has led to them."""
    if control.focusPolicy() != Qt.FocusPolicy.TabFocus or not is_plain(event):
        return False
    if isinstance(control, QAbstractButton):
        return event.key() in _PRESSES or _is_pressed_by(control, event)
    return isinstance(control, QAbstractSlider | QTabBar) and event.key() in _MOVES


def _is_pressed_by(control: QWidget, event: QKeyEvent) -> bool:
    """Whether Enter presses it as Space does, which Qt leaves to dialogs.

    Not a box to be ticked: Enter is no way to tick one.
    """
    if event.key() not in _ENTERS or not is_plain(event):
        return False
    is_pressed = isinstance(control, QPushButton | QToolButton)
    return is_pressed and not isinstance(control.window(), QDialog)


class KeyPolicy(QObject):
    """Decides for the control that has the focus, which alone it filters.

    A filter of all windows or of the program would put Python between all painting: an
    error in one widget's painting would still be pending while the next one is painted,
    and crash the program.
    """

    def __init__(self) -> None:
        super().__init__()
        self._watched: QWidget | None = None
        self._ring: FocusRing | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)
        self._on_focus_changed(None, QApplication.focusWidget())

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = None if new is None or not _is_ours(new) else new
        # From none it comes with the window, and by a click with a button down.
        is_clicked = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        self._show_ring(on=old is not None and not is_clicked)
        if self._watched is not None:
            self._watched.installEventFilter(self)
            _bring_into_sight(self._watched)

    def _show_ring(self, *, on: bool) -> None:
        """Around a picture that was reached, or is worked, by keys."""
        watched = self._watched
        ring = self._ring if self._ring is not None and isValid(self._ring) else None
        wanted = watched if on and watched is not None and wants_ring(watched) else None
        if ring is not None and ring.parentWidget() is wanted:
            return
        if ring is not None:
            ring.hide()
            ring.deleteLater()
        self._ring = None if wanted is None else FocusRing(wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._show_ring(on=False)
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if event.type() == QEvent.Type.KeyPress:
            self._show_ring(on=True)
        if getattr(watched, "takes_all_keys", False):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            keeps = keeps_key(watched, event)
            if keeps is None:
                return False
            event.setAccepted(keeps)
            return True
        return event.type() == QEvent.Type.KeyPress and _press(watched, event)


def _press(watched: QWidget, event: QKeyEvent) -> bool:
    """Take a key that Qt would do something else with; True when it is taken."""
    if fields.is_text_field(watched):
        return fields.press(watched, event)
    if isinstance(watched, QAbstractButton) and _is_pressed_by(watched, event):
        if not event.isAutoRepeat():
            watched.click()
        return True
    return False


def _is_ours(control: QWidget) -> bool:
    """Not a window, and not in a dialog of Qt's own, which has its keys already."""
    return not control.isWindow() and not isinstance(control.window(), _QTS_DIALOGS)


def _bring_into_sight(control: QWidget) -> None:
    """However the focus came, but by a click: nothing moves away under the mouse."""
    if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
        return
    _scroll_to(control)
    # Where it is may change: what has the focus is not folded away.
    QTimer.singleShot(0, control, partial(_scroll_to, control))


def _scroll_to(control: QWidget) -> None:
    area = control.parentWidget()
    while area is not None:
        if isinstance(area, QScrollArea):
            _scroll(area, control)
        area = area.parentWidget()


def _scroll(area: QScrollArea, control: QWidget) -> None:
    """All of it comes into view: Qt is content with the place of a field's cursor."""
    content = area.widget()
    if content is None or not content.isAncestorOf(control):
        return
    middle = control.mapTo(content, control.rect().center())
    beside = tokens.space("s")
    across, along = control.width() // 2 + beside, control.height() // 2 + beside
    area.ensureVisible(middle.x(), middle.y(), across, along)


class _WheelGuard(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel or not isinstance(watched, QWidget):
            return False
        if watched.hasFocus():
            return False
        event.ignore()
        return True


class _HoverGuard(QObject):
    """Has a picture forget the mouse where Qt does not tell it that it has left.

    A menu that a right click opens takes the mouse; when it closes elsewhere, and when
    a picture is hidden under the mouse, no event says so.
    """

    _TAKEN: Final = (QEvent.Type.ContextMenu, QEvent.Type.Hide)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in self._TAKEN:
            QApplication.sendEvent(watched, QEvent(QEvent.Type.Leave))
        return False


@cache
def _policy() -> KeyPolicy:
    return KeyPolicy()


@cache
def _wheel_guard() -> _WheelGuard:
    return _WheelGuard()


@cache
def _hover_guard() -> _HoverGuard:
    return _HoverGuard()
