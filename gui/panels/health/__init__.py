"""Gradient health: norms, dead and saturated units, distributions."""

from typing import Final

from core.values.words import tr
from gui.panels.base import PanelEntry

HEALTH: Final = PanelEntry(
    "health", tr("Gradient health"), f"{__name__}.health_panel", "HealthPanel"
)
DISTRIBUTIONS: Final = PanelEntry(
    "distributions",
    tr("Distributions"),
    f"{__name__}.distributions_panel",
    "DistributionsPanel",
)
