"""Several runs in one plot."""

from typing import Final

from gui.panels.base import PanelEntry

COMPARE: Final = PanelEntry(
    "compare", "Compare", f"{__name__}.compare_panel", "ComparePanel"
)
