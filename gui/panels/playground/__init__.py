"""What a network makes of every point of a line or plane, and where its points lie."""

from typing import Final

from gui.panels.base import PanelEntry

PLANE: Final = PanelEntry("plane", "Plane", f"{__name__}.plane_panel", "PlanePanel")
HIDDEN_SPACE: Final = PanelEntry(
    "hidden_space", "Hidden space", f"{__name__}.hidden_space_panel", "HiddenSpacePanel"
)
