"""The backward pass of one example in detail: stages, their tables, and formulas."""

from typing import Final

from gui.panels.base import PanelEntry

BACKPROP: Final = PanelEntry(
    "backprop", "Backpropagation", f"{__name__}.backprop_panel", "BackpropPanel"
)
FORMULA: Final = PanelEntry(
    "formula", "Formula", f"{__name__}.formula_panel", "FormulaPanel"
)
