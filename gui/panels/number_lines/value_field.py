"""A field for one exact number: typed, or changed by arrow keys and wheel."""

from typing import ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.style import theme
from gui.style.number_input import NumberTextError, parse_number
from gui.widgets.focus.key_policy import guard_wheel
from gui.widgets.refusal import forget_refusal, show_refusal

LARGEST: Final = 3.4028234e38
"""Of a float32, which weights and activations are."""


class ValueField(QLineEdit):
    """Shows a value until the user types another one; the wheel needs the focus.

    Attributes:
        problem: why the last text was refused; empty when it was taken.

    Signals:
        value_entered: the number that was typed.
        stepped: by how many small steps to move it.
    """

    is_number_field: ClassVar[bool] = True

    value_entered = Signal(float)
    stepped = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.problem = ""
        self.setFont(theme.figures_font(self.font()))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("-0.0000000000"))
        guard_wheel(self)
        self.returnPressed.connect(self._on_return_pressed)
        self.textEdited.connect(self._forget_problem)

    def show_value(self, text: str) -> None:
        """Show the value, unless the user is typing or marks a part of it.

        What is marked as a whole, to be typed over, stays so while the value moves.
        """
        self._shown = text
        if self.isModified() or self.text() == text:
            return
        marked, place = self.selectedText(), self.cursorPosition()
        if marked and marked != self.text():
            return
        self.setText(text)
        if marked:
            self.selectAll()
        else:
            self.setCursorPosition(min(place, len(text)))

    def _on_return_pressed(self) -> None:
        if not self.isModified():
            return  # what is shown may be rounded: it is no value to send
        try:
            value = parse_number(self.text(), largest=LARGEST)
        except NumberTextError as error:
            self.problem = str(error)
            show_refusal(self, self.problem)
            self.selectAll()
            return
        self._forget_problem()
        self.setModified(False)
        self.value_entered.emit(value)

    def _forget_problem(self) -> None:
        self.problem = ""
        forget_refusal(self)

    def restore(self) -> None:
        """Forget what was typed."""
        self._forget_problem()
        self.setModified(False)
        self.setText(self._shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: 1.0,
            Qt.Key.Key_Down: -1.0,
            Qt.Key.Key_PageUp: 10.0,
            Qt.Key.Key_PageDown: -10.0,
        }.get(Qt.Key(event.key()))
        if steps is not None:
            self.restore()
            self.stepped.emit(steps)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.restore()
        self.stepped.emit(event.angleDelta().y() / 120)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.restore()
        super().focusOutEvent(event)
