"""Fields in which something is typed: what they do with keys, and how they are left."""

from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from gui.widgets.focus.focus_return import give_to_window
from gui.widgets.refusal import REFUSED, forget_refusal

_KEY = Qt.Key
_MODIFIER = Qt.KeyboardModifier
_NO_MODIFIER = _MODIFIER.NoModifier
_STANDARD = QKeySequence.StandardKey
_IN_NUMBERS: Final = frozenset("0123456789+-.,'eE\N{MINUS SIGN}")
_EDITING: Final = (
    _STANDARD.Copy,
    _STANDARD.Cut,
    _STANDARD.Paste,
    _STANDARD.SelectAll,
    _STANDARD.Undo,
    _STANDARD.Redo,
)
_ENTER: Final = (_KEY.Key_Return, _KEY.Key_Enter)


@runtime_checkable
class Restorable(Protocol):
    """A field that knows the value in force."""

    def restore(self) -> None:
        """Forget what was typed."""


def is_text_field(control: QWidget) -> bool:
    """Whether something can be typed in it."""
    if isinstance(control, QLineEdit | QPlainTextEdit | QTextEdit):
        return not control.isReadOnly()
    return isinstance(control, QAbstractSpinBox)


def is_number_field(control: QWidget) -> bool:
    """Whether nothing but a number can be typed in it."""
    return isinstance(control, QAbstractSpinBox) or bool(
        getattr(control, "is_number_field", False)
    )


def lets_go(field: QWidget, event: QKeyEvent) -> bool:
    """Whether a key is the window's though Qt's field would keep it."""
    if event.matches(_STANDARD.Undo) or event.matches(_STANDARD.Redo):
        # Before something is typed, what is undone is the last change of all.
        return not _is_being_typed(field)
    if event.modifiers() == _MODIFIER.ControlModifier and _is_printable(event.key()):
        # On Linux Ctrl+E, say, goes to the end of the line, as End does.
        return not any(event.matches(key) for key in _EDITING)
    # A letter stays in the field: whoever types "inf" or "nan" wants to say something
    # about the number, and no new seed. So does all that follows on something typed:
    # a number that lacks a character of what was typed would be another one.
    is_strange = is_number_field(field) and not _may_enter_number(event)
    return is_strange and not event.text().isalpha() and not _is_being_typed(field)


def press(field: QWidget, event: QKeyEvent) -> bool:
    """Take a key that a field would do something else with; True when it is taken."""
    if event.key() == _KEY.Key_Escape and not isinstance(
        field, QPlainTextEdit | QTextEdit
    ):
        restore(field)
        leave(field)
        return True
    if event.key() in _ENTER and is_number_field(field):
        _finish(field, event)
        return True
    return False


def finish(field: QWidget) -> bool:
    """Hand over what is being typed, as Enter does; whether it is not refused."""
    if _is_being_typed(field):
        _hand_over(field, QKeyEvent(QEvent.Type.KeyPress, _ENTER[0], _NO_MODIFIER))
    return not field.property(REFUSED)


def _finish(field: QWidget, event: QKeyEvent) -> None:
    _hand_over(field, event)
    if not _is_being_typed(field):
        leave(field)


def _hand_over(field: QWidget, event: QKeyEvent) -> None:
    """Hand over what was typed; what is refused stays there and can be mended."""
    line = field.lineEdit() if isinstance(field, QAbstractSpinBox) else None
    typed = "" if line is None else line.text()
    field.event(event)
    # A spin box ignores Enter, which would go on to the default button of a dialog.
    event.accept()
    if line is not None and field.property(REFUSED):
        line.setText(typed)
        line.setModified(True)
        line.selectAll()


def restore(field: QWidget) -> None:
    """Show the value in force again."""
    forget_refusal(field)
    if isinstance(field, Restorable):
        field.restore()
    elif isinstance(field, QLineEdit):
        while field.isModified() and field.isUndoAvailable():
            field.undo()
    elif isinstance(field, QSpinBox | QDoubleSpinBox):
        text = field.textFromValue(field.value())  # type: ignore[arg-type]
        field.lineEdit().setText(f"{field.prefix()}{text}{field.suffix()}")


def leave(field: QWidget) -> None:
    """The keys steer the training again; Tab goes on from here."""
    _LEFT[:] = [field]
    give_to_window(field.window())


def last_left() -> QWidget | None:
    """The field that was left by a key, if it is still in sight."""
    for field in _LEFT:
        if isValid(field) and field.isVisible():
            return field
    return None


_LEFT: Final[list[QWidget]] = []


def _may_enter_number(event: QKeyEvent) -> bool:
    if event.modifiers() & (_MODIFIER.ControlModifier | _MODIFIER.AltModifier):
        return True
    text = event.text()
    return not text.isprintable() or not text or set(text) <= _IN_NUMBERS


def _is_printable(key: int) -> bool:
    return key < _KEY.Key_Escape


def _is_being_typed(field: QWidget) -> bool:
    line: object = field
    if isinstance(field, QAbstractSpinBox):
        line = field.lineEdit()
    if isinstance(line, QPlainTextEdit | QTextEdit):
        return line.document().isModified()
    return isinstance(line, QLineEdit) and line.isModified()
