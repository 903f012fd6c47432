"""The editor of a formula of x."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.style import tokens
from gui.widgets.refusal import REFUSED


class FormulaBox(QLineEdit):
    """Signals: value_edited, with the text, once it is finished.

    Attributes:
        in_force: the formula that runs, where another one is refused.
    """

    value_edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.in_force: object = ""
        self.setMinimumWidth(tokens.length("formula_box.least_width"))
        self.editingFinished.connect(self._on_self_editing_finished)

    def show_value(self, value: object) -> None:
        self._shown = str(value)
        if self.text() != self._shown:
            self.setText(self._shown)
        self.setModified(False)

    def restore(self) -> None:
        """Forget what was typed, and what was refused of it."""
        is_refused = self._shown != self.in_force or bool(self.property(REFUSED))
        self.show_value(self.in_force)
        if is_refused:
            self.value_edited.emit(self.in_force)

    def _on_self_editing_finished(self) -> None:
        self.setModified(False)
        text = self.text().strip()
        is_back = text == self.in_force and bool(self.property(REFUSED))
        if text != self._shown or is_back:
            self.show_value(text)
            self.value_edited.emit(text)
