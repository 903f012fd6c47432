"""Gradient health: its log, and the pictures of it."""

from typing import Final

from gui.panels.base import PanelEntry

HEALTH: Final = PanelEntry(
    "health", "Gradient health", f"{__name__}.health_panel", "HealthPanel"
)
DISTRIBUTIONS: Final = PanelEntry(
    "distributions",
    "Distributions",
    f"{__name__}.distributions_panel",
    "DistributionsPanel",
)
