"""The table of nudges: rows of all parameters, their words, order and filter."""

from typing import Final

from core.values.words import tr
from gui.panels.base import PanelEntry

NUDGES: Final = PanelEntry(
    "nudges", tr("Nudges"), f"{__name__}.nudges_panel", "NudgesPanel"
)
