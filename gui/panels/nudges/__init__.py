"""The table of nudges: rows of all parameters, their words, order and filter."""

from typing import Final

from gui.panels.base import PanelEntry

NUDGES: Final = PanelEntry(
    "nudges", "Nudges", f"{__name__}.nudges_panel", "NudgesPanel"
)
