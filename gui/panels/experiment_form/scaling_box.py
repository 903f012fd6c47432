"""The choice of what is done to the numbers of the data before the network."""

from typing import Final

from PySide6.QtWidgets import QWidget

from core.experiment.scaling import WORDS, ScalingRule, parse_scaling
from core.values.words import tr
from gui.panels.experiment_form.editors import ChoiceBox
from gui.panels.experiment_form.scaling_dialog import ScalingDialog
from gui.style.experiment_labels import SCALINGS, Label
from gui.style.number_format import signs

OWN: Final = "own"
"""The entry that asks for numbers; no rule."""


class ScalingBox(ChoiceBox):
    """The known ways, and a mean and deviation that are given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(("", *WORDS), SCALINGS, parent)
        self.dialog: ScalingDialog | None = None
        self._shown = ""
        self.offer(
            OWN,
            Label(
                tr("Own mean and deviation…"), tr("Asks for the mean and the deviation")
            ),
        )

    def show_value(self, value: object) -> None:
        self._shown = text = str(value)
        if text not in SCALINGS:
            self.offer(
                text, Label(signs(text), tr("A mean and a deviation that are given"))
            )
        super().show_value(value)

    def _on_self_activated(self) -> None:
        if self.currentData() != OWN:
            super()._on_self_activated()
            return
        # What is in force stays shown until the numbers are there.
        super().show_value(self._shown)
        rule = parse_scaling(self._shown) if self._shown else ScalingRule("given")
        self.dialog = ScalingDialog(self)
        self.dialog.show_rule(rule)
        self.dialog.chosen.connect(self._on_dialog_chosen)
        self.dialog.open()

    def _on_dialog_chosen(self, text: str) -> None:
        self.value_edited.emit(text)
