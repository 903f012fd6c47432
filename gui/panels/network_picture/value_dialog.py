"""Asks for the value of one weight or bias."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from core.values.words import tr
from gui.style import tokens
from gui.style.number_format import editable
from gui.style.number_input import NumberTextError, parse_number
from gui.widgets.ask_dialog import AskDialog

LARGEST: Final = 3.4028234e38
"""Of a float32."""
_WIDTH: Final = tokens.length("value_dialog.width")


class ValueDialog(AskDialog):
    """Signals: chosen, with the number that was typed."""

    chosen = Signal(float)

    def __init__(self, name: str, value: float, parent: QWidget) -> None:
        super().__init__(tr("Set value"), parent, _WIDTH)
        self.field = QLineEdit(editable(value), self)
        self.field.setAccessibleName(name)
        self.field.selectAll()
        self._column.addWidget(QLabel(name, self))
        self._column.addWidget(self.field)
        self.end()
        self.field.setFocus()

    def take(self) -> None:
        try:
            value = parse_number(self.field.text(), largest=LARGEST)
        except NumberTextError as error:
            self.refuse(str(error))
            self.field.selectAll()
            return
        self.chosen.emit(value)
        self.accept()
