"""Optimisers on a surface: what the race panel is made of."""

from typing import Final

from gui.panels.base import PanelEntry

RACE: Final = PanelEntry(
    "race", "Optimiser race", f"{__name__}.race_panel", "RacePanel"
)
