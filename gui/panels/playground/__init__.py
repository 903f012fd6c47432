"""The network's output over a line or plane, and its points in the hidden space."""

from typing import Final

from gui.panels.base import PanelEntry

PLANE: Final = PanelEntry("plane", "Plane", f"{__name__}.plane_panel", "PlanePanel")
HIDDEN_SPACE: Final = PanelEntry(
    "hidden_space", "Hidden space", f"{__name__}.hidden_space_panel", "HiddenSpacePanel"
)
