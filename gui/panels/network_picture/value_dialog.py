"""Asks for the value of one weight or bias."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from core.values.words import tr
from gui.style import tokens
from gui.style.fonts import scale_of
from gui.style.number_format import editable
from gui.style.number_input import NumberTextError, parse_number
from gui.widgets.own_dialog import OwnDialog
from gui.widgets.problem_label import ProblemLabel

LARGEST: Final = 3.4028234e38
"""Of a float32."""
_WIDTH: Final = 280


class ValueDialog(OwnDialog):
    """Signals: chosen, with the number that was typed."""

    chosen = Signal(float)

    def __init__(self, name: str, value: float, parent: QWidget) -> None:
        super().__init__(tr("Set value"), parent)
        self.field = QLineEdit(editable(value), self)
        self.field.setAccessibleName(name)
        self.field.selectAll()
        self.problem = ProblemLabel(self)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        self.buttons.accepted.connect(self._on_buttons_accepted)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(QLabel(name, self))
        for widget in (self.field, self.problem, self.buttons):
            column.addWidget(widget)
        self.fit()
        self.field.setFocus()

    def fit(self) -> None:
        """Take the width that goes with the text's size."""
        self.setMinimumWidth(round(_WIDTH * scale_of(self.font())))
        layout = self.layout()
        assert layout is not None
        layout.setSpacing(round(tokens.space("m") * scale_of(self.font())))

    def _on_buttons_accepted(self) -> None:
        try:
            value = parse_number(self.field.text(), largest=LARGEST)
        except NumberTextError as error:
            self.problem.show_problem(str(error))
            self.field.selectAll()
            return
        self.chosen.emit(value)
        self.accept()
