"""Gradient health: norms, dead and saturated units, distributions."""

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
