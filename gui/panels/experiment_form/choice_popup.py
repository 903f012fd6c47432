"""Explains a choice by a curve, a formula and a note; opened beside its field."""

from PySide6.QtWidgets import QWidget

from gui.style import tokens
from gui.style.number_format import signs
from gui.widgets.card import Card
from gui.widgets.plots.function_curve import FunctionCurve, FunctionPlot

_HEIGHT = tokens.length("choice_popup.height")


class ChoicePopup(Card):
    """A card with a plot between its texts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.formula = self.add_text()
        self.curve = FunctionCurve(self, height=_HEIGHT)
        self.column.addWidget(self.curve)
        self.note = self.add_text()

    def explain(
        self, anchor: QWidget, texts: tuple[str, str, str], plot: FunctionPlot
    ) -> None:
        """Show title, formula and note with the plot, beside a widget."""
        labels = (self.title, self.formula, self.note)
        for label, text in zip(labels, texts, strict=True):
            label.setText(signs(text))
        self.curve.show_plot(plot)
        self.open_below(anchor)
        self.setFocus()
