"""Optimisers side by side on a surface."""

from typing import Final

from core.values.words import tr
from gui.panels.base import PanelEntry

RACE: Final = PanelEntry(
    "race", tr("Optimiser race"), f"{__name__}.race_panel", "RacePanel"
)
