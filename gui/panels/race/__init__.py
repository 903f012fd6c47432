"""Optimisers side by side on a surface."""

from typing import Final

from gui.panels.base import PanelEntry

RACE: Final = PanelEntry(
    "race", "Optimiser race", f"{__name__}.race_panel", "RacePanel"
)
