"""What the number lines panel is made of."""

from typing import Final

from gui.panels.base import PanelEntry

NUMBER_LINES: Final = PanelEntry(
    "number_lines", "Number lines", f"{__name__}.number_lines_panel", "NumberLinesPanel"
)
