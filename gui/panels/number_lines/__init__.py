"""A weight's way to the cost on number lines, to drag, hold and compare."""

from typing import Final

from core.values.words import tr
from gui.panels.base import PanelEntry

NUMBER_LINES: Final = PanelEntry(
    "number_lines",
    tr("Number lines"),
    f"{__name__}.number_lines_panel",
    "NumberLinesPanel",
)
