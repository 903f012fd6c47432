"""Asks for the means and deviations by which inputs are scaled."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from core.experiment.scaling import ScalingRule, parse_scaling
from core.values.words import tr
from gui.runtime.layout_items import nest
from gui.style import tokens
from gui.style.fonts import scale_of
from gui.widgets.own_dialog import OwnDialog
from gui.widgets.problem_label import ProblemLabel

EXPLAINED: Final = tr(
    "The network receives (x − mean) / deviation. Write one number for all inputs, or "
    "one for each input or colour with commas between: 0.485, 0.456, 0.406. Of "
    "pictures white is 1."
)
REFUSED: Final = tr(
    "Write numbers with a point, such as 0.1307, as many deviations as means, and each "
    "deviation above 0."
)
_WIDTH: Final = 380


class ScalingDialog(OwnDialog):
    """Signals: chosen, with the text of a rule of `data.scaling`."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Own mean and deviation"), parent)
        self.explained = QLabel(EXPLAINED, self)
        self.explained.setWordWrap(True)
        self.means = QLineEdit(self)
        self.deviations = QLineEdit(self)
        self.problem = ProblemLabel(self)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        self.buttons.accepted.connect(self._on_buttons_accepted)
        self.buttons.rejected.connect(self.reject)
        fields = QFormLayout()
        fields.addRow(tr("&Mean"), self.means)
        fields.addRow(tr("&Deviation"), self.deviations)
        column = QVBoxLayout(self)
        column.addWidget(self.explained)
        nest(column, fields)
        column.addWidget(self.problem)
        column.addWidget(self.buttons)
        self.fit()

    def fit(self) -> None:
        """Take the width that goes with the text's size."""
        self.setMinimumWidth(round(_WIDTH * scale_of(self.font())))
        layout = self.layout()
        assert layout is not None
        layout.setSpacing(round(tokens.space("m") * scale_of(self.font())))

    def show_rule(self, rule: ScalingRule) -> None:
        """Begin with these numbers."""
        for field, numbers in (
            (self.means, rule.means),
            (self.deviations, rule.deviations),
        ):
            field.setText(", ".join(f"{number:.9g}" for number in numbers))

    def _on_buttons_accepted(self) -> None:
        text = f"(x - {_listed(self.means)}) / {_listed(self.deviations)}"
        try:
            parse_scaling(text)
        except ValueError:
            self.problem.show_problem(REFUSED)
            return
        self.chosen.emit(text)
        self.accept()


def _listed(field: QLineEdit) -> str:
    """As a rule has it: one number, or several in brackets."""
    parts = [part.strip() for part in field.text().replace("−", "-").split(",")]
    return parts[0] if len(parts) == 1 else f"[{', '.join(parts)}]"
