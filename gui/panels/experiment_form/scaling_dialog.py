"""Asks for the means and deviations by which inputs are scaled."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QWidget

from core.experiment.scaling import ScalingRule, parse_scaling
from core.values.words import tr
from gui.runtime.layout_items import nest
from gui.style import tokens
from gui.widgets.ask_dialog import AskDialog

EXPLAINED: Final = tr(
    "The network receives (x − mean) / deviation. Write one number for all inputs, or "
    "one for each input or colour with commas between: 0.485, 0.456, 0.406. Of "
    "pictures white is 1."
)
REFUSED: Final = tr(
    "Write numbers with a point, such as 0.1307, as many deviations as means, and each "
    "deviation above 0."
)
_WIDTH: Final = tokens.length("scaling_dialog.width")


class ScalingDialog(AskDialog):
    """Signals: chosen, with the text of a rule of `data.scaling`."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Own mean and deviation"), parent, _WIDTH)
        self.explained = QLabel(EXPLAINED, self)
        self.explained.setWordWrap(True)
        self.means = QLineEdit(self)
        self.deviations = QLineEdit(self)
        fields = QFormLayout()
        fields.addRow(tr("&Mean"), self.means)
        fields.addRow(tr("&Deviation"), self.deviations)
        self._column.addWidget(self.explained)
        nest(self._column, fields)
        self.end()

    def show_rule(self, rule: ScalingRule) -> None:
        """Begin with these numbers."""
        for field, numbers in (
            (self.means, rule.means),
            (self.deviations, rule.deviations),
        ):
            field.setText(", ".join(f"{number:.9g}" for number in numbers))

    def take(self) -> None:
        text = f"(x - {_listed(self.means)}) / {_listed(self.deviations)}"
        try:
            parse_scaling(text)
        except ValueError:
            self.refuse(REFUSED)
            return
        self.chosen.emit(text)
        self.accept()


def _listed(field: QLineEdit) -> str:
    """As a rule has it: one number, or several in brackets."""
    parts = [part.strip() for part in field.text().replace("−", "-").split(",")]
    return parts[0] if len(parts) == 1 else f"[{', '.join(parts)}]"
