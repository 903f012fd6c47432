"""The network's output over a line or plane, and its points in the hidden space."""

from typing import Final

from core.values.words import tr
from gui.panels.base import PanelEntry

PLANE: Final = PanelEntry("plane", tr("Plane"), f"{__name__}.plane_panel", "PlanePanel")
HIDDEN_SPACE: Final = PanelEntry(
    "hidden_space",
    tr("Hidden space"),
    f"{__name__}.hidden_space_panel",
    "HiddenSpacePanel",
)
