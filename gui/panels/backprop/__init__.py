"""The backward pass of one example in detail: stages, their tables, and formulas."""

from typing import Final

from core.values.words import tr
from gui.panels.base import PanelEntry

BACKPROP: Final = PanelEntry(
    "backprop", tr("Backpropagation"), f"{__name__}.backprop_panel", "BackpropPanel"
)
FORMULA: Final = PanelEntry(
    "formula", tr("Formula"), f"{__name__}.formula_panel", "FormulaPanel"
)
