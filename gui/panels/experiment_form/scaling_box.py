"""The choice of what is done to the numbers of the data before the network."""

from PySide6.QtWidgets import QWidget

from core.experiment.scaling import WORDS
from core.values.words import tr
from gui.panels.experiment_form.editors import ChoiceBox
from gui.style.experiment_labels import SCALINGS, Label
from gui.style.number_format import signs


class ScalingBox(ChoiceBox):
    """The known ways, and a mean and deviation where the experiment gives them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(("", *WORDS), SCALINGS, parent)

    def show_value(self, value: object) -> None:
        text = str(value)
        if text not in SCALINGS:
            self.offer(
                text, Label(signs(text), tr("A mean and a deviation that are given"))
            )
        super().show_value(value)
