"""The editor of a formula of x."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget


class FormulaBox(QLineEdit):
    """Signals: value_edited, with the text, once it is finished."""

    value_edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setMinimumWidth(60)
        self.editingFinished.connect(self._on_self_editing_finished)

    def show_value(self, value: object) -> None:
        self._shown = str(value)
        if self.text() != self._shown:
            self.setText(self._shown)
        self.setModified(False)

    def restore(self) -> None:
        """Forget what was typed."""
        self.show_value(self._shown)

    def _on_self_editing_finished(self) -> None:
        self.setModified(False)
        text = self.text().strip()
        if text != self._shown:
            self.show_value(text)
            self.value_edited.emit(text)
