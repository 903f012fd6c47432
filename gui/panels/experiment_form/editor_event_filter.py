"""Keeps spin boxes and combo boxes from taking the wheel and Ctrl+Z of the form."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QWidget


class EditorEventFilter(QObject):
    """An event filter for editors.

    The wheel scrolls the form unless the editor has the focus, and Ctrl+Z undoes an
    edit of the experiment unless text is being typed.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget):
            if not watched.hasFocus():
                event.ignore()
                return True
        elif (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and _is_undo_or_redo(event)
            and not _is_being_typed(watched)
        ):
            event.ignore()
            return True
        return False


def _is_undo_or_redo(event: QKeyEvent) -> bool:
    keys = QKeySequence.StandardKey
    return event.matches(keys.Undo) or event.matches(keys.Redo)


def _is_being_typed(editor: QObject) -> bool:
    line = editor
    if isinstance(editor, QAbstractSpinBox):
        line = editor.lineEdit()
    return isinstance(line, QLineEdit) and line.isModified()
