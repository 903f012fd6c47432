"""Several runs in one plot."""

from typing import Final

from core.values.words import tr
from gui.panels.base import PanelEntry

COMPARE: Final = PanelEntry(
    "compare", tr("Compare"), f"{__name__}.compare_panel", "ComparePanel"
)
